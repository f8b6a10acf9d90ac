/// Formulas: `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and `\begin{…}…\end{…}` keep every character.
///
/// A formula takes several lines only if it opens at a line's start: so a stream knows at once
/// which lines may turn out to be one.
extension Escaper {
  /// Reads a backslash with what it escapes, or the formula that it opens.
  mutating func readBackslash() {
    let next = input[(position + 1)...].first
    switch next {
    case UInt8(ascii: "("): readFormula(opening: 2, closing: Array("\\)".utf8))
    case UInt8(ascii: "["): readFormula(opening: 2, closing: Array("\\]".utf8))
    case UInt8(ascii: "b"): readEnvironment()
    case UInt8(ascii: "|") where limits.tames(input, position + 1):
      hide()
      hide()
    case .some(let byte) where byte.isPunctuation: copy(2)
    default: copy()
    }
  }

  /// Reads `\begin{name}`, and all up to `\end{name}`.
  private mutating func readEnvironment() {
    let begin = Array("\\begin".utf8)
    let name = input[position...].dropFirst(begin.count).environmentName
    guard let name, input[position...].starts(with: begin), limits.mayOpenEnvironment else {
      return copy()
    }
    let start = position
    readFormula(opening: begin.count + name.count, closing: Array("\\end".utf8) + name)
    if position == start + begin.count + name.count { limits.leaveEnvironmentOpen() }
  }

  /// Reads a dollar sign, or the formula that it opens.
  mutating func readDollar() {
    let rest = input[position...].drop { $0 == UInt8(ascii: "$") }
    switch rest.startIndex - position {
    case 1: readInlineFormula()
    case 2: readFormula(opening: 2, closing: Array("$$".utf8))
    default: copy(to: rest.startIndex)
    }
  }

  /// `$…$` in one line: no space inside its ends and no digit behind it, so that prices are none
  /// (as Pandoc's manual has it under tex_math_dollars).
  private mutating func readInlineFormula() {
    let line = input[..<lineEnd]
    guard let close = inlineFormulaEnd(in: line), !isLinked(line[position..<close]) else {
      copy()
      return
    }
    writeFormula(to: close + 1)
    insert(Escaping.formulaEnd)
  }

  /// The index of the dollar sign that closes the formula opened here.
  private func inlineFormulaEnd(in line: ArraySlice<UInt8>) -> Int? {
    var index = position + 1
    guard let first = line[index...].first, !first.isSpace else { return nil }
    while index < line.endIndex {
      switch line[index] {
      case UInt8(ascii: "`"): return nil
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "$"):
        let isPrice = line[(index + 1)...].first?.isDigit == true
        return isPrice || line[index - 1].isBlank ? nil : index
      default: index += 1
      }
    }
    return nil
  }

  /// Whether a link's middle is inside, so that the dollar signs are of two different places.
  private func isLinked(_ text: ArraySlice<UInt8>) -> Bool {
    zip(text, text.dropFirst()).contains { $0 == UInt8(ascii: "]") && $1 == UInt8(ascii: "(") }
  }

  /// A formula that takes several lines only where it starts one, and never a blank one.
  private mutating func readFormula(opening: Int, closing: [UInt8]) {
    guard let end = formulaEnd(from: position + opening, closing: closing) else {
      copy(opening)
      return
    }
    let first = line
    writeFormula(to: end.index)
    if end.isClosed { insert(Escaping.formulaEnd) }
    endFormula(from: first, isClosed: end.isClosed)
  }

  /// Where a formula ends: behind `closing`, or where the text ends that may still go on.
  private func formulaEnd(from start: Int, closing: [UInt8]) -> (index: Int, isClosed: Bool)? {
    var index = start
    var isBlankLine = false
    let isCode = isIndented(at: lineStart)
    let limit = position == textStart ? input.endIndex : lineEnd
    while index < limit {
      let byte = input[index]
      let next = input[(index + 1)...].first
      if byte == closing[0], input[index..<limit].starts(with: closing) {
        return (index + closing.count, true)
      }
      if isForeign(byte, next, closing: closing) { return nil }
      if byte == UInt8(ascii: "\n") {
        guard !isBlankLine, !isCode || isIndented(at: index + 1) else { return nil }
        isBlankLine = true
      } else if !byte.isBlank {
        isBlankLine = false
      }
      index += byte == UInt8(ascii: "\\") && next?.isPunctuation == true ? 2 : 1
    }
    return isOpen && position == textStart ? (limit, false) : nil
  }

  /// Whether a line may be of indented code, which no formula leaves.
  private func isIndented(at start: Int) -> Bool {
    let space = input[start...].prefix(4).prefix(while: \.isBlank)
    return space.count == 4 || space.contains(UInt8(ascii: "\t"))
  }

  /// Whether a formula cannot go on here: at code, or where another one opens.
  private func isForeign(_ byte: UInt8, _ next: UInt8?, closing: [UInt8]) -> Bool {
    switch byte {
    case UInt8(ascii: "`"): true
    case UInt8(ascii: "~"): next == byte
    case UInt8(ascii: "\\"):
      closing[0] == byte && (next == UInt8(ascii: "(") || next == UInt8(ascii: "["))
    default: false
    }
  }

  /// Copies an opened formula with everything in it hidden that means something to the parser.
  private mutating func writeFormula(to end: Int) {
    let isQuoted = isInQuote
    var isLineStart = false
    insert(Escaping.formulaStart)
    while position < end {
      let byte = input[position]
      if byte == UInt8(ascii: "\n") {
        isLineStart = true
        copy()
        enterLine()
      } else if byte.isBlank || (isLineStart && isQuoted && byte == UInt8(ascii: ">")) {
        copy()
      } else {
        keeps(byte, isLineStart) ? copy() : hide()
        isLineStart = false
      }
    }
  }

  /// A bar stays what it is: a table's cells are told before anything inside them.
  private func keeps(_ byte: UInt8, _ isLineStart: Bool) -> Bool {
    if byte == UInt8(ascii: "|") { return true }
    return !byte.isPunctuation && !(isLineStart && byte.isDigit)
  }

  private var isInQuote: Bool {
    input[lineStart...].first { !$0.isBlank } == UInt8(ascii: ">")
  }
}

extension ArraySlice<UInt8> {
  /// What stands here as `{align*}`: an environment's name in its braces.
  fileprivate var environmentName: ArraySlice? {
    guard first == UInt8(ascii: "{") else { return nil }
    let letters = dropFirst().prefix(32).prefix(while: \.isLetter)
    let rest = self[letters.endIndex...].drop { $0 == UInt8(ascii: "*") }
    let isName = rest.startIndex <= letters.endIndex + 1 && rest.first == UInt8(ascii: "}")
    return isName && !letters.isEmpty ? self[...rest.startIndex] : nil
  }
}
