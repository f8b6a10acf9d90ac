/// A row of the table of languages made ready for reading bytes.
struct Lexicon: Sendable {
  let syntax: Syntax
  /// For each first byte of a span, the spans that it may open, as indices into `syntax.spans`.
  private let spansByFirst: [[Int]]
  private let comments: [[UInt8]]
  /// What a byte may begin or be part of.
  private let classes: [ByteClass]

  struct ByteClass: OptionSet {
    var rawValue: UInt16

    static let wordStart = Self(rawValue: 1)
    static let word = Self(rawValue: 2)
    static let digit = Self(rawValue: 4)
    static let sigil = Self(rawValue: 8)
    static let span = Self(rawValue: 16)
    static let comment = Self(rawValue: 32)
    static let capital = Self(rawValue: 64)
    static let heredoc = Self(rawValue: 128)
    static let regex = Self(rawValue: 256)
    static let character = Self(rawValue: 512)
    static let rawText = Self(rawValue: 1024)
  }

  private init(_ syntax: Syntax) {
    self.syntax = syntax
    comments = syntax.lineComments.map { Array($0.utf8) }
    var byFirst: [[Int]] = Array(repeating: [], count: 256)
    for (index, span) in syntax.spans.enumerated() { byFirst[Int(span.start[0])].append(index) }
    spansByFirst = byFirst
    classes = (0..<256).map { Self.classify(UInt8($0), syntax, opensSpan: !byFirst[$0].isEmpty) }
  }

  private static func classify(_ byte: UInt8, _ syntax: Syntax, opensSpan: Bool) -> ByteClass {
    var result: ByteClass = []
    let isName = byte.isLetter || byte == UInt8(ascii: "_") || byte >= 0x80
    if isName { result.formUnion([.wordStart, .word]) }
    if byte.isDigit { result.formUnion([.digit, .word]) }
    if syntax.wordCharacters.utf8.contains(byte) { result.insert(.word) }
    if syntax.sigils.utf8.contains(byte) { result.insert(.sigil) }
    if opensSpan { result.insert(.span) }
    if syntax.lineComments.contains(where: { $0.utf8.first == byte }) { result.insert(.comment) }
    if byte.isLetter, byte & 0x20 == 0 { result.insert(.capital) }
    if syntax.hasHeredocs, byte == UInt8(ascii: "<") { result.insert(.heredoc) }
    if syntax.hasRegexes, byte == UInt8(ascii: "/") { result.insert(.regex) }
    if syntax.rawTexts.firsts.contains(byte) { result.insert(.rawText) }
    if syntax.hasCharacters, byte == UInt8(ascii: "'") { result.insert(.character) }
    return result
  }

  /// The lexicon of the language that is called `name` in any case; nil if there is none.
  static func named(_ name: String) -> Lexicon? { byName[name.lowercased()] }

  private static let byName = Dictionary(
    Syntax.all.flatMap { syntax in
      let lexicon = Lexicon(syntax)
      return syntax.names.map { ($0, lexicon) }
    }, uniquingKeysWith: { first, _ in first })

  subscript(_ byte: UInt8) -> ByteClass { classes[Int(byte)] }

  /// The span that opens at `index`, inside a tag or not.
  func span(at index: Int, in bytes: [UInt8], isInTag: Bool) -> Int? {
    spansByFirst[Int(bytes[index])].first { number in
      let span = syntax.spans[number]
      return bytes[index...].starts(with: span.start) && span.isInTags == isInTag
        && (!span.startsLine || bytes[..<index].allSatisfy(\.isBlank))
        && (!span.startsWord || index == 0 || !self[bytes[index - 1]].contains(.word))
    }
  }

  /// Whether a comment to the line's end opens at `index`.
  func isComment(at index: Int, in bytes: [UInt8]) -> Bool {
    guard comments.contains(where: { bytes[index...].starts(with: $0) }) else { return false }
    return !syntax.needsSpaceBeforeComment || index == 0 || bytes[index - 1].isBlank
  }

  /// What a word is by itself.
  func kind(of word: ArraySlice<UInt8>) -> CodeKind {
    let text = String(decoding: word, as: UTF8.self)
    let name = syntax.isCaseInsensitive ? text.lowercased() : text
    if syntax.keywords.contains(name) { return .keyword }
    if syntax.types.contains(name) { return .type }
    guard syntax.hasCapitalTypes, let first = word.first, self[first].contains(.capital) else {
      return .plain
    }
    let isConstant = word.count > 1 && !word.contains { $0.isLetter && $0 & 0x20 != 0 }
    return isConstant ? .plain : .type
  }
}
