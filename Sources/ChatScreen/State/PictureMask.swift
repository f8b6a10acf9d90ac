package import Screen

/// The part of a picture that is marked to be changed, in cells of the screen that it covers.
///
/// Cells are marked one by one, or as a box between two corners; each change can be undone.
package struct PictureMask: Equatable, Sendable {
  /// The cells that the picture covers.
  package private(set) var size: Size
  /// Where keys mark, within the picture.
  package private(set) var cursor: Point
  /// The corner of a box that is being drawn; its other corner is the cursor.
  package private(set) var corner: Point?
  /// Row by row.
  private var marked: [Bool]
  /// What was marked before each change, the newest last.
  private var history: [[Bool]] = []

  private static let longestHistory = 100

  /// Nothing is marked of a picture that covers so many cells.
  package init(size: Size) {
    self.size = size
    cursor = Point(column: size.columns / 2, row: size.rows / 2)
    marked = Array(repeating: false, count: size.columns * size.rows)
  }

  package func isMarked(column: Int, row: Int) -> Bool {
    contains(column, row) && marked[row * size.columns + column]
  }

  /// Whether a cell lies in the box that is being drawn.
  package func isInBox(column: Int, row: Int) -> Bool {
    guard let corner else { return false }
    let columns = min(corner.column, cursor.column)...max(corner.column, cursor.column)
    let rows = min(corner.row, cursor.row)...max(corner.row, cursor.row)
    return columns.contains(column) && rows.contains(row)
  }

  /// The marked cells, row by row.
  package var cells: [Bool] { marked }

  package var isEmpty: Bool { !marked.contains(true) }

  /// How much of the picture is marked, in whole per cent; at least 1 where anything is.
  package var percent: Int {
    let count = marked.count { $0 }
    return count == 0 ? 0 : max(1, count * 100 / max(1, marked.count))
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    (0..<size.columns).contains(column) && (0..<size.rows).contains(row)
  }
}

/// What a key or the mouse does to a mask.
package enum MaskInput: Equatable, Sendable {
  /// So many cells to the right and down.
  case move(columns: Int, rows: Int)
  /// Marks the cell at the cursor, or unmarks it; ends a box.
  case toggle
  /// Begins a box at the cursor, or marks the one that is being drawn.
  case box
  case grow
  case shrink
  case invert
  case clear
  case undo
  /// A button of the mouse, at a cell of the picture.
  case press(Point)
  case drag(Point)
  case release(Point)
}

extension PictureMask {
  /// Moves the cursor or changes what is marked.
  package mutating func take(_ input: MaskInput) {
    switch input {
    case .move(let columns, let rows):
      moveCursor(to: Point(column: cursor.column + columns, row: cursor.row + rows))
    case .toggle: corner == nil ? toggle() : markBox()
    case .box: corner == nil ? beginBox() : markBox()
    case .grow: change { mask in mask.spread(true) }
    case .shrink: change { mask in mask.spread(false) }
    case .invert: change { $0.marked = $0.marked.map(!) }
    case .clear: change { $0.marked = $0.marked.map { _ in false } }
    case .undo: undo()
    case .press(let point):
      moveCursor(to: point)
      beginBox()
    case .drag(let point): moveCursor(to: point)
    case .release(let point):
      moveCursor(to: point)
      if corner == cursor { toggle() } else if corner != nil { markBox() }
      corner = nil
    }
  }

  /// Takes over another size of the picture on the screen: what was marked stays where it was in it.
  package mutating func resize(to other: Size) {
    guard other != size else { return }
    var resized = PictureMask(size: other)
    for row in 0..<other.rows {
      for column in 0..<other.columns {
        resized.marked[row * other.columns + column] = isMarked(
          column: column * size.columns / max(1, other.columns),
          row: row * size.rows / max(1, other.rows))
      }
    }
    self = resized
  }

  private mutating func moveCursor(to point: Point) {
    cursor = Point(
      column: min(max(0, point.column), size.columns - 1),
      row: min(max(0, point.row), size.rows - 1))
  }

  private mutating func beginBox() { corner = cursor }

  private mutating func toggle() {
    change { mask in mask.marked[mask.cursor.row * mask.size.columns + mask.cursor.column].toggle()
    }
  }

  private mutating func markBox() {
    change { mask in
      for row in 0..<mask.size.rows {
        for column in 0..<mask.size.columns where mask.isInBox(column: column, row: row) {
          mask.marked[row * mask.size.columns + column] = true
        }
      }
    }
    corner = nil
  }

  /// Marks every cell beside one that is marked, or unmarks every one beside one that is not.
  private mutating func spread(_ value: Bool) {
    let before = self
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let beside = [(0, 1), (0, -1), (1, 0), (-1, 0)].contains { step in
          let (column, row) = (column + step.0, row + step.1)
          return contains(column, row) && before.isMarked(column: column, row: row) == value
        }
        if beside { marked[row * size.columns + column] = value }
      }
    }
  }

  private mutating func change(_ body: (inout PictureMask) -> Void) {
    guard !marked.isEmpty else { return }
    let before = marked
    body(&self)
    guard marked != before else { return }
    history = history.suffix(Self.longestHistory - 1) + [before]
  }

  private mutating func undo() {
    corner = nil
    if let before = history.popLast() { marked = before }
  }
}
