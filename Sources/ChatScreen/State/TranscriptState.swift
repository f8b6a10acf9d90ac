import ChatEngine
package import Conversation
import Screen

/// A place in the transcript.
package enum TranscriptPlace: Hashable, Sendable {
  /// The last row stands at the bottom, and new text moves it up.
  case bottom
  /// The first row of the screen is the `row`th of a message (0 is its first); `row` may pass
  /// either end, which drawing resolves.
  case message(MessageID, row: Int)
  /// The first row of the screen is inside a message; it holds for every width.
  case text(MessageID, TextPlace)
  /// The first row of the screen holds a byte of a message's source.
  case source(MessageID, byteOffset: Int)
  /// The `ordinal`th match of the search in a message, from 0, stands in sight.
  case match(MessageID, ordinal: Int)
  /// The first message stands at the top.
  case top
}

/// Where the transcript stands, and what is lit in it.
package struct TranscriptState: Equatable, Sendable {
  package var place = TranscriptPlace.bottom
  /// Rows to move by at the next drawing: negative is up.
  package var pendingRows = 0
  /// Whether the screen goes where the sentence stands that is being said, until the user moves it.
  package var followsVoice = false
  /// What drawing last found.
  package var report = ScrollReport()
  package var find: Find?
  /// Whether replies are shown as their Markdown source.
  package var isRaw = false
  /// Messages whose reasoning is unfolded.
  package var unfolded: Set<MessageID> = []
  /// Whether the arguments and results of tools are shown whole.
  package var showsCalls = false

  package init() {}

  /// A search in the transcript.
  package struct Find: Equatable, Sendable {
    package var query: String
    /// Messages with a match, in the order of the path, and how many each has.
    package var matches: [Match]
    /// Which of all matches is current, from 0.
    package var current: Int
  }

  /// How often the text that is looked for stands in a message.
  package struct Match: Equatable, Sendable {
    package var message: MessageID
    package var count: Int
  }

  /// Forgets what belonged to a conversation; how replies are shown stays.
  mutating func reset() {
    let isRaw = isRaw
    self = TranscriptState()
    self.isRaw = isRaw
  }

  mutating func scroll(by rows: Int) {
    pendingRows += rows
    followsVoice = false
  }

  mutating func jump(to place: TranscriptPlace) {
    self.place = place
    pendingRows = 0
    followsVoice = false
  }

  mutating func record(_ report: ScrollReport) {
    self.report = report
    place = report.place
    pendingRows = 0
  }
}

/// What drawing the transcript found out.
package struct ScrollReport: Equatable, Sendable {
  /// Where the transcript really stands.
  package var place = TranscriptPlace.bottom
  /// Rows that the transcript has on the screen.
  package var visibleRows = 0
  /// The columns that the text of a message has; 0 before anything was drawn.
  package var textColumns = 0
  /// The first message on the screen.
  package var firstMessage: MessageID?
  /// What of that message's source the first row shows, or a little before it.
  package var firstSource = SourceStart()
  /// The first row of the page in front that is on the screen; nil where there is no page.
  package var pageOffset: Int?
  /// The pictures in sight that are drawn, or would be if they were ready.
  package var previews: [PreviewKey] = []

  package init() {}
}

/// A place in a text: so many lines behind a byte, 0 and 0 being its start.
package struct SourceStart: Equatable, Sendable {
  package var byteOffset: Int
  package var line: Int

  package init(byteOffset: Int = 0, line: Int = 0) {
    self.byteOffset = byteOffset
    self.line = line
  }
}
