/// A picture in real pixels that stands over blank cells of its own, and goes where they go.
///
/// Wherever the cells get to, scrolled, cut off or covered, the frame tells from them where the picture
/// stands, and how much of it is in sight (``Frame/placements``).
package struct PixelPreview: Hashable, Sendable {
  /// The number by which the terminal knows it, never 0; made of its name.
  package let number: UInt32
  /// The cells that it covers, the last ones perhaps in part.
  package let size: Size
  /// Its width and height in pixels.
  package let pixels: (width: Int, height: Int)
  /// The height of a cell in pixels.
  package let cellHeight: Int
  /// The control sequences that give the terminal the pixels, once; they show nothing yet.
  package let transmission: String

  /// `name` says what is shown and how large: equal names, equal pictures.
  package init(
    name: String, size: Size, pixels: (width: Int, height: Int), cellHeight: Int,
    transmission: (UInt32) -> String
  ) {
    number = max(1, shortHash(of: name))
    self.size = size
    self.pixels = pixels
    self.cellHeight = max(1, cellHeight)
    self.transmission = transmission(number)
  }

  package static func == (left: Self, right: Self) -> Bool { left.number == right.number }

  package func hash(into hasher: inout Hasher) { hasher.combine(number) }

  /// The cells that it stands over, all of one row with one name.
  package var cells: [[Cell]] {
    (0..<size.rows).map { row in
      Array(repeating: Cell(" ", style: Style(link: id(ofRow: row))), count: size.columns)
    }
  }

  func id(ofRow row: Int) -> LinkID { LinkID(of: "picture \(number) \(row)") }
}

/// Where rows of a preview stand on the screen.
package struct PixelPlacement: Hashable, Sendable {
  package var preview: PixelPreview
  /// Which of the placements of one preview it is, from 1 on.
  package var ordinal: Int
  /// The cell of its upper left corner.
  package var origin: Point
  /// The rows of the preview that are in sight.
  package var rows: Range<Int>

  package init(preview: PixelPreview, ordinal: Int, origin: Point, rows: Range<Int>) {
    self.preview = preview
    self.ordinal = ordinal
    self.origin = origin
    self.rows = rows
  }

  /// The rows of the screen that it covers.
  package var screenRows: Range<Int> { origin.row..<origin.row + rows.count }
}
