/// Prepares text for the parser: hides what it would misread behind private letters (``Escaping``).
///
/// It goes over the text once, without knowing more of its structure than lines: formulas and link
/// definitions are hidden, delimiter runs beside Chinese, Japanese and Korean text get a letter
/// beside them, addresses end before such a text's punctuation (``BareAddresses``), and inputs that
/// the parser needs quadratic time for are tamed.
struct Escaper {
  let input: ArraySlice<UInt8>
  /// Whether the text may go on, so that an open formula may still be closed.
  let isOpen: Bool
  var position: Int
  private(set) var output: [UInt8] = []
  /// The link definitions, each a line, with the line that they stand on.
  private(set) var definitions: [LinkDefinition] = []
  /// The lines that go on with a formula from the line before them.
  private(set) var formulaLines: [Range<Int>] = []
  var limits = Limits()
  private(set) var line = 0
  private(set) var lineStart: Int
  /// Behind the quote marks, list markers and spaces that the line starts with.
  private(set) var textStart: Int
  /// Behind the line break of the line that is being read.
  private(set) var lineEnd: Int
  /// Where addresses of this line end, those that come, the next one at the end.
  private var addressEnds: [Int] = []

  init(_ input: ArraySlice<UInt8>, isOpen: Bool) {
    self.input = input
    self.isOpen = isOpen
    position = input.startIndex
    lineStart = input.startIndex
    textStart = input.startIndex
    lineEnd = input.startIndex
    output.reserveCapacity(input.count + input.count / 8)
  }

  /// Goes over the whole text.
  mutating func run() {
    while position < input.endIndex {
      findLine()
      openLine()
      while position < lineEnd { step() }
      line += 1
    }
  }

  /// Tells that a formula goes on in the line that starts here.
  mutating func enterLine() {
    line += 1
    findLine()
  }

  /// Tells that a formula which began on `first` has ended here; an open one goes on for good.
  mutating func endFormula(from first: Int, isClosed: Bool) {
    let end = isClosed ? line + 1 : .max
    if end > first + 1 { formulaLines.append(first + 1..<end) }
  }

  private mutating func findLine() {
    let newline = input[position...].firstIndex(of: UInt8(ascii: "\n"))
    lineStart = position
    lineEnd = newline.map { $0 + 1 } ?? input.endIndex
    addressEnds = BareAddresses(in: input[lineStart..<lineEnd]).ends.reversed()
    limits.startLine()
  }

  /// Reads one character or one construct.
  private mutating func step() {
    endAddress()
    switch input[position] {
    case UInt8(ascii: "\\"): readBackslash()
    case UInt8(ascii: "$"): readDollar()
    case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): readDelimiters()
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "@"), UInt8(ascii: "<"),
      UInt8(ascii: "|"), UInt8(ascii: ")"):
      limits.tames(input, position) ? hide() : copy()
    default: copyPlain()
    }
  }
}

/// Moving along the text.
extension Escaper {
  mutating func copy(_ count: Int = 1) { copy(to: position + count) }

  mutating func copy(to end: Int) {
    output.append(contentsOf: input[position..<end])
    position = end
  }

  /// Puts the private twin in the place of the character here.
  mutating func hide() {
    output += Escaping.twin(of: input[position])
    position += 1
  }

  mutating func insert(_ mark: [UInt8]) { output += mark }

  /// Copies up to the line's next character that ``step()`` looks at.
  private mutating func copyPlain() {
    var end = position + 1
    let stop = addressEnds.last ?? lineEnd
    while end < stop, !Self.isSpecial[Int(input[end])] { end += 1 }
    copy(to: end)
  }

  /// Marks the end of an address that stands here; one that was passed inside a formula is none.
  private mutating func endAddress() {
    while let end = addressEnds.last, end <= position {
      if end == position { insert(Escaping.addressEnd) }
      addressEnds.removeLast()
    }
  }

  private static let isSpecial: [Bool] = (0..<256).map { "\\$*_~[]@<|)".utf8.contains(UInt8($0)) }
}

/// What stands at the start of a line.
extension Escaper {
  private mutating func openLine() {
    skipContainers()
    textStart = position
    if limits.tamesTable(lineStart..<lineEnd, in: input) { hide() }
    hideDefinition()
  }

  /// Copies quote marks, list markers and spaces up to the line's own text.
  private mutating func skipContainers() {
    var depth = 0
    while let marker = ContainerMarker(at: position, in: input[..<lineEnd]) {
      depth += 1
      guard depth <= Limits.containers else {
        hide()
        break
      }
      copy(to: marker.end)
    }
    while position < lineEnd, input[position].isBlank { copy() }
  }

  /// Hides the bracket of a link definition, so that it is shown where it stands.
  private mutating func hideDefinition() {
    guard LinkDefinition.starts(in: input[position...]) else { return }
    if let text = LinkDefinition.text(in: input[position..<lineEnd]) {
      definitions.append(LinkDefinition(text: text, line: line))
    }
    hide()
  }
}
