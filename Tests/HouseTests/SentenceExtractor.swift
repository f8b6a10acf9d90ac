/// Finds the sentences for users in a Swift text: the literals inside `say(…)`, and where the argument
/// parser is imported those behind `help:`, `abstract:` and `discussion:`.
struct SentenceExtractor {
  struct Sentence: Equatable {
    /// The key of the catalogues: `%@` for each interpolation, `%%` for a percent sign.
    let key: String
    let line: Int
  }

  private let source: SwiftSource

  init(_ source: SwiftSource) {
    self.source = source
  }

  /// In the order of the text; a sentence inside another one is found too.
  var sentences: [Sentence] {
    (calls.flatMap(literals) + helpTexts).map {
      Sentence(key: $0.key, line: source.line(at: $0.range.lowerBound))
    }
  }

  /// The texts that the argument parser shows on pages of help.
  private var helpTexts: [StringLiteral] {
    guard source.codeLines.contains("import ArgumentParser") else { return [] }
    let ends = ["help:", "abstract:", "discussion:"].flatMap { label in
      source.offsets(of: label).map { $0 + label.utf8.count }
    }
    return source.literals.filter { literal in
      ends.contains { end in
        end <= literal.range.lowerBound
          && source.code[end..<literal.range.lowerBound].allSatisfy { [10, 32].contains($0) }
      }
    }
  }

  /// The lines of the calls that hold no literal, so that no catalogue can know their sentence.
  var linesWithoutLiteral: [Int] {
    calls.filter { literals(in: $0).isEmpty }.map { source.line(at: $0.lowerBound) }
  }

  /// What stands between the parentheses of each call.
  private var calls: [Range<Int>] {
    source.offsets(of: "say(").filter { index in
      index == 0 || !source.code[index - 1].isIdentifier && !source.isMember(at: index)
    }.map { ($0 + 4)..<closingParenthesis(from: $0 + 4) }
  }

  private func closingParenthesis(from start: Int) -> Int {
    var depth = 1
    for index in start..<source.code.count {
      if source.code[index] == UInt8(ascii: "(") { depth += 1 }
      if source.code[index] == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0 { return index }
    }
    return source.code.count
  }

  /// The literals of a call that stand in no other literal of it.
  private func literals(in call: Range<Int>) -> [StringLiteral] {
    let inside = source.literals.filter { call.contains($0.range.lowerBound) }
    return inside.filter { literal in
      !inside.contains { $0.range != literal.range && $0.range.contains(literal.range.lowerBound) }
    }
  }
}

extension StringLiteral {
  /// The literal as a phrase's key.
  var key: String { words.map { $0 ?? "%@" }.joined() }

  /// The text of each piece as Swift reads it, percent signs doubled; nil for an interpolation.
  private var words: [String?] {
    var texts = pieces.map { piece -> String? in
      if case .text(let bytes) = piece { String(decoding: bytes, as: UTF8.self) } else { nil }
    }
    if isMultiLine { texts = Self.outdented(texts) }
    return texts.map { $0.map { unescaped($0).replacing("%", with: "%%") } }
  }

  /// A multi-line literal's text without its first and last line break and its indentation.
  private static func outdented(_ texts: [String?]) -> [String?] {
    let last = (texts.last ?? "") ?? ""
    let indentation = last.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    var result = texts.map { $0?.replacing("\n" + indentation, with: "\n") }
    if let first = result.first ?? nil, first.hasPrefix("\n") {
      result[0] = String(first.dropFirst())
    }
    if let end = result.last ?? nil, end.hasSuffix("\n") {
      result[result.count - 1] = String(end.dropLast())
    }
    return result
  }

  private func unescaped(_ text: String) -> String {
    let mark = "\\" + String(repeating: "#", count: hashes)
    var result = ""
    var rest = text[...]
    while let escape = rest.firstRange(of: mark) {
      result += rest[..<escape.lowerBound]
      rest = rest[escape.upperBound...]
      result += Self.takeEscape(&rest)
    }
    return result + rest
  }

  /// What stands behind the mark of an escape, taken off the text's start.
  private static func takeEscape(_ rest: inout Substring) -> String {
    guard let letter = rest.popFirst() else { return "" }
    switch letter {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "0": return "\0"
    case "u":
      let digits = rest.dropFirst().prefix { $0 != "}" }
      rest = rest.dropFirst(digits.count + 2)
      return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init).map(String.init) ?? ""
    case " ", "\n":
      rest = rest.drop { $0 == " " }
      if letter == " ", rest.first == "\n" { rest.removeFirst() }
      return ""
    default: return String(letter)
    }
  }
}
