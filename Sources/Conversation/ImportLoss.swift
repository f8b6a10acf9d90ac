/// What of imported conversations could not be kept, counted by kind.
package struct ImportLoss: Hashable, Sendable {
  /// What was lost, as far as people tell it apart.
  package enum Kind: CaseIterable, Sendable {
    case sound
    /// Documents and other files.
    case file
    /// A picture in no format that is read, or damaged.
    case brokenPicture
    /// A picture whose file is not there.
    case missingPicture
    /// A picture in a file outside the export's own folder.
    case outsidePicture
    /// A picture at an address that is neither http nor https.
    case address
    /// A message that follows itself in a circle.
    case circle
    /// A conversation's tools, the server's among them, and that the server keeps its replies.
    case tools
    /// A message of a role or kind that has no words here.
    case other
  }

  private var counts: [Kind: Int] = [:]
  /// The files outside the export's folder that were named, each once, in the order of their naming.
  package private(set) var outsidePaths: [String] = []

  package init() {}

  package subscript(kind: Kind) -> Int { counts[kind] ?? 0 }

  /// How many were lost, of all kinds.
  package var total: Int { counts.values.reduce(0, +) }

  package mutating func add(_ kind: Kind, _ count: Int = 1) {
    if count > 0 { counts[kind, default: 0] += count }
  }

  /// Counts a picture in a file outside the export's folder, and keeps the file's path.
  package mutating func add(outsidePath path: String) {
    add(.outsidePicture)
    if outsidePaths.count < Self.mostPaths, !outsidePaths.contains(path) {
      outsidePaths.append(path)
    }
  }

  /// More than anybody allows one by one.
  private static let mostPaths = 100
}
