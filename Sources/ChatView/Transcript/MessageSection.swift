import Conversation
import Markdown
import Screen

/// A run of a message's parts that are laid out together: texts that read as one, reasoning, or parts
/// that are neither.
///
/// Pictures make no section of their own: they stand above the message.
struct MessageSection: Equatable {
  enum Kind {
    case text
    case reasoning
    case beside
  }

  let kind: Kind
  /// The places of its parts in the message; pictures may be among them.
  var parts: Range<Int>
  /// The byte offset of its text in ``Message/text``; 0 for sections of other kinds.
  let start: Int

  /// The sections of a message in the order of its parts.
  ///
  /// Offsets follow `[ContentPart].text`.
  static func sections(of parts: [ContentPart]) -> [MessageSection] {
    var sections: [MessageSection] = []
    var end = 0
    for (place, part) in parts.enumerated() {
      switch part {
      case .text(let text):
        let start = end + parts.lineBreaks(beforeText: place)
        sections.add(place, .text, start: start)
        end = start + text.utf8.count
      case .reasoning: sections.add(place, .reasoning)
      case .media where part.picture != nil: break
      case .drawing: break
      case .media, .toolCall, .toolResult, .hostedCall, .citations, .unknown:
        sections.add(place, .beside)
      }
    }
    return sections
  }

  /// The message with the parts of this section alone.
  func excerpt(of message: Message) -> Message {
    guard parts != message.parts.indices else { return message }
    var excerpt = message
    excerpt.parts = Array(message.parts[parts])
    return excerpt
  }
}

extension [MessageSection] {
  fileprivate mutating func add(_ place: Int, _ kind: MessageSection.Kind, start: Int = 0) {
    if let last, last.kind == kind {
      self[count - 1].parts = last.parts.lowerBound..<place + 1
    } else {
      append(MessageSection(kind: kind, parts: place..<place + 1, start: start))
    }
  }
}

/// A section as blocks of rows, which grows as its text does.
struct SectionLayout {
  private(set) var section: MessageSection
  /// The line of the message's text on which its text begins, from 0.
  let startLine: Int
  /// A text that is read as Markdown.
  private(set) var markdown: MarkdownBody?
  /// A text that is shown as it is written, or unfolded reasoning.
  private(set) var plain: PlainBody?
  private(set) var byteCount = 0

  init(_ section: MessageSection, _ form: MessageLayout.Form, startLine: Int) {
    self.section = section
    self.startLine = startLine
    switch section.kind {
    case .text where form.isMarkdown: markdown = MarkdownBody(isWhole: form.isWhole)
    case .text: plain = PlainBody()
    case .reasoning: plain = form.isUnfolded ? PlainBody() : nil
    case .beside: break
    }
  }

  /// The words that are laid out piece by piece; empty where there are none.
  func words(_ message: Message) -> String {
    switch section.kind {
    case .text: section.excerpt(of: message).text
    case .reasoning:
      plain == nil ? "" : section.excerpt(of: message).reasoning.withoutLeadingBlankLines
    case .beside: ""
    }
  }

  /// Whether `other` is this section with as many parts, or more.
  func isBeginning(of other: MessageSection) -> Bool {
    section.kind == other.kind && section.start == other.start
      && section.parts.lowerBound == other.parts.lowerBound
      && section.parts.upperBound <= other.parts.upperBound
  }

  /// Takes in what was added since the last time; false where text is gone.
  mutating func update(to section: MessageSection, _ message: Message) -> Bool {
    self.section = section
    let words = words(message)
    guard words.utf8.count >= byteCount else { return false }
    markdown?.update(to: words)
    plain?.update(to: words)
    byteCount = words.utf8.count
    return true
  }

  /// Goes over to a text that grows no more; true once that is done.
  mutating func settle(to section: MessageSection, _ message: Message) -> Bool {
    self.section = section
    let words = words(message)
    plain?.update(to: words)
    byteCount = words.utf8.count
    return markdown?.settle(to: words) ?? true
  }

  mutating func forgetRows() { markdown?.forgetRows() }

  /// The number of pieces of its words.
  var pieceCount: Int { markdown?.count ?? plain?.count ?? 0 }

  var blockCount: Int {
    switch section.kind {
    case .text: pieceCount
    case .reasoning: pieceCount == 0 ? 1 : pieceCount + 2
    case .beside: 1
    }
  }

  mutating func markdownRows(of index: Int, _ context: ViewContext) -> [[Cell]]? {
    markdown?.rows(of: index, context)
  }

  mutating func addresses(of index: Int) -> [String] { markdown?.addresses(of: index) ?? [] }

  /// The piece that holds a byte of its text, and the byte that it begins with.
  mutating func piece(ofByte offset: Int, _ message: Message) -> (piece: Int, start: Int) {
    guard markdown != nil else {
      let piece = plain?.piece(ofByte: offset) ?? 0
      return (piece, plain?.start(of: piece) ?? 0)
    }
    let lines = LineStarts(of: words(message))
    guard let place = markdown?.block(ofLine: lines.line(ofByte: offset)) else { return (0, 0) }
    return (place.block, lines.starts[min(place.line, lines.starts.count - 1)])
  }

  /// The line of its text that a row of a block shows, as far as each line has one row.
  mutating func sourceLine(of index: Int, row: Int) -> Int {
    markdown?.sourceLine(of: index, row: row) ?? 0
  }
}
