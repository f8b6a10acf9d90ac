/// Tags, and the languages inside them.
extension LineLexer {
  /// Reads `<name` or `</name`.
  mutating func openTag() {
    var start = position + 1
    let isClosing = start < bytes.count && bytes[start] == UInt8(ascii: "/")
    if isClosing { start += 1 }
    let end = wordEnd(from: start)
    consume(to: start, .plain)
    guard end > start, lexicon[bytes[start]].contains(.wordStart) else { return }
    consume(to: end, .key)
    modes.append(.tag(isClosing ? [] : bytes[start..<end].map { $0 | 0x20 }))
  }

  /// Reads the next thing inside a tag.
  mutating func readTag(_ name: [UInt8]) {
    let byte = bytes[position]
    if let span = lexicon.span(at: position, in: bytes, isInTag: true) { return openSpan(span) }
    if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "<") {
      modes.removeLast()
      if byte == UInt8(ascii: ">") {
        let isEmpty = bytes[..<position].last == UInt8(ascii: "/")
        consume(to: position + 1, .plain)
        if !isEmpty, Self.languages[name] != nil { modes.append(.embedded(name, [])) }
      }
    } else if lexicon[byte].contains(.word) {
      let isValue = bytes[..<position].last == UInt8(ascii: "=")
      consume(to: wordEnd(from: position), isValue ? .string : .attribute)
    } else {
      consume(to: position + 1, .plain)
    }
  }

  private static let languages = [
    Array("script".utf8): Lexicon.named("js"), Array("style".utf8): Lexicon.named("css"),
  ].compactMapValues(\.self)

  /// Reads what stands between a tag that holds another language and its end.
  mutating func readEmbedded(in name: [UInt8], _ modes: [CodeHighlighter.Mode]) {
    let mark = Array("</".utf8) + name
    let end = bytes[position...].indices.first { index in
      // Space's bit makes letters small, and leaves `<` and `/` what they are.
      bytes[index] == mark[0]
        && bytes[index...].prefix(mark.count).elementsEqual(mark) {
          $0 | 0x20 == $1
        }
    }
    self.modes.removeLast()
    guard let inside = Self.languages[name] else { return }
    var inner = LineLexer(bytes[position..<(end ?? bytes.count)], inside, modes)
    inner.run()
    takeRuns(of: inner)
    if end == nil { self.modes.append(.embedded(name, inner.modes)) }
  }
}
