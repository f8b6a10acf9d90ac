import ChatEngine
package import ChatScreen
import Screen

/// The composer's text in the rows that it has on the screen, for the keys that move by these.
package struct ComposerRows {
  private let layout: ComposerLayout
  /// Where what is laid out begins in the text.
  private let start: Int

  /// Lays out a line, with the prompt that stands on the screen.
  package init(of line: ComposerSnapshot, in state: ChatState) {
    let excerpt = ComposerExcerpt(of: line)
    layout = ComposerArea.layout(excerpt, state, ViewContext(state.capabilities))
    start = excerpt.start
  }

  /// The column of the screen that the cursor stands in.
  package var column: Int { layout.cursor.column }

  /// The byte offset so many rows below the cursor, as near to a column as the row is long; nil where
  /// there is no such row.
  package func byteOffset(rowsFromCursor rows: Int, column: Int) -> Int? {
    layout.byteOffset(rowsFromCursor: rows, column: column).map { start + $0 }
  }
}
