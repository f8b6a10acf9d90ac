import Conversation
import Testing

@Suite struct MessageTreeTests {
  private func message(_ id: Int64, after parent: Int64?) -> Message {
    Message(
      id: MessageID(rawValue: id), parent: parent.map(MessageID.init(rawValue:)), role: .user,
      parts: [.text("\(id)")], created: Timestamp(milliseconds: id))
  }

  private func tree(_ edges: [(Int64, Int64?)], leaf: Int64?) -> MessageTree {
    MessageTree(
      messages: edges.map { message($0.0, after: $0.1) },
      leaf: leaf.map(MessageID.init(rawValue:)))
  }

  @Test func `A message after the leaf becomes the leaf`() {
    var tree = MessageTree()
    tree.append(message(1, after: nil))
    tree.append(message(2, after: 1))
    #expect(tree.path.map(\.text) == ["1", "2"])
  }

  @Test func `A message elsewhere makes a branch and leaves the path alone`() {
    var tree = tree([(1, nil), (2, 1), (3, 2)], leaf: 3)
    tree.append(message(4, after: 1))
    #expect(tree.path.map(\.text) == ["1", "2", "3"])
    #expect(tree.variants(of: MessageID(rawValue: 2)).map(\.rawValue) == [2, 4])
  }

  @Test func `An older message that comes later stands before the younger`() {
    var tree = tree([(1, nil), (4, 1)], leaf: 4)
    tree.append(message(3, after: 1))
    #expect(tree.variants(of: MessageID(rawValue: 4)).map(\.rawValue) == [3, 4])
    #expect(tree.path.map(\.text) == ["1", "4"])
  }

  @Test func `A message that is there already stays as it is`() {
    var tree = tree([(1, nil), (2, 1)], leaf: 2)
    var other = message(2, after: 1)
    other.parts = [.text("other")]
    tree.append(other)
    #expect(tree.path.map(\.text) == ["1", "2"])
  }

  @Test func `Choosing a leaf shows its path`() {
    var tree = tree([(1, nil), (2, 1), (3, 1), (4, 3)], leaf: 2)
    tree.select(leaf: tree.newestLeaf(below: MessageID(rawValue: 1)))
    #expect(tree.path.map(\.text) == ["1", "3", "4"])
  }

  @Test func `A message whose parent is missing is still reachable`() {
    let tree = tree([(5, 99)], leaf: 5)
    #expect(tree.path.map(\.text) == ["5"])
    #expect(tree.variants(of: MessageID(rawValue: 5)).count == 1)
  }

  @Test func `A circle of parents ends`() {
    #expect(tree([(1, 2), (2, 1)], leaf: 2).path.count == 2)
  }

  @Test func `Identifiers made at one moment keep their order`() {
    let moment = Moment(
      timestamp: Timestamp(milliseconds: 1_700_000_000_000), entropy: .max, uptime: 0)
    let ids: [MessageID] = (0..<3).map { moment.makeIdentifier($0) }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == 3)
  }
}
