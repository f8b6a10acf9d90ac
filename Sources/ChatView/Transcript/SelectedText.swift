import ChatEngine
import ChatScreen
import Conversation

/// The selected bytes of each message in the transcript, and the selection's cursor.
struct SelectedText {
  let cursor: Selection.Spot
  private let marked: [MessageID: Range<Int>]

  /// Nil while nothing is selected.
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

  /// The selected bytes of a message's text; nil where none are.
  func bytes(of message: MessageID) -> Range<Int>? { marked[message] }
}
