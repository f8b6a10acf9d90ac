import Conversation
import Markdown
import Screen

/// A message as blocks of rows: its text is parsed once, and laid out where it is looked at.
///
/// While a reply streams only its open blocks change: what precedes them stays.
struct MessageLayout {
  /// What a message is read as: where it differs, the layout starts anew.
  struct Form: Equatable {
    var isMarkdown: Bool
    var isWhole: Bool
    var isUnfolded: Bool
  }

  /// What one of the blocks is.
  enum Part: Hashable {
    case pictures
    case reasoningTitle
    case reasoning(Int)
    /// The blank row between unfolded reasoning and the text.
    case pause
    case text(Int)
    case remarks
    /// The blank row below every message.
    case gap
  }

  private(set) var form: Form
  private var reasoning: PlainBody?
  var markdown: MarkdownBody?
  private(set) var plain: PlainBody?
  /// The bytes that the layout was made of.
  private(set) var byteCount = 0

  init(_ form: Form) {
    self.form = form
    if form.isUnfolded { reasoning = PlainBody() }
    if form.isMarkdown {
      markdown = MarkdownBody(isWhole: form.isWhole)
    } else {
      plain = PlainBody()
    }
  }

  /// Takes in what was added to the message since the last time.
  mutating func update(to message: Message) {
    let text = message.text
    markdown?.update(to: text)
    plain?.update(to: text)
    reasoning?.update(to: message.reasoning)
    byteCount = text.utf8.count + (reasoning?.byteCount ?? 0)
  }

  /// Goes over to the form of a message that grows no more: a part of it in each frame, while the
  /// blocks stay those that grew; true once that is done.
  mutating func settle(as form: Form, _ message: Message) -> Bool {
    let isDone = markdown?.settle(to: message.text) ?? true
    markdown == nil ? update(to: message) : reasoning?.update(to: message.reasoning)
    byteCount = message.text.utf8.count + (reasoning?.byteCount ?? 0)
    if isDone { self.form = form }
    return isDone
  }

  /// Whether a layout of this form can go over to `other` as it is shown.
  func canSettle(as other: Form) -> Bool {
    !form.isWhole && other.isWhole && form.isMarkdown == other.isMarkdown
      && form.isUnfolded == other.isUnfolded
  }

  /// Forgets what depends on the width.
  mutating func forgetRows() { markdown?.forgetRows() }

  var blockCount: Int { firstText + textCount + 2 }

  func part(at block: Int) -> Part {
    switch block {
    case ...0: .pictures
    case 1: .reasoningTitle
    case ..<(reasoningCount + 2): .reasoning(block - 2)
    case ..<firstText: .pause
    case ..<(firstText + textCount): .text(block - firstText)
    case firstText + textCount: .remarks
    default: .gap
    }
  }

  /// A number that changes when the rows of a part do; nil where they are made for each frame.
  func version(of part: Part) -> Int? {
    switch part {
    case .pictures, .reasoningTitle, .pause, .remarks, .gap: nil
    case .reasoning(let piece): reasoning?.version(of: piece)
    case .text(let index): markdown?.version(of: index) ?? plain?.version(of: index)
    }
  }

  /// The rows of a part of the message that was taken in last.
  mutating func rows(of part: Part, _ message: Message, _ source: TranscriptSource) -> [[Cell]] {
    let context = source.context
    return switch part {
    case .pictures: source.pictureRows(message)
    case .reasoningTitle:
      source.besideRows(message, behindText: false) + source.reasoningTitle(message)
    case .reasoning(let piece): reasoningRows(piece, message, context)
    case .text(let index):
      markdown?.rows(of: index, context)
        ?? plainRows(index, message, context)
    case .remarks: source.besideRows(message, behindText: true) + source.remarkRows(message)
    case .pause, .gap: [[]]
    }
  }

  /// Where the links of a part lead.
  mutating func addresses(of part: Part) -> [String] {
    guard case .text(let index) = part else { return [] }
    return markdown?.addresses(of: index) ?? []
  }

  private func plainRows(_ piece: Int, _ message: Message, _ context: ViewContext) -> [[Cell]] {
    plain?.rows(
      of: piece, in: message.text, style: context.theme.text, columns: context.textColumns,
      context.rules) ?? []
  }

  private func reasoningRows(
    _ piece: Int, _ message: Message, _ context: ViewContext
  ) -> [[Cell]] {
    let bar = context.cells(context.glyphs.vertical + " ", context.theme.bars)
    let rows = reasoning?.rows(
      of: piece, in: message.reasoning, style: context.theme.dim,
      columns: context.proseColumns - bar.count, context.rules)
    return rows.map { $0.map { bar + $0 } } ?? []
  }

  private var reasoningCount: Int { reasoning?.count ?? 0 }
  private var firstText: Int { reasoningCount + (reasoningCount == 0 ? 2 : 3) }
  private var textCount: Int { markdown?.count ?? plain?.count ?? 0 }
}

// MARK: - Places in the text

extension MessageLayout {
  /// The block that holds a byte of the text, and the byte that it begins with.
  mutating func block(ofByte offset: Int, in text: String) -> (block: Int, start: Int) {
    let lines = markdown == nil ? nil : LineStarts(of: text)
    guard let lines, let place = markdown?.block(ofLine: lines.line(ofByte: offset)) else {
      let piece = plain?.piece(ofByte: offset) ?? 0
      return (firstText + piece, plain?.start(of: piece) ?? 0)
    }
    return (firstText + place.block, lines.starts[min(place.line, lines.starts.count - 1)])
  }
}

extension MarkdownBody {
  /// 0 for a final block, else a number that rises with the text.
  fileprivate func version(of index: Int) -> Int { isFinal(index) ? 0 : revision + 1 }
}

extension PlainBody {
  /// 0 for a final piece, else a number that rises with the text.
  fileprivate func version(of piece: Int) -> Int { isFinal(piece) ? 0 : byteCount }
}
