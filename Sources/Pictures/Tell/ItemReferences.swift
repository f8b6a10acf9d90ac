/// One entry of an item reference list (`iref`, ISO/IEC 14496-12 §8.11.12).
package struct ItemReference: Hashable, Sendable {
  /// How the two items belong together.
  package enum Kind: String, Sendable {
    /// `from` is derived from `to`: a grid from its tiles.
    case derivation = "dimg"
    /// `from` is an auxiliary picture of `to`: its alpha plane.
    case auxiliary = "auxl"
  }

  package var kind: Kind
  package var from: Int
  package var to: Int

  package init(_ kind: Kind, from: Int, to: Int) {
    (self.kind, self.from, self.to) = (kind, from, to)
  }
}

/// Which items of a HEIC or AVIF have to be decoded before which others.
package struct ItemReferences: Sendable {
  /// A tiled picture whose alpha plane is tiled too has two levels.
  package static let maximumDepth = 8

  /// The items that must be decoded for one: the parts of a derived picture, and the auxiliary
  /// pictures that say they belong to it.
  private var needs: [Int: Set<Int>] = [:]

  package init(_ references: some Sequence<ItemReference>) {
    for reference in references {
      let (whole, part) =
        reference.kind == .derivation
        ? (reference.from, reference.to) : (reference.to, reference.from)
      needs[whole, default: []].insert(part)
    }
  }

  /// Whether an item is made of itself, directly or through others, or of more than
  /// ``maximumDepth`` levels of others.
  ///
  /// libheif 1.15 decodes an item in a thread for each level, without end where there is a circle:
  /// it must not get to see such a file.
  package var isCircular: Bool {
    // Items that need nothing are taken away until none is left, or only circles.
    var open = needs
    for _ in 0..<Self.maximumDepth where !open.isEmpty {
      open = open.mapValues { $0.filter { open[$0] != nil } }.filter { !$0.value.isEmpty }
    }
    return !open.isEmpty
  }
}

extension ItemReferences {
  /// Reads the `iref` box of a `meta` box; nothing where there is none.
  init(_ meta: BoxReader) {
    guard let contents = meta.child("iref", after: 4) else {
      self.init([])
      return
    }
    let isLong = BoxReader(contents).number(at: 0, count: 1) != 0
    self.init(
      BoxReader(contents.dropFirst(4)).children.flatMap {
        Self.references(in: $0, identifierLength: isLong ? 4 : 2)
      })
  }

  private static func references(
    in box: BoxReader.Box, identifierLength length: Int
  ) -> [ItemReference] {
    guard let kind = ItemReference.Kind(rawValue: box.name) else { return [] }
    let contents = BoxReader(box.contents)
    let from = contents.number(at: 0, count: length)
    let count = min(contents.number(at: length, count: 2), box.contents.count / length)
    return (0..<count).map { index in
      ItemReference(
        kind, from: from, to: contents.number(at: length + 2 + index * length, count: length))
    }
  }
}
