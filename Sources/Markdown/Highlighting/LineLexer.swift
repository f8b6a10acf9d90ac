/// Reads one line of code.
struct LineLexer {
  /// Deeper insertions are read as the text that they stand in.
  static let deepest = 16

  let bytes: [UInt8]
  let lexicon: Lexicon
  /// What is open, the innermost last; after ``run()``, what the next line starts inside of.
  var modes: [CodeHighlighter.Mode]
  private(set) var runs: [CodeRun] = []
  private(set) var position = 0
  /// The run that is being collected.
  private var runStart = 0
  private var runKind = CodeKind.plain
  /// The word that ends the text which the next line begins.
  var heredoc: [UInt8]?
  /// Whether a command's name may stand here.
  var expectsCommand = false

  init(_ line: some Sequence<UInt8>, _ lexicon: Lexicon, _ modes: [CodeHighlighter.Mode]) {
    bytes = Array(line)
    self.lexicon = lexicon
    self.modes = modes
    expectsCommand = lexicon.syntax.hasCommands
  }

  mutating func run() {
    startLine()
    while position < bytes.count { readOn() }
    flush()
    endLine()
  }

  /// Gives the bytes up to `end` the kind `kind`.
  mutating func consume(to end: Int, _ kind: CodeKind) {
    if kind != runKind {
      flush()
      runKind = kind
    }
    position = max(position, end)
  }

  /// Gives the run that began at `start` and ends here another kind.
  mutating func rename(from start: Int, _ kind: CodeKind) {
    if start == runStart { runKind = kind }
  }

  /// Takes the runs of a lexer that has read from here on.
  mutating func takeRuns(of inner: LineLexer) {
    flush()
    runs += inner.runs
    position += inner.bytes.count
    runStart = position
  }

  private mutating func flush() {
    guard position > runStart else { return }
    runs.append(CodeRun(String(decoding: bytes[runStart..<position], as: UTF8.self), runKind))
    runStart = position
  }
}

extension LineLexer {
  private mutating func startLine() {
    switch modes.last {
    case nil: readLineStart()
    case .heredoc(let end): readHeredoc(to: end)
    case .block(let indent): readBlock(indent: indent)
    case .command:
      modes.removeLast()
      expectsCommand = false
    case .span, .rawText: expectsCommand = false
    default: break
    }
  }

  private mutating func endLine() {
    // What must end in its line has ended, with all that is open in it.
    if let first = modes.firstIndex(where: endsWithLine) { modes.removeSubrange(first...) }
    if let heredoc { modes.append(.heredoc(heredoc)) } else if modes.isEmpty { readLineEnd() }
  }

  private func endsWithLine(_ mode: CodeHighlighter.Mode) -> Bool {
    switch mode {
    case .span(let index, _): !lexicon.syntax.spans[index].isMultiline
    case .rawText(let span): !span.isMultiline
    default: false
    }
  }

  private mutating func readOn() {
    switch modes.last {
    case .span(let index, let depth): readSpan(index, depth: depth)
    case .rawText(let span): readRawText(span)
    case .insertion(let close, let depth): readInsertion(to: close, depth: depth)
    case .tag(let name): readTag(name)
    case .embedded(let name, let inner): readEmbedded(in: name, inner)
    case .heredoc, .block, .command, nil: step()
    }
  }

  /// Reads the next thing of code.
  mutating func step() {
    let byte = bytes[position]
    let kind = lexicon[byte]
    if kind.contains(.span), let span = lexicon.span(at: position, in: bytes, isInTag: false) {
      openSpan(span)
    } else if kind.contains(.comment), lexicon.isComment(at: position, in: bytes) {
      consume(to: bytes.count, .comment)
    } else if kind.contains(.rawText), takesRawText() {
      return
    } else if expectsCommand, takesCommand() {
      return
    } else if kind.contains(.sigil), takesSigil() {
      expectsCommand = false
    } else if kind.contains(.heredoc), takesHeredoc() {
      return
    } else if kind.contains(.regex), takesRegex() {
      return
    } else if kind.contains(.character), takesCharacter() {
      return
    } else if kind.contains(.digit) {
      readNumber()
    } else if kind.contains(.wordStart) {
      readWord()
    } else {
      readSign(byte)
    }
  }

  private mutating func readSign(_ byte: UInt8) {
    let syntax = lexicon.syntax
    if syntax.lineRule == .markup, byte == UInt8(ascii: "<") { return openTag() }
    if syntax.hasCommands { expectsCommand = mayStartCommand(behind: byte) }
    // A backslash takes the meaning from what follows it, where words need no quotes.
    let isEscape = syntax.hasCommands && byte == UInt8(ascii: "\\")
    consume(to: min(bytes.count, position + (isEscape ? 2 : 1)), .plain)
  }
}
