import Conversation

/// The text of an answer on its way into events: thoughts between tags are told apart, and pictures
/// that a model writes as base64 are cut out.
struct AnswerText: Sendable {
  private var think: ThinkSplitter
  private var embedded = EmbeddedPictures()
  /// Text that has come and was not looked through yet, and in how many pieces it came.
  private var waiting = ""
  private var waitingCount = 0

  init(startsInReasoning: Bool) {
    think = ThinkSplitter(startsInReasoning: startsInReasoning)
  }

  var waitingByteCount: Int { waiting.utf8.count }

  /// Takes the next piece of the text, which waits until ``flush(into:)``.
  mutating func take(_ text: String) {
    guard !text.isEmpty else { return }
    waiting += text
    waitingCount += 1
  }

  /// Looks through the text that waits; before anything else of the reply is given out.
  mutating func flush(into events: inout ReplyEventBuffer) {
    guard !waiting.isEmpty else { return }
    let text = waiting
    events.gather(waitingCount)
    (waiting, waitingCount) = ("", 0)
    deliver(think.feed(text), into: &events)
  }

  /// Takes reasoning that the server tells apart itself; nothing where it is empty.
  mutating func append(reasoning: String, into events: inout ReplyEventBuffer) {
    guard !reasoning.isEmpty else { return }
    flush(into: &events)
    think.noteReasoningElsewhere()
    events.append(reasoning, as: .reasoning)
  }

  /// Gives out what was held back; nothing more comes.
  mutating func finish(into events: inout ReplyEventBuffer) {
    flush(into: &events)
    deliver(think.finish(), into: &events)
    deliver(embedded.finish(), into: &events)
  }

  private mutating func deliver(_ pieces: ThinkSplitter.Pieces, into events: inout ReplyEventBuffer)
  {
    events.append(pieces.reasoning, as: .reasoning)
    if pieces.reasoningWasAnswer { events.append(.reclassified(isReasoning: false)) }
    deliver(embedded.feed(pieces.answer), into: &events)
    if pieces.answerWasReasoning { events.append(.reclassified(isReasoning: true)) }
    deliver(embedded.feed(pieces.rest), into: &events)
  }

  private func deliver(_ pieces: [EmbeddedPictures.Piece], into events: inout ReplyEventBuffer) {
    for piece in pieces {
      switch piece {
      case .text(let text): events.append(text, as: .text)
      case .picture(let url): events.append(pictureAt: url)
      }
    }
  }
}
