/// The variants of a turn: a question and what answers it, up to the next question.
///
/// A question that was put otherwise and an answer that was given once more are both another variant of the
/// same turn: all of them are one row, in which each can be reached.
extension MessageTree {
  /// The last messages of all variants of the turn that `id` belongs to, oldest first.
  ///
  /// - Complexity: the messages of the turn's variants.
  package func turnVariants(of id: MessageID) -> [MessageID] {
    ends(ofTurnsFrom: variants(of: start(ofTurnWith: id)))
  }

  /// The last messages of the turns that begin with these messages, or go on with them, oldest first.
  package func ends(ofTurnsFrom starts: [MessageID]) -> [MessageID] {
    var ends: [MessageID] = []
    var open = starts
    var visited: Set<MessageID> = []
    while let id = open.popLast() {
      guard visited.insert(id).inserted else { continue }
      let next = children(of: id).filter { self[$0]?.role != .user }
      if next.isEmpty { ends.append(id) } else { open += next }
    }
    return ends.sorted()
  }

  /// The question of the turn that a message belongs to, or what the conversation begins with.
  private func start(ofTurnWith id: MessageID) -> MessageID {
    var start = id
    var visited: Set<MessageID> = [id]
    while let message = self[start], message.role != .user, let parent = message.parent,
      self[parent] != nil, visited.insert(parent).inserted
    {
      start = parent
    }
    return start
  }
}
