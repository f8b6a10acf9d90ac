/// The words of a line without the marks of Markdown, for a title.
///
/// Taken away are headings, code, links, pictures, and emphasis by stars and tildes, where nothing
/// else can be meant: `2 * 3 * 4`, `a*b*c`, `snake_case`, `__init__`, `C#`, `#hashtag` and `x[1](y)`
/// are text. It knows less than Markdown does, and rather leaves a mark than takes a letter.
package struct PlainWords {
  /// The signs that marks begin with.
  package static let signs = Set("#`*~[".utf8)

  private let line: [Character]
  package private(set) var text = ""

  package init(of line: Substring) {
    self.init(Self.withoutHeading(line))
  }

  private init(_ line: [Character]) {
    self.line = line
    var index = 0
    while index < line.count {
      if let (words, end) = mark(at: index) {
        text += words
        index = end
      } else {
        // A run of signs that marks nothing marks nothing in part.
        let end = "`*~".contains(line[index]) ? endOfRun(at: index) : index + 1
        text += String(line[index..<end])
        index = end
      }
    }
  }

  /// Whether the line only opens or closes a block of code.
  package static func isFence(_ line: Substring) -> Bool {
    Fence(openedBy: Array(line.utf8)[...]) != nil
  }

  /// What stands behind the signs of a heading, and before those that may close it.
  private static func withoutHeading(_ line: Substring) -> [Character] {
    let start = line.drop { $0 == " " }
    let words = start.drop { $0 == "#" }
    let level = start.count - words.count
    guard (1...6).contains(level), words.first == " " else { return Array(line) }
    let heading = trimmed(words)
    let closed = heading.lastIndex { $0 != "#" }.map { heading[...$0] } ?? ""
    return closed.last == " " || closed.isEmpty ? Array(trimmed(closed)) : Array(heading)
  }

  private static func trimmed(_ line: Substring) -> Substring {
    let start = line.drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
  }
}

extension PlainWords {
  /// The words that something marked stands for, and where it ends; nil where nothing is marked.
  private func mark(at index: Int) -> (words: String, end: Int)? {
    switch line[index] {
    case "`": code(at: index)
    case "*", "~": emphasis(at: index)
    case "[": link(at: index)
    case "!" where character(index + 1) == "[": link(at: index + 1)
    default: nil
    }
  }

  private func character(_ index: Int) -> Character? {
    line.indices.contains(index) ? line[index] : nil
  }

  /// Where a run of one sign ends.
  private func endOfRun(at start: Int) -> Int {
    line[start...].firstIndex { $0 != line[start] } ?? line.count
  }

  private func code(at start: Int) -> (words: String, end: Int)? {
    let begin = endOfRun(at: start)
    var index = begin
    while index < line.count {
      guard line[index] == "`" else {
        index += 1
        continue
      }
      let end = endOfRun(at: index)
      if end - index == begin - start {
        let words = line[begin..<index].split(separator: " ", omittingEmptySubsequences: false)
        let isPadded = words.count > 2 && words.first == [] && words.last == []
        return (String(isPadded ? line[(begin + 1)..<(index - 1)] : line[begin..<index]), end)
      }
      index = end
    }
    return nil
  }

  private func emphasis(at start: Int) -> (words: String, end: Int)? {
    let begin = endOfRun(at: start)
    let length = begin - start
    guard line[start] == "*" ? length <= 3 : length == 2,
      !joins(character(start - 1), length), opens(character(begin))
    else { return nil }
    var index = begin
    while index < line.count {
      guard line[index] == line[start] else {
        index += 1
        continue
      }
      let end = endOfRun(at: index)
      if end - index == length, closes(line[index - 1]), !joins(character(end), length) {
        return (PlainWords(Array(line[begin..<index])).text, end)
      }
      index = end
    }
    return nil
  }

  /// Whether a sign beside this letter joins it to another, as in `a*b`; two signs beside letters of
  /// a script without spaces join nothing.
  private func joins(_ neighbour: Character?, _ length: Int) -> Bool {
    guard let neighbour, neighbour.isLetter || neighbour.isNumber else { return false }
    return length == 1 || !neighbour.isOfScriptWithoutSpaces
  }

  private func opens(_ next: Character?) -> Bool {
    next.map { !$0.isWhitespace && !".,;:/\\-=)]}>|&^%!?".contains($0) } ?? false
  }

  private func closes(_ last: Character) -> Bool {
    !last.isWhitespace && !"/\\-=([{<|&^".contains(last)
  }

  /// `[words](address)`: the address has no spaces, and brackets in pairs.
  private func link(at start: Int) -> (words: String, end: Int)? {
    if let before = character(start - 1), before == ")" || before == "]" || joins(before, 2) {
      return nil
    }
    guard let middle = closing("[", "]", from: start), middle > start + 1,
      character(middle + 1) == "(", let end = closing("(", ")", from: middle + 1),
      end > middle + 2, !line[middle..<end].contains(where: \.isWhitespace)
    else { return nil }
    return (PlainWords(Array(line[(start + 1)..<middle])).text, end + 1)
  }

  /// Where a bracket is closed.
  private func closing(_ open: Character, _ close: Character, from start: Int) -> Int? {
    var depth = 0
    for index in start..<line.count {
      if line[index] == open { depth += 1 }
      if line[index] == close { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }
}

extension Character {
  /// Whether it is Chinese or Japanese, which put no spaces between words.
  fileprivate var isOfScriptWithoutSpaces: Bool {
    guard let value = unicodeScalars.first?.value else { return false }
    return (0x2E80...0x9FFF).contains(value) || (0xF900...0xFAFF).contains(value)
      || (0x20000...0x3FFFF).contains(value)
  }
}
