/// A colour of one cell of a preview.
package enum PreviewColour: Hashable, Sendable {
  /// The terminal's own.
  case none
  /// A number of the xterm palette, in 16…255.
  case indexed(UInt8)
  /// 0xRRGGBB.
  case direct(UInt32)
}

/// One cell of a preview; its character is one column wide.
package struct PreviewCell: Hashable, Sendable {
  package var character: Unicode.Scalar
  package var foreground: PreviewColour
  package var background: PreviewColour
}

/// A picture as the cells of a terminal.
package struct PreviewCells: Hashable, Sendable {
  /// Rows from top to bottom, all of one length.
  package var rows: [[PreviewCell]]

  package var rowCount: Int { rows.count }
  package var columnCount: Int { rows.first?.count ?? 0 }
}
