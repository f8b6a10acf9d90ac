import ChatEngine
package import Screen

/// The previews that were drawn lately; those that were out of sight for longest give way.
package struct PreviewCache: Equatable, Sendable {
  /// A preview, or the place of one that is being drawn.
  private struct Entry: Equatable, Sendable {
    var cells: [[Cell]]?
    var pixels: PixelPreview?
    /// The larger, the later it was last in sight.
    var turn: Int
  }

  /// The most cells that are kept, those in sight aside; a cell takes about 40 bytes.
  package static let maximumCellCount = 100_000

  private var entries: [PreviewKey: Entry] = [:]
  private var turn = 0

  package init() {}

  /// The finished preview: no rows for a picture that cannot be drawn, nil for one that is not yet.
  package subscript(key: PreviewKey) -> [[Cell]]? { entries[key]?.cells }

  /// The pixels over a preview's cells, where it has some.
  package func pixels(of key: PreviewKey) -> PixelPreview? { entries[key]?.pixels }

  package var keys: [PreviewKey] { Array(entries.keys) }

  /// Notes what is in sight, makes room, and returns what is now to be drawn, each once.
  mutating func see(_ keys: [PreviewKey]) -> [PreviewKey] {
    turn += 1
    var missing: [PreviewKey] = []
    for key in keys {
      if entries[key] == nil {
        missing.append(key)
        entries[key] = Entry(cells: nil, turn: turn)
      }
      entries[key]?.turn = turn
    }
    makeRoom()
    return missing
  }

  /// Takes in a preview that was asked for; one that has given way meanwhile is dropped.
  mutating func insert(_ cells: [[Cell]], for key: PreviewKey) {
    // One in cells may come after the better one, which was asked for later.
    guard let entry = entries[key], entry.pixels == nil else { return }
    entries[key]?.cells = cells
    makeRoom()
  }

  mutating func insert(_ preview: PixelPreview, for key: PreviewKey) {
    guard entries[key] != nil else { return }
    entries[key]?.cells = preview.cells
    entries[key]?.pixels = preview
    makeRoom()
  }

  /// Has all of them drawn anew when they are next in sight.
  mutating func forget() { entries = [:] }

  private mutating func makeRoom() {
    var left = Self.maximumCellCount
    for (key, entry) in entries.sorted(by: { $0.value.turn > $1.value.turn }) {
      let pixels = (entry.pixels?.transmission.utf8.count ?? 0) / 40
      left -= max(1, key.size.columns * key.size.rows + pixels)
      if left < 0, entry.turn < turn { entries[key] = nil }
    }
  }
}
