/// Spans, and what else may go on in the next line.
extension LineLexer {
  /// What stands at a place inside a span.
  private enum Part {
    case text
    /// Two characters of text.
    case escape
    case end
    case start
    case insertion
    case variable
  }

  mutating func openSpan(_ index: Int) {
    let span = lexicon.syntax.spans[index]
    let start = position
    if bytes[..<position].last != UInt8(ascii: "=") { expectsCommand = false }
    guard !span.end.isEmpty else {
      return span.startsLine ? readDirective() : consume(to: start + span.start.count, span.kind)
    }
    consume(to: start + span.start.count, span.kind)
    let count = modes.count
    modes.append(.span(index, depth: 1))
    readSpan(index, depth: 1)
    let isWhole = span.kind == .string && modes.count == count
    if isWhole, isKey(end: position) { rename(from: start, .key) }
  }

  /// Opens a text whose mark at the end is chosen where it begins.
  mutating func takesRawText() -> Bool {
    guard let span = lexicon.syntax.rawTexts.span(at: bytes[position...]) else { return false }
    consume(to: position + span.start.count, span.kind)
    modes.append(.rawText(span))
    readRawText(span)
    return true
  }

  mutating func readRawText(_ span: Syntax.Span) {
    if readText(of: span, depth: 1) == 0 { modes.removeLast() }
  }

  mutating func readSpan(_ index: Int, depth: Int) {
    guard let depth = readText(of: lexicon.syntax.spans[index], depth: depth) else { return }
    modes[modes.count - 1] = .span(index, depth: depth)
    if depth == 0 { modes.removeLast() }
  }

  /// Reads inside a span to its end, to code inside it, or to the line's end; returns how many are
  /// open inside each other then, nil where code begins.
  private mutating func readText(of span: Syntax.Span, depth: Int) -> Int? {
    var depth = depth
    var end = position
    while end < bytes.count, depth > 0 {
      switch part(at: end, of: span) {
      case .text: end += 1
      case .escape: end += 2
      case .end:
        depth -= 1
        end += span.end.count
      case .start:
        depth += 1
        end += span.start.count
      case .insertion:
        consume(to: end, span.kind)
        openInsertion(span)
        return nil
      case .variable:
        consume(to: end, span.kind)
        if !takesSigil(isInText: true) { consume(to: end + 1, span.kind) }
        end = position
      }
    }
    consume(to: min(end, bytes.count), span.kind)
    return depth
  }

  private func part(at index: Int, of span: Syntax.Span) -> Part {
    let byte = bytes[index]
    if byte == span.insertion.first, bytes[index...].starts(with: span.insertion) {
      let isDoubled = span.insertion.count == 1 && bytes[(index + 1)...].first == byte
      if isDoubled { return .escape }
      if modes.count < Self.deepest { return .insertion }
    }
    if byte == span.escape { return .escape }
    if byte == span.end[0], bytes[index...].starts(with: span.end) { return .end }
    if span.isNested, bytes[index...].starts(with: span.start) { return .start }
    return byte == span.variable ? .variable : .text
  }

  // MARK: - Code inside a text

  private mutating func openInsertion(_ span: Syntax.Span) {
    consume(to: position + span.insertion.count, .attribute)
    let isBrace = span.insertion.last == UInt8(ascii: "{")
    modes.append(.insertion(close: isBrace ? UInt8(ascii: "}") : UInt8(ascii: ")"), depth: 1))
    expectsCommand = lexicon.syntax.hasCommands
  }

  mutating func readInsertion(to close: UInt8, depth: Int) {
    let opening = close == UInt8(ascii: "}") ? UInt8(ascii: "{") : UInt8(ascii: "(")
    switch bytes[position] {
    case close where depth == 1:
      modes.removeLast()
      expectsCommand = false
      consume(to: position + 1, .attribute)
    case close, opening:
      let step = bytes[position] == close ? -1 : 1
      modes[modes.count - 1] = .insertion(close: close, depth: depth + step)
      consume(to: position + 1, .plain)
    default: step()
    }
  }

  // MARK: - Directives

  /// Reads `#define`, or `#include` with a path in angle brackets.
  private mutating func readDirective() {
    let name = bytes[(position + 1)...].drop(while: \.isBlank).startIndex
    let end = wordEnd(from: name)
    let isInclusion = [Array("include".utf8), Array("import".utf8)].contains(
      Array(bytes[name..<end]))
    consume(to: end, .attribute)
    let path = bytes[end...].drop(while: \.isBlank)
    guard isInclusion, path.first == UInt8(ascii: "<"),
      let close = path.firstIndex(of: UInt8(ascii: ">"))
    else { return }
    consume(to: path.startIndex, .plain)
    consume(to: close + 1, .string)
  }

  // MARK: - Texts of whole lines

  mutating func readHeredoc(to end: [UInt8]) {
    let text = bytes.drop(while: \.isBlank)
    let isEnd =
      text.starts(with: end)
      && text.dropFirst(end.count).allSatisfy { !lexicon[$0].contains(.word) }
    consume(to: bytes.count, isEnd ? .attribute : .string)
    if isEnd { modes.removeLast() }
  }

  /// Reads `<<WORD`, `<<-'WORD'`, `<<~WORD` or `<<<WORD`.
  mutating func takesHeredoc() -> Bool {
    guard heredoc == nil, bytes[position...].starts(with: [0x3C, 0x3C]) else { return false }
    let mark = bytes[position...].prefix(4).prefix { "<-~".utf8.contains($0) }
    let quoted = bytes[mark.endIndex...].prefix(1).filter { $0 == 0x22 || $0 == 0x27 }
    let word = bytes[(mark.endIndex + quoted.count)...].prefix { lexicon[$0].contains(.word) }
    guard let first = word.first, lexicon[first].contains(.wordStart) else { return false }
    heredoc = Array(word)
    consume(to: min(bytes.count, word.endIndex + quoted.count), .attribute)
    return true
  }

  /// Reads a line of a block that its indentation ends.
  mutating func readBlock(indent: Int) {
    let isInside = (bytes.firstIndex { !$0.isBlank }).map { $0 > indent } ?? true
    guard isInside else {
      modes.removeLast()
      return readLineStart()
    }
    consume(to: bytes.count, .string)
  }
}
