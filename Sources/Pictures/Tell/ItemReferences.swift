/// Which items of a HEIC or AVIF are made of which others (`iref`, ISO/IEC 14496-12 §8.11.12).
struct ItemReferences {
  /// The items that must be decoded for one: the parts of a derived picture (`dimg`), and the
  /// auxiliary pictures that say they belong to it (`auxl`).
  private var needs: [Int: Set<Int>] = [:]

  /// Reads the `iref` box of a `meta` box; nothing where there is none.
  init(_ meta: BoxReader) {
    guard let contents = meta.child("iref", after: 4) else { return }
    let isLong = BoxReader(contents).number(at: 0, count: 1) != 0
    for box in BoxReader(contents.dropFirst(4)).children {
      take(box, identifierLength: isLong ? 4 : 2)
    }
  }

  private mutating func take(_ box: BoxReader.Box, identifierLength length: Int) {
    guard box.name == "dimg" || box.name == "auxl" else { return }
    let contents = BoxReader(box.contents)
    let from = contents.number(at: 0, count: length)
    let count = min(contents.number(at: length, count: 2), box.contents.count / length)
    for index in 0..<count {
      let other = contents.number(at: length + 2 + index * length, count: length)
      let (whole, part) = box.name == "dimg" ? (from, other) : (other, from)
      needs[whole, default: []].insert(part)
    }
  }

  /// A tiled picture whose alpha plane is tiled too has two levels.
  private static let maximumDepth = 8

  /// Whether an item is made of itself, directly or by others, or of a tower of others.
  ///
  /// libheif 1.15 decodes an item in a thread for each level, without end where there is a circle:
  /// it must not get to see such a file.
  var isCircular: Bool {
    // Items that need nothing are taken away until none is left, or only circles.
    var open = needs
    for _ in 0..<Self.maximumDepth where !open.isEmpty {
      open = open.mapValues { $0.filter { open[$0] != nil } }.filter { !$0.value.isEmpty }
    }
    return !open.isEmpty
  }
}
