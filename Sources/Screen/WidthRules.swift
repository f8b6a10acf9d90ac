/// What a terminal's setup decides about the width of text; passed along, never global.
package struct WidthRules: Hashable, Sendable {
  /// Whether East Asian ambiguous characters (Greek, Cyrillic, “”, …, ①, frames) take two columns.
  package var ambiguousIsWide: Bool
  /// The distance between tab stops in columns, at least 1.
  package var tabWidth: Int

  package init(ambiguousIsWide: Bool = false, tabWidth: Int = 8) {
    self.ambiguousIsWide = ambiguousIsWide
    self.tabWidth = max(1, tabWidth)
  }

  /// Ambiguous characters narrow, tab stops at every eighth column.
  package static let standard = Self()
}
