import ChatEngine
import ChatScreen
import Conversation

/// What is marked in the transcript, message by message, and where the cursor is.
struct SelectionLight {
  let cursor: Selection.Spot
  private let marked: [MessageID: Range<Int>]

  /// Nil while nothing is being marked.
  init?(_ state: ChatState) {
    guard case .selection(let selection) = state.overlay else { return nil }
    cursor = selection.cursor
    guard selection.mark != nil else {
      marked = [:]
      return
    }
    let messages = state.conversation.messages
    let ranges = selection.ranges(along: messages.pathIDs) { messages[$0]?.text ?? "" }
    marked = Dictionary(ranges.map { ($0.message, $0.bytes) }) { first, _ in first }
  }

  /// The bytes of a message's text that are marked; nil where none are.
  func bytes(of message: MessageID) -> Range<Int>? { marked[message] }
}
