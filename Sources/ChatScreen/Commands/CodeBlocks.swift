/// The fenced code blocks of a Markdown text, without their fences (CommonMark 0.31 §4.5), also
/// those inside quotes and lists, without what stands before their lines there.
struct CodeBlocks {
  struct Block: Equatable {
    var text: String
    /// Its lines as they are written, in bytes of the text.
    var bytes: Range<Int>
    /// Where the line of its opening fence begins.
    var fence: Int
  }

  private(set) var blocks: [Block] = []
  private var fence: OpenFence?
  private var lines: [Substring] = []
  private var start = 0
  private var fenceStart = 0

  init(_ text: String) {
    var offset = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      read(Substring(line), at: offset)
      offset += line.count + 1
    }
    close(at: offset)
  }

  private mutating func read(_ line: Substring, at offset: Int) {
    if let fence {
      if let content = fence.content(of: line) {
        if fence.isClosed(by: content) {
          close(at: offset)
        } else {
          lines.append(content.droppingReturn)
        }
        return
      }
      // The quote around the block has ended, and the block with it.
      close(at: offset)
    }
    fence = OpenFence(openedBy: line)
    fenceStart = offset
    start = offset + line.utf8.count + 1
  }

  /// Ends the open block, whose last line ended before a place.
  private mutating func close(at offset: Int) {
    guard fence != nil else { return }
    let bytes = start..<max(start, offset - 1)
    let text = lines.joined(separator: "\n")
    blocks.append(Block(text: text, bytes: bytes, fence: fenceStart))
    fence = nil
    lines = []
  }
}

/// The fence of a block that is open, and what its lines have before them.
private struct OpenFence {
  let mark: Character
  let length: Int
  /// Quotes around it.
  let quotes: Int
  /// Columns before it behind the marks of the quotes.
  let indent: Int

  init?(openedBy line: Substring) {
    var rest = line
    var quotes = 0
    var indent = 0
    while true {
      let spaces = rest.prefix { $0 == " " }
      indent += spaces.count
      rest = rest[spaces.endIndex...]
      if rest.first == ">" {
        quotes += 1
        rest = rest.dropFirst().droppingSpace
        indent = 0
      } else if let marker = rest.listMarker {
        indent += marker
        rest = rest.dropFirst(marker)
      } else {
        break
      }
    }
    let run = rest.prefix { $0 == rest.first }
    guard let mark = run.first, mark == "`" || mark == "~", run.count >= 3,
      mark == "~" || !rest.dropFirst(run.count).contains("`")
    else { return nil }
    (self.mark, length, self.quotes, self.indent) = (mark, run.count, quotes, indent)
  }

  /// A line without what stands before it; nil outside the quotes.
  func content(of line: Substring) -> Substring? {
    var rest = line
    for _ in 0..<quotes {
      let bare = rest.drop { $0 == " " }
      guard bare.first == ">" else { return nil }
      rest = bare.dropFirst().droppingSpace
    }
    return rest.dropFirst(min(indent, rest.prefix { $0 == " " }.count))
  }

  func isClosed(by line: Substring) -> Bool {
    let bare = line.drop { $0 == " " }
    let run = bare.prefix { $0 == mark }
    return run.count >= length && bare.dropFirst(run.count).allSatisfy(\.isWhitespace)
  }
}

extension Substring {
  /// Without the carriage return that ended its line.
  fileprivate var droppingReturn: Substring { utf8.last == 0x0D ? dropLast() : self }

  fileprivate var droppingSpace: Substring { first == " " ? dropFirst() : self }

  /// The characters of the mark of a list's item that the text starts with; nil if there is none.
  fileprivate var listMarker: Int? {
    let digits = prefix(9).prefix { ("0"..."9").contains($0) }
    let mark = dropFirst(digits.count).first
    let isMarker = mark.map { (digits.isEmpty ? "-*+" : ".)").contains($0) } ?? false
    guard isMarker, dropFirst(digits.count + 1).first == " " else { return nil }
    return digits.count + 1
  }
}
