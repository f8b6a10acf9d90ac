/// A picture in real pixels, which the terminal draws over a frame's cells.
///
/// Its control sequences are made by this program, and say nothing but pixels.
package struct PixelPicture: Hashable, Sendable {
  /// The cell of its upper left corner.
  package var origin = Point(column: 0, row: 0)
  /// What draws it from the cursor's place on, and moves nothing but the cursor.
  package var drawing: String
  /// What takes it off again; empty where writing over its cells does that (sixel).
  package var removal: String

  package init(drawing: String, removal: String) {
    self.drawing = drawing
    self.removal = removal
  }
}
