/// A row of a message, told by what it shows, so that it is found again at another width.
package struct TextPlace: Hashable, Sendable {
  /// The block of the message, as drawing counts them from 0.
  package var block: Int
  /// How many letters of the block stand before the row.
  package var letter: Int
  /// How many rows before it begin at the same letter: those of signs, and blank ones.
  package var row: Int

  package init(block: Int, letter: Int = 0, row: Int = 0) {
    self.block = block
    self.letter = letter
    self.row = row
  }
}
