import Markdown

/// The code blocks of a message's text: those that the screen shows as such, read by the parser that it
/// is laid out with.
struct CodeBlocks {
  struct Block: Equatable {
    /// The code without fences, and without what a quote or a list puts before its lines.
    var text: String
    /// Its lines as they are written, in bytes of the message's text.
    var bytes: Range<Int>
    /// Where the first line of the block begins: its opening fence, where it has one.
    var start: Int
  }

  let blocks: [Block]

  init(_ text: String) {
    let lines = LineStarts(of: text)
    blocks = MarkdownDocument(text).codePlaces.map { place in
      Block(
        text: place.code.lines.joined(separator: "\n"), bytes: lines.bytes(of: place.lines),
        start: lines.starts[place.line])
    }
  }
}
