/// How many columns text takes on the screen, once sanitised.
package enum DisplayWidth {
  /// The columns of one scalar: 0, 1 or 2.
  ///
  /// A tab has no width of its own: it reaches to the next stop, and counts 1 here.
  package static func columns(of scalar: Unicode.Scalar, rules: WidthRules = .standard) -> Int {
    switch Appearance(scalar) {
    case .narrow: 1
    case .wide: 2
    case .zero, .dropped: 0
    case .replaced where scalar == "\t": 1
    case .ambiguous, .replaced: rules.ambiguousIsWide ? 2 : 1  // U+FFFD itself is ambiguous
    }
  }

  /// The columns of a text that begins at the left edge; always what its cells count.
  package static func columns(of text: String, rules: WidthRules = .standard) -> Int {
    if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text.utf8.count }
    return Cell.cells(of: text, rules: rules).count
  }
}
