package import Conversation

/// The grid of cells that a picture takes; a cell is twice as high as it is wide.
package struct PreviewSize: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

extension PreviewSize {
  /// The grid for a picture of `size` within this one, its aspect kept, at least one cell.
  ///
  /// A small picture is not enlarged beyond one column for each of its pixels.
  package func fitting(_ size: PixelSize) -> PreviewSize {
    // In column widths: as if each cell were one pixel wide and two high.
    let fitted = size.fitted(within: PixelSize(width: max(1, columns), height: max(1, rows) * 2))
    return PreviewSize(columns: fitted.width, rows: (fitted.height + 1) / 2)
  }
}
