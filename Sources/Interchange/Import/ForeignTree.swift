import Conversation

/// The messages of a conversation of another program, which know their parents by name.
struct ForeignTree {
  /// A message under the name that it has there.
  struct Node {
    var name: String
    /// The name of the message that it follows; one that is not there stands for the start.
    var parent: String?
    var role: Role
    /// Where there are none, the node is passed over: what follows it follows its parent.
    var parts: [ContentPart]
    /// Nil where the program keeps none.
    var created: Timestamp?
    var reply: ReplyDetails?
    var status = Message.Status.complete
  }

  private var nodes: [Node] = []
  private var places: [String: Int] = [:]

  /// Adds a message; of two of one name the first counts.
  mutating func append(_ node: Node) {
    guard places[node.name] == nil else { return }
    places[node.name] = nodes.count
    nodes.append(node)
  }

  /// The name of the message that was added last.
  var last: String? { nodes.last?.name }

  /// Puts the messages into `conversation`, each below its parent and above what follows it.
  ///
  /// `leaf` names the one in use. What no start leads to follows itself, and counts as a loss.
  ///
  /// - Complexity: linear in the number of messages.
  func fill(
    _ conversation: inout Conversation, _ ids: inout ForeignIdentifiers, leaf: String?,
    _ loss: inout ImportLoss
  ) {
    var messages: [Message] = []
    /// Which message stands for a node: its own, or that of the nearest above it.
    var found: [Int: MessageID] = [:]
    var visited = 0
    var (waiting, children) = roots
    while let index = waiting.popLast() {
      visited += 1
      let node = nodes[index]
      let parent = node.parent.flatMap { places[$0] }.flatMap { found[$0] }
      found[index] = parent
      if !node.parts.isEmpty {
        let time = node.created ?? conversation.created
        let id = ids.message(node.name, at: time, after: parent)
        messages.append(
          Message(
            id: id, parent: parent, role: node.role, parts: node.parts, created: time,
            status: node.status, reply: node.reply))
        found[index] = id
      }
      waiting += (children.removeValue(forKey: index) ?? []).reversed()
    }
    loss.add(.circle, nodes.count - visited)
    let inUse = leaf.flatMap { places[$0] }.flatMap { found[$0] } ?? messages.last?.id
    conversation.messages = MessageTree(messages: messages, leaf: inUse)
  }

  /// The nodes without parents, the first one last, and the children of each other.
  private var roots: (waiting: [Int], children: [Int: [Int]]) {
    var roots: [Int] = []
    var children: [Int: [Int]] = [:]
    for (index, node) in nodes.enumerated() {
      if let parent = node.parent.flatMap({ places[$0] }) {
        children[parent, default: []].append(index)
      } else {
        roots.append(index)
      }
    }
    return (roots.reversed(), children)
  }
}
