/// A Markdown text that may still be growing, as blocks.
///
/// ``append(_:)`` only takes text in. ``refresh()`` reads what came since the last time: blocks that
/// no further text can change move to ``closed``, the rest is in ``open``, read anew each time.
/// Call it when a frame is drawn, not for each bit of text. All calls together cost time linear in
/// the text, however it is split. ``finish()`` reads the whole once more, since a link's definition
/// may follow the link.
package struct MarkdownDocument: Sendable {
  /// The blocks that are final until ``finish()``.
  package private(set) var closed: [Block] = []
  /// The blocks at the end that may still change; few and short, but for what has no end to cut at.
  package private(set) var open: [Block] = []
  /// Rises whenever ``closed`` or ``open`` has changed.
  package private(set) var revision = 0
  package private(set) var isFinished = false
  private(set) var source = SourceLines()
  private var parser = IncrementalParser()

  package init() {}

  /// A whole text.
  package init(_ text: String) {
    append(text)
    finish()
  }

  /// All blocks in order.
  package var blocks: [Block] { closed + open }

  /// Takes in text, which may end anywhere; ignored after ``finish()``.
  package mutating func append(_ text: String) {
    guard !isFinished else { return }
    source.append(text)
  }

  /// Reads the text taken in since the last time; cheap if there is none.
  package mutating func refresh() {
    guard !isFinished, parser.hasNews(in: source) else { return }
    closed += parser.read(source)
    open = parser.blocks
    revision += 1
  }

  /// Ends the text and reads it as a whole; returns how many leading blocks of ``closed`` are
  /// still what they were.
  @discardableResult
  package mutating func finish() -> Int {
    guard !isFinished else { return closed.count }
    isFinished = true
    revision += 1
    let whole = 0..<source.bytes.count
    let blocks = MarkdownParser().parse(source, range: whole, line: 0, isOpen: false).blocks
      .flatMap(\.pieces)
    let same = zip(closed, blocks).prefix { $0 == $1 }.count
    closed = blocks
    open = []
    return same
  }

  /// The Markdown source of lines of the document, as ``Block/lines`` gives them.
  package func source(of lines: Range<Int>) -> String { source.text(of: lines) }

  /// The code blocks in reading order, also those inside lists and quotes.
  package var codePlaces: [CodePlace] { blocks.codePlaces }
}
