/// Reads one line of code.
struct LineLexer {
  let bytes: [UInt8]
  let lexicon: Lexicon
  /// What is open; after ``run()``, what the next line starts inside of.
  private(set) var mode: CodeHighlighter.Mode
  private(set) var runs: [CodeRun] = []
  private(set) var position = 0
  /// The run that is being collected.
  private var runStart = 0
  private var runKind = CodeKind.plain
  /// The word that ends the text which the next line begins.
  var heredoc: [UInt8]?

  init(_ line: String, _ lexicon: Lexicon, _ mode: CodeHighlighter.Mode) {
    bytes = Array(line.utf8)
    self.lexicon = lexicon
    self.mode = mode
  }

  mutating func run() {
    if case .heredoc(let end) = mode { return readHeredoc(to: end) }
    if case .span(let index, let depth) = mode { readSpan(index, depth: depth) }
    if mode == .code, position == 0 { readLineStart() }
    while position < bytes.count { step() }
    take(to: bytes.count, .plain)
    flush()
    if mode == .code, let heredoc { mode = .heredoc(heredoc) }
  }

  /// Gives the bytes up to `end` the kind `kind`.
  mutating func take(to end: Int, _ kind: CodeKind) {
    if kind != runKind {
      flush()
      runKind = kind
    }
    position = max(position, end)
  }

  private mutating func flush() {
    guard position > runStart else { return }
    runs.append(CodeRun(String(decoding: bytes[runStart..<position], as: UTF8.self), runKind))
    runStart = position
  }

  private mutating func step() {
    let byte = bytes[position]
    let kind = lexicon[byte]
    if kind.contains(.span), let span = lexicon.span(at: position, in: bytes) {
      openSpan(span)
    } else if kind.contains(.comment), lexicon.isComment(at: position, in: bytes) {
      take(to: bytes.count, .comment)
    } else if kind.contains(.sigil), takesSigil() {
      return
    } else if kind.contains(.heredoc), takesHeredoc() {
      return
    } else if kind.contains(.digit) {
      readNumber()
    } else if kind.contains(.wordStart) {
      readWord()
    } else if byte == UInt8(ascii: "<"), lexicon.syntax.lineRule == .markup {
      readTag()
    } else {
      take(to: position + 1, .plain)
    }
  }
}

/// Spans and what else may go on in the next line.
extension LineLexer {
  private mutating func openSpan(_ index: Int) {
    let span = lexicon.syntax.spans[index]
    let start = position
    guard !span.end.isEmpty else {
      take(to: span.startsLine ? bytes.count : start + span.start.count, span.kind)
      return
    }
    take(to: start + span.start.count, span.kind)
    readSpan(index, depth: 1)
    if span.kind == .string, mode == .code, isKey(end: position) { rename(from: start, .key) }
  }

  /// Gives the run that began at `start` and ends here another kind.
  private mutating func rename(from start: Int, _ kind: CodeKind) {
    if start == runStart { runKind = kind }
  }

  /// Reads inside a span to its end, or to the line's.
  private mutating func readSpan(_ index: Int, depth: Int) {
    let span = lexicon.syntax.spans[index]
    var depth = depth
    var end = position
    while end < bytes.count, depth > 0 {
      if bytes[end] == span.escape {
        end += 2
      } else if bytes[end] == span.end[0], bytes[end...].starts(with: span.end) {
        depth -= 1
        end += span.end.count
      } else if span.isNested, bytes[end...].starts(with: span.start) {
        depth += 1
        end += span.start.count
      } else {
        end += 1
      }
    }
    take(to: min(end, bytes.count), span.kind)
    mode = depth > 0 && span.isMultiline ? .span(index, depth: depth) : .code
  }

  private mutating func readHeredoc(to end: [UInt8]) {
    let text = bytes.drop(while: \.isBlank)
    if text.starts(with: end),
      text.dropFirst(end.count).allSatisfy({ !lexicon[$0].contains(.word) })
    {
      take(to: bytes.count, .attribute)
      mode = .code
    } else {
      take(to: bytes.count, .string)
    }
    flush()
  }

  /// Reads `<<WORD`, `<<-'WORD'`, `<<~WORD` or `<<<WORD`.
  private mutating func takesHeredoc() -> Bool {
    guard heredoc == nil, bytes[position...].starts(with: [0x3C, 0x3C]) else { return false }
    let mark = bytes[position...].prefix(4).prefix { "<-~".utf8.contains($0) }
    let quoted = bytes[mark.endIndex...].prefix(1).filter { $0 == 0x22 || $0 == 0x27 }
    let word = bytes[(mark.endIndex + quoted.count)...].prefix { lexicon[$0].contains(.word) }
    guard let first = word.first, lexicon[first].contains(.wordStart) else { return false }
    heredoc = Array(word)
    take(to: min(bytes.count, word.endIndex + quoted.count), .attribute)
    return true
  }
}
