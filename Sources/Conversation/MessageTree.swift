/// All messages of a conversation, joined by their parents; the path from the root to `leaf` is
/// what the transcript shows and requests carry.
///
/// Nothing is ever taken out: another leaf is chosen, or a message is added.
package struct MessageTree: Hashable, Sendable {
  package private(set) var leaf: MessageID?
  private var nodes: [MessageID: Message] = [:]
  /// The children of each message, and of the root (nil), oldest first.
  private var children: [MessageID?: [MessageID]] = [:]
  /// From the first message to `leaf`.
  package private(set) var pathIDs: [MessageID] = []

  package init() {}

  /// A tree of `messages`, in any order, with `leaf` in use.
  ///
  /// A message whose parent is missing
  /// stands at the root, so that damage elsewhere never hides it.
  package init(messages: [Message], leaf: MessageID?) {
    nodes.reserveCapacity(messages.count)
    children.reserveCapacity(messages.count)
    for message in messages { nodes[message.id] = message }
    let places = messages.map { (id: $0.id, parent: knownParent(of: $0)) }
    for (id, parent) in places.sorted(by: { $0.id < $1.id }) {
      children[parent, default: []].append(id)
    }
    select(leaf: leaf)
  }

  package var count: Int { nodes.count }
  package var isEmpty: Bool { nodes.isEmpty }
  package var path: [Message] {
    var path: [Message] = []
    path.reserveCapacity(pathIDs.count)
    for id in pathIDs { if let message = nodes[id] { path.append(message) } }
    return path
  }

  /// Every message, in no order, without a copy of them.
  package var unordered: some Collection<Message> { nodes.values }

  /// Every message, oldest identifier first.
  package var all: [Message] { nodes.values.sorted { $0.id < $1.id } }

  package subscript(id: MessageID) -> Message? { nodes[id] }

  /// Adds a message below its parent and, where it follows the leaf in use, moves the leaf to it.
  ///
  /// One that is there already stays as it is.
  package mutating func append(_ message: Message) {
    guard nodes[message.id] == nil else { return }
    nodes[message.id] = message
    // Another program's message may be older than what stands there already.
    let siblings = children[knownParent(of: message)] ?? []
    let place = siblings.lastIndex { $0 < message.id }.map { $0 + 1 } ?? 0
    children[knownParent(of: message), default: []].insert(message.id, at: place)
    guard message.parent == leaf else { return }
    leaf = message.id
    pathIDs.append(message.id)
  }

  /// Changes a message in place.
  ///
  /// Its parent must stay what it is.
  package mutating func update(_ id: MessageID, _ change: (inout Message) -> Void) {
    guard var message = nodes.removeValue(forKey: id) else { return }
    change(&message)
    nodes[id] = message
  }

  /// Puts another leaf in use; nil for the empty path before the first message.
  ///
  /// - Complexity: the length of the path. A damaged store's circle of parents ends the path.
  package mutating func select(leaf newLeaf: MessageID?) {
    leaf = newLeaf.flatMap { nodes[$0]?.id }
    var path: [MessageID] = []
    var visited: Set<MessageID> = []
    var next = leaf
    while let id = next, let message = nodes[id], visited.insert(id).inserted {
      path.append(id)
      next = message.parent
    }
    pathIDs = path.reversed()
  }

  /// The messages that share a parent with `id`, itself included, oldest first.
  package func variants(of id: MessageID) -> [MessageID] {
    guard let message = nodes[id] else { return [] }
    return children[knownParent(of: message)] ?? []
  }

  package func children(of id: MessageID?) -> [MessageID] { children[id] ?? [] }

  /// The leaf reached from `id` by taking the newest child each time.
  package func newestLeaf(below id: MessageID) -> MessageID {
    var leaf = id
    while let next = children[leaf]?.last, next > leaf { leaf = next }
    return leaf
  }

  private func knownParent(of message: Message) -> MessageID? {
    message.parent.flatMap { nodes[$0] == nil ? nil : $0 }
  }
}
