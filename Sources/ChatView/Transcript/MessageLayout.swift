import Conversation
import Markdown
import Screen

/// A message as blocks of rows: its parts in their order, each text parsed once, and laid out where it
/// is looked at.
///
/// While a reply streams only its open blocks change: what precedes them stays.
struct MessageLayout {
  /// How a message is parsed; a layout of another form starts anew.
  struct Form: Equatable {
    var isMarkdown: Bool
    var isWhole: Bool
    var isUnfolded: Bool
  }

  /// The part of the message that a block shows; sections, and pieces within them, are counted from 0.
  enum Part: Hashable {
    case pictures
    case reasoningTitle(Int)
    case reasoning(Int, piece: Int)
    /// The blank row below unfolded reasoning.
    case pause
    /// Calls, results and what else is neither text nor reasoning.
    case beside(Int)
    case text(Int, piece: Int)
    case remarks
    /// The blank row below every message.
    case gap
  }

  private(set) var form: Form
  var sections: [SectionLayout] = []
  /// The bytes that the layout was made of.
  var byteCount: Int { sections.reduce(0) { $0 + $1.byteCount } }

  init(_ form: Form) {
    self.form = form
  }

  /// Takes in what was added to the message since the last time; false where anything else changed, and
  /// all blocks are new.
  mutating func update(to message: Message) -> Bool {
    let wanted = MessageSection.sections(of: message.parts)
    if extend(to: wanted, message), update(to: wanted, message) { return true }
    sections = []
    _ = extend(to: wanted, message) && update(to: wanted, message)
    return false
  }

  private mutating func update(to wanted: [MessageSection], _ message: Message) -> Bool {
    sections.indices.allSatisfy { sections[$0].update(to: wanted[$0], message) }
  }

  /// Adds sections that came; false where those that were there are others.
  private mutating func extend(to wanted: [MessageSection], _ message: Message) -> Bool {
    guard sections.count <= wanted.count,
      zip(sections, wanted).allSatisfy({ $0.isBeginning(of: $1) })
    else { return false }
    for section in wanted.dropFirst(sections.count) {
      let line = section.start == 0 ? 0 : message.text.utf8.prefix(section.start).lineFeedCount
      sections.append(SectionLayout(section, form, startLine: line))
    }
    return true
  }

  /// Goes over to the form of a message that grows no more: a part of it in each frame, while the
  /// blocks stay those that grew; true once that is done.
  mutating func settle(as form: Form, _ message: Message) -> Bool {
    let wanted = MessageSection.sections(of: message.parts)
    guard extend(to: wanted, message) else {
      self = MessageLayout(form)
      _ = update(to: message)
      return true
    }
    var isDone = true
    for index in sections.indices where !sections[index].settle(to: wanted[index], message) {
      isDone = false
    }
    if isDone { self.form = form }
    return isDone
  }

  /// Whether a layout of this form can go over to `other` as it is shown.
  func canSettle(as other: Form) -> Bool {
    !form.isWhole && other.isWhole && form.isMarkdown == other.isMarkdown
      && form.isUnfolded == other.isUnfolded
  }

  /// Forgets what depends on the width.
  mutating func forgetRows() {
    for index in sections.indices { sections[index].forgetRows() }
  }

  /// The pictures, the sections' blocks, the remarks and the gap.
  var blockCount: Int { sections.reduce(3) { $0 + $1.blockCount } }

  func part(at block: Int) -> Part {
    guard block > 0 else { return .pictures }
    var rest = block - 1
    for (index, layout) in sections.enumerated() {
      guard rest >= layout.blockCount else { return part(at: rest, in: index) }
      rest -= layout.blockCount
    }
    return rest == 0 ? .remarks : .gap
  }

  private func part(at block: Int, in index: Int) -> Part {
    switch sections[index].section.kind {
    case .text: .text(index, piece: block)
    case .beside: .beside(index)
    case .reasoning where block == 0: .reasoningTitle(index)
    case .reasoning:
      block <= sections[index].pieceCount ? .reasoning(index, piece: block - 1) : .pause
    }
  }

  /// A number that changes when the rows of a part do; nil where they are made for each frame.
  func version(of part: Part) -> Int? {
    switch part {
    case .pictures, .reasoningTitle, .pause, .beside, .remarks, .gap: nil
    case .reasoning(let index, let piece), .text(let index, let piece):
      sections[index].version(of: piece)
    }
  }

  /// The rows of a part of the message that was taken in last.
  mutating func rows(of part: Part, _ message: Message, _ source: TranscriptSource) -> [[Cell]] {
    let context = source.context
    switch part {
    case .pictures: return source.pictureRows(message)
    case .reasoningTitle(let index):
      return apart(index, source.reasoningTitle(sections[index].section.excerpt(of: message)))
    case .reasoning(let index, let piece): return reasoningRows(index, piece, message, context)
    case .text(let index, let piece):
      return sections[index].markdownRows(of: piece, context)
        ?? plainRows(index, piece, message, context)
    case .beside(let index):
      let excerpt = sections[index].section.excerpt(of: message)
      return apart(index, source.besideRows(excerpt, behindText: true))
    case .remarks: return source.remarkRows(message)
    case .pause, .gap: return [[]]
    }
  }

  /// Rows of a section that stands between two texts, apart from both.
  private func apart(_ index: Int, _ rows: [[Cell]]) -> [[Cell]] {
    let isText = { (place: Int) in
      sections.indices.contains(place) && sections[place].section.kind == .text
    }
    guard !rows.isEmpty, sections[..<index].contains(where: { $0.section.kind == .text }) else {
      return rows
    }
    let isFollowed = isText(index + 1) && sections[index].blockCount == 1
    return (isText(index - 1) ? [[]] : []) + rows + (isFollowed ? [[]] : [])
  }

  /// The addresses of a part's links.
  mutating func addresses(of part: Part) -> [String] {
    guard case .text(let index, let piece) = part else { return [] }
    return sections[index].addresses(of: piece)
  }

  private func plainRows(
    _ index: Int, _ piece: Int, _ message: Message, _ context: ViewContext
  ) -> [[Cell]] {
    let layout = sections[index]
    return layout.plain?.rows(
      of: piece, in: layout.words(message), style: context.theme.text,
      columns: context.textColumns, context.rules) ?? []
  }

  private func reasoningRows(
    _ index: Int, _ piece: Int, _ message: Message, _ context: ViewContext
  ) -> [[Cell]] {
    let bar = context.cells(context.glyphs.vertical + " ", context.theme.bars)
    let layout = sections[index]
    let rows = layout.plain?.rows(
      of: piece, in: layout.words(message), style: context.theme.dim,
      columns: context.proseColumns - bar.count, context.rules)
    return rows.map { $0.map { bar + $0 } } ?? []
  }
}

// MARK: - Places in the text

extension MessageLayout {
  /// The block that holds a byte of the message's text, and the byte that it begins with.
  mutating func block(ofByte offset: Int, in message: Message) -> (block: Int, start: Int) {
    let index = sections.lastIndex { $0.section.kind == .text && $0.section.start <= offset }
    guard let index else { return (1, 0) }
    let start = sections[index].section.start
    let place = sections[index].piece(ofByte: offset - start, message)
    let first = sections[..<index].reduce(1) { $0 + $1.blockCount }
    return (first + place.piece, start + place.start)
  }
}

extension SectionLayout {
  /// 0 for a final piece, else a number that rises with the text.
  func version(of piece: Int) -> Int {
    if let markdown { return markdown.isFinal(piece) ? 0 : markdown.revision + 1 }
    return plain?.isFinal(piece) ?? true ? 0 : byteCount
  }
}

extension Sequence<UInt8> {
  fileprivate var lineFeedCount: Int { count { $0 == UInt8(ascii: "\n") } }
}
