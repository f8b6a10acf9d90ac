/// Texts whose mark at the end is chosen where they begin: `##"…"##`, `r##"…"##`, `R"end(…)end"`.
extension Syntax {
  enum RawTexts: Hashable, Sendable {
    case none
    /// One or more `#` before the quotes, as many behind them and before a parenthesis of code
    /// (The Swift Programming Language, "Extended String Delimiters").
    case swift
    /// `r`, any number of `#`, and a quote (The Rust Reference, "Raw string literals").
    case rust
    /// `R"`, up to 16 characters, and a parenthesis (C++23, lex.string).
    case cPlusPlus

    /// What may stand before the mark.
    private var prefixes: [[UInt8]] {
      switch self {
      case .none: []
      case .swift: [[]]
      case .rust: Self.bytes(["r", "br", "cr"])
      case .cPlusPlus: Self.bytes(["R", "LR", "uR", "UR", "u8R"])
      }
    }

    private static func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

    /// The bytes that such a text may begin with.
    var firsts: Set<UInt8> {
      self == .swift ? [UInt8(ascii: "#")] : Set(prefixes.compactMap(\.first))
    }

    /// The text that opens at the start of `bytes`, as a span; nil if none does.
    func span(at bytes: ArraySlice<UInt8>) -> Span? {
      for prefix in prefixes where bytes.starts(with: prefix) {
        let mark = bytes.dropFirst(prefix.count)
        if let span = self == .cPlusPlus ? named(mark) : hashed(mark) {
          return span.opening(behind: prefix)
        }
      }
      return nil
    }

    private func hashed(_ mark: ArraySlice<UInt8>) -> Span? {
      let hashes = Array(mark.prefix { $0 == UInt8(ascii: "#") })
      let quotes = mark.dropFirst(hashes.count).prefix { $0 == UInt8(ascii: "\"") }
      guard !quotes.isEmpty, self == .rust || !hashes.isEmpty else { return nil }
      // `#"""#` is one quote in quotes.
      let isTriple =
        self == .swift && quotes.count >= 3
        && !mark.dropFirst(hashes.count + 3).starts(with: hashes)
      let quote = [UInt8](repeating: UInt8(ascii: "\""), count: isTriple ? 3 : 1)
      var span = Span(start: hashes + quote, end: quote + hashes, isMultiline: isTriple)
      if self == .rust { span.isMultiline = true }
      if self == .swift { span.insertion = Array("\\".utf8) + hashes + Array("(".utf8) }
      return span
    }

    private func named(_ mark: ArraySlice<UInt8>) -> Span? {
      guard mark.first == UInt8(ascii: "\"") else { return nil }
      let name = mark.dropFirst().prefix(17).prefix { !" ()\\\"\t".utf8.contains($0) }
      guard name.count <= 16, mark[name.endIndex...].first == UInt8(ascii: "(") else { return nil }
      return Span(
        start: Array(mark[..<name.endIndex]) + Array("(".utf8),
        end: Array(")".utf8) + name + Array("\"".utf8), isMultiline: true)
    }
  }
}

extension Syntax.Span {
  fileprivate init(start: [UInt8], end: [UInt8], isMultiline: Bool) {
    self.init("", "", .string, isMultiline: isMultiline)
    self.start = start
    self.end = end
  }

  fileprivate func opening(behind prefix: [UInt8]) -> Self {
    var span = self
    span.start = prefix + start
    return span
  }
}
