/// Up or Down inside the text, asked of who lays it out on the screen.
package struct RowMove: Hashable, Sendable {
  package let text: String
  /// Where the cursor stands, as an offset into `text.utf8`.
  package let cursorByteOffset: Int
  /// 1 is down, -1 is up.
  package let rows: Int
  /// The column of the screen that a run of such moves keeps; nil for the cursor's own.
  package let column: Int?

  /// The place that it leads to.
  package struct Target: Hashable, Sendable {
    package var byteOffset: Int
    /// The column that the next move of the run shall keep.
    package var column: Int

    package init(byteOffset: Int, column: Int) {
      self.byteOffset = byteOffset
      self.column = column
    }
  }
}
