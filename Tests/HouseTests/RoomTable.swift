/// Which modules each room may import, as the table of `docs/ARCHITECTURE.md` has it.
///
/// A room that has no row there may not exist. What a row does not list is what the room must not
/// know: the pure rooms have no way to the file system, to a clock or to C.
enum RoomTable {
  static let imports = imports(of: House.text(at: "docs/ARCHITECTURE.md") ?? "")

  /// Reads the rows whose first cell names rooms, and whose last lists what these may import.
  static func imports(of page: String) -> [String: Set<String>] {
    var table: [String: Set<String>] = [:]
    var above: Set<String> = []
    for row in page.split(separator: "\n").compactMap({ Row($0) }) {
      for room in row.rooms { table[room] = row.imports(below: above) }
      if !row.isCloset { above.formUnion(row.rooms) }
    }
    return table
  }

  private struct Row {
    let rooms: [String]
    let isCloset: Bool
    private let words: [String]

    init?(_ line: Substring) {
      let cells = line.split(separator: "|").map { $0.trimmingPrefix(" ") }
      guard line.hasPrefix("| `"), cells.count == 3 else { return nil }
      rooms = cells[0].split(separator: "`").map(String.init).filter { !$0.contains(" ") }
      isCloset = cells[1].hasPrefix("C closets")
      words = cells[2].split(separator: ",").map {
        $0.split(separator: " ").joined(separator: " ")
      }
    }

    func imports(below rooms: Set<String>) -> Set<String> {
      words.reduce(into: []) { result, word in
        switch word {
        case "–", "no closet": break
        case "the system": result.formUnion(RoomTable.system)
        case "all rooms above": result.formUnion(rooms)
        default: result.insert(word)
        }
      }
    }
  }

  /// What comes with Swift and touches the world.
  private static let system: Set = [
    "FoundationEssentials", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin",
  ]
}
