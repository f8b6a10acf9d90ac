extension Block {
  /// The block as more text will most likely have it: what its last line leaves open is closed.
  ///
  /// Emphasis, code and links look from their first letter on as they will in the end, so that
  /// what streams only grows. A block whose text is over is not to be asked for this.
  package var optimisticallyClosed: Block {
    var block = self
    switch content {
    case .heading(let level, let runs):
      block.content = .heading(level: level, OptimisticClosing.completed(runs))
    case .paragraph(let runs): block.content = .paragraph(OptimisticClosing.completed(runs))
    case .list(var list):
      list.items.changeLast { $0.blocks.changeLast { $0 = $0.optimisticallyClosed } }
      block.content = .list(list)
    case .quote(var blocks):
      blocks.changeLast { $0 = $0.optimisticallyClosed }
      block.content = .quote(blocks)
    case .table(var table):
      table.rows.changeLast { $0.changeLastCell { $0 = OptimisticClosing.completed($0) } }
      block.content = .table(table)
    case .code, .thematicBreak, .html: break
    }
    return block
  }
}

extension Array {
  fileprivate mutating func changeLast(_ change: (inout Element) -> Void) {
    if !isEmpty { change(&self[count - 1]) }
  }
}

extension [[InlineRun]] {
  /// Changes the cell that is being written: the last one with a text.
  fileprivate mutating func changeLastCell(_ change: (inout [InlineRun]) -> Void) {
    if let index = lastIndex(where: { !$0.isEmpty }) { change(&self[index]) }
  }
}

/// Closes what the last line of a block's text leaves open.
///
/// The parser has told what is a delimiter and what is not, but for those that have no partner yet:
/// they stand in the text as letters.
private struct OptimisticClosing {
  /// A delimiter farther from the end is a letter: few stressed words are longer.
  private static let reach = 120

  private var result: [InlineRun] = []
  private var open: InlineTraits = []
  private let runs: [InlineRun]

  private init(_ runs: [InlineRun]) {
    self.runs = runs
  }

  static func completed(_ runs: [InlineRun]) -> [InlineRun] {
    let isBreak = { (run: InlineRun) in !run.traits.isDisjoint(with: [.softBreak, .hardBreak]) }
    let start = runs.lastIndex(where: isBreak).map { $0 + 1 } ?? 0
    var closing = OptimisticClosing(runs[start...].withWholeLinks)
    closing.run()
    return runs[..<start] + closing.result
  }

  private mutating func run() {
    var left = runs.reduce(0) { $0 + $1.text.unicodeScalars.count }
    for (index, run) in runs.enumerated() {
      left -= run.text.unicodeScalars.count
      guard run.isPlain else {
        add(run.text.unicodeScalars, run)
        continue
      }
      if read(run, at: index, left: left) { return }
    }
  }

  /// Reads a plain run, with `left` letters behind it; true where code begins in it, which takes in all that follows.
  private mutating func read(_ run: InlineRun, at index: Int, left: Int) -> Bool {
    let text = Array(run.text.unicodeScalars)
    var start = 0
    var place = 0
    while place < text.count {
      let count = text[place...].prefix { $0 == text[place] }.count
      defer { place += count }
      let before = place > 0 ? text[place - 1] : runs[..<index].last?.text.unicodeScalars.last
      let after = place + count < text.count ? text[place + count] : next(behind: index)
      let isNear = text.count - place + left <= Self.reach
      guard isNear, let traits = InlineTraits(of: text[place], count),
        open.isDisjoint(with: traits), traits.mayOpen(after: before, before: after)
      else { continue }
      add(text[start..<place], run)
      start = place + count
      open.formUnion(traits)
      guard traits == .code else { continue }
      let rest = runs[(index + 1)...].flatMap(\.text.unicodeScalars)
      add(text[start...] + rest, run)
      return true
    }
    add(text[start...], run)
    return false
  }

  private func next(behind index: Int) -> Unicode.Scalar? {
    index + 1 < runs.count ? runs[index + 1].text.unicodeScalars.first : nil
  }

  private mutating func add(_ text: some Sequence<Unicode.Scalar>, _ run: InlineRun) {
    var letters = String.UnicodeScalarView()
    letters.append(contentsOf: text)
    guard !letters.isEmpty else { return }
    result.append(InlineRun(String(letters), run.traits.union(open), link: run.link))
  }
}

extension InlineTraits {
  /// What so many of a delimiter begin; nil where they begin nothing.
  fileprivate init?(of delimiter: Unicode.Scalar, _ count: Int) {
    switch (delimiter, count) {
    case ("*", 1), ("_", 1): self = .emphasis
    case ("*", 2), ("_", 2): self = .strong
    case ("*", 3), ("_", 3): self = [.strong, .emphasis]
    case ("~", 2): self = .strikethrough
    case ("`", _): self = .code
    default: return nil
    }
  }

  /// Whether a delimiter may stand so, more strictly than CommonMark has it: `2*3` and `a_b` are
  /// no emphasis to most who write them.
  fileprivate func mayOpen(after before: Unicode.Scalar?, before after: Unicode.Scalar?) -> Bool {
    guard let after else { return false }
    if self == .code { return true }
    let isBehindWord =
      before.map { $0.isASCII && $0.properties.isAlphabetic || $0.isDigit } ?? false
    return !after.properties.isWhitespace && !isBehindWord
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}

extension InlineRun {
  /// Whether its text is as it was written, but for entities and escapes.
  fileprivate var isPlain: Bool {
    link == nil && traits.isDisjoint(with: [.code, .mathematics, .html, .image])
  }
}

// MARK: - Links

extension ArraySlice<InlineRun> {
  /// The runs with the link at their end closed, as in `[text](https://exam`.
  fileprivate var withWholeLinks: [InlineRun] {
    guard let middle = lastIndex(where: { $0.isPlain && $0.text.contains("](") }),
      let cut = self[middle].text.lastRange(of: "]("),
      let address = address(from: middle, cut.upperBound)
    else { return Array(self) }
    var label = Array(self[...middle])
    label[label.count - 1].text = String(self[middle].text[..<cut.lowerBound])
    guard let start = label.lastIndex(where: { $0.isPlain && $0.text.contains("[") }),
      let bracket = label[start].text.lastIndex(of: "[")
    else { return Array(self) }
    var before = label[start]
    before.text = String(before.text[..<bracket])
    label[start].text.removeSubrange(...bracket)
    let isImage = before.text.hasSuffix("!")
    if isImage { before.text.removeLast() }
    let linked = label[start...].filter { !$0.text.isEmpty }.map { run in
      InlineRun(
        run.text, isImage ? run.traits.union(.image) : run.traits, link: Link(address: address))
    }
    return label[..<start] + (before.text.isEmpty ? [] : [before]) + linked
  }

  /// What stands behind `](`, where it may be the beginning of an address.
  private func address(from index: Int, _ start: String.Index) -> String? {
    // The parser may have taken the beginning of an address for one that stands by itself.
    let text = String(self[index].text[start...]) + self[(index + 1)...].map(\.text).joined()
    let isAddress = !text.isEmpty && !text.contains { $0.isWhitespace || $0 == ")" || $0 == "(" }
    return isAddress ? text : nil
  }
}

extension String {
  fileprivate func lastRange(of text: String) -> Range<Index>? {
    ranges(of: text).last
  }
}
