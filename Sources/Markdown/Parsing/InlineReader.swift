import CMarkdown

/// Turns the inlines of one block into flat runs.
struct InlineReader {
  /// What applies to everything inside a container.
  private struct Scope {
    var traits: InlineTraits = []
    var link: Link?
  }

  private var runs: [InlineRun] = []
  private var scopes = [Scope()]
  private var isFormula = false
  /// Whether the last thing was a tag that breaks the line.
  private var isBehindTag = false
  /// Bytes of the run that is being collected: cmark hands text over in small bits.
  private var pending: [UInt8] = []
  /// The labels of the text's definitions, by their addresses.
  private let labels: [String: String]

  private init(labels: [String: String]) {
    self.labels = labels
  }

  /// The runs of a paragraph, a heading or a table's cell, in a text with such definitions.
  static func runs(of node: SyntaxNode, labels: [String: String]) -> [InlineRun] {
    var reader = InlineReader(labels: labels)
    node.walkInlines { reader.visit($0, isEntered: $1) }
    reader.flush()
    return reader.runs
  }

  private var scope: Scope { scopes.last ?? Scope() }

  private mutating func visit(_ node: SyntaxNode, isEntered: Bool) {
    guard !skipsBlank(node) else { return }
    switch node.kind {
    case .text: addText(node.literal)
    case .code: add(Escaping.undone(node.literal), .code)
    case .markup: addHTML(Escaping.undone(node.literal))
    case .softBreak: addBreak(isFormula ? .hardBreak : .softBreak)
    case .lineBreak: addBreak(.hardBreak)
    case .strong: nest(.strong, isEntered)
    case .emphasis: nest(.emphasis, isEntered)
    case .strikethrough: nest(.strikethrough, isEntered)
    case .link: nest([], isEntered, link: link(of: node))
    case .image: nest(.image, isEntered, link: link(of: node))
    default: add(Escaping.undone(node.literal), [])
    }
  }

  private func link(of node: SyntaxNode) -> Link {
    let address = Escaping.undone(node.address)
    return Link(address: address, title: Escaping.undone(node.title), label: labels[address])
  }

  private mutating func nest(_ traits: InlineTraits, _ isEntered: Bool, link: Link? = nil) {
    flush()
    guard isEntered else {
      // A target without text, or around an image, must still be seen.
      if let link, runs.last?.link != link {
        runs.append(InlineRun("", scope.traits, link: link))
      }
      scopes.removeLast()
      return
    }
    scopes.append(
      Scope(traits: scope.traits.union(traits), link: link ?? scope.link))
  }

  private mutating func addBreak(_ kind: InlineTraits) {
    flush()
    let own: InlineTraits = isFormula ? [kind, .mathematics] : kind
    runs.append(InlineRun("\n", scope.traits.union(own), link: scope.link))
  }

  /// A line break where one was meant: HTML is shown as it is, but `<br>` is common in tables.
  private mutating func addHTML(_ tag: String) {
    let letters = tag.lowercased().filter { !$0.isWhitespace }
    guard letters == "<br>" || letters == "<br/>" else { return add(tag, .html) }
    while pending.last?.isBlank == true { pending.removeLast() }
    addBreak(.hardBreak)
    isBehindTag = true
  }

  /// Whether what comes stands right behind a tag's line break, which takes blanks and a line end
  /// with it.
  private mutating func skipsBlank(_ node: SyntaxNode) -> Bool {
    guard isBehindTag else { return false }
    switch node.kind {
    case .softBreak: return true
    case .text:
      isBehindTag = node.literal.allSatisfy(\.isBlank)
      addText(UnsafeBufferPointer(rebasing: node.literal.drop(while: \.isBlank)))
      return true
    default:
      isBehindTag = false
      return false
    }
  }

  private mutating func add(_ text: String, _ own: InlineTraits) {
    flush()
    guard !text.isEmpty else { return }
    runs.append(InlineRun(text, scope.traits.union(own), link: scope.link))
  }

  private mutating func addText(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.contains(Escaping.lead) else {
      pending.append(contentsOf: bytes)
      return
    }
    var index = 0
    while index < bytes.count {
      guard let meaning = Escaping.meaning(of: bytes, at: index) else {
        pending.append(bytes[index])
        index += 1
        continue
      }
      index += 4
      switch meaning {
      case .character(let byte):
        if byte == UInt8(ascii: "["), pending.isEmpty { breakLine() }
        pending.append(byte)
      case .letter: break
      case .formulaStart: setFormula(true)
      case .formulaEnd: setFormula(false)
      case .addressEnd: pending.removeBracket()
      }
    }
  }

  /// Keeps the line end before a definition, of a footnote or a link: each is shown on its own line.
  ///
  /// Only their opening brackets are hidden from the parser, but for those of texts out of bounds.
  private mutating func breakLine() {
    guard let last = runs.last, last.traits.contains(.softBreak) else { return }
    runs[runs.count - 1].traits.remove(.softBreak)
    runs[runs.count - 1].traits.insert(.hardBreak)
  }

  private mutating func setFormula(_ value: Bool) {
    flush()
    isFormula = value
  }

  /// Ends the run that is being collected.
  private mutating func flush() {
    guard !pending.isEmpty else { return }
    let own: InlineTraits = isFormula ? .mathematics : []
    let text = String(decoding: pending, as: UTF8.self)
    runs.append(InlineRun(text, scope.traits.union(own), link: scope.link))
    pending.removeAll(keepingCapacity: true)
  }
}
