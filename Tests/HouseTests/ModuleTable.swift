/// Which modules each module may import, as the table of `docs/ARCHITECTURE.md` has it.
///
/// A module that has no row there may not exist. What a row does not list is what the module must not
/// know: the pure modules have no way to the file system, to a clock or to C.
enum ModuleTable {
  static let imports = imports(of: House.text(at: "docs/ARCHITECTURE.md") ?? "")

  /// Reads the rows whose first cell names modules, and whose last lists what these may import.
  static func imports(of page: String) -> [String: Set<String>] {
    var table: [String: Set<String>] = [:]
    var above: Set<String> = []
    for row in page.split(separator: "\n").compactMap({ Row($0) }) {
      for module in row.modules { table[module] = row.imports(below: above) }
      if !row.isShim { above.formUnion(row.modules) }
    }
    return table
  }

  private struct Row {
    let modules: [String]
    let isShim: Bool
    private let words: [String]

    init?(_ line: Substring) {
      let cells = line.split(separator: "|").map { $0.trimmingPrefix(" ") }
      guard line.hasPrefix("| `"), cells.count == 3 else { return nil }
      modules = cells[0].split(separator: "`").map(String.init).filter { !$0.contains(" ") }
      isShim = cells[1].hasPrefix("C shims")
      words = cells[2].split(separator: ",").map {
        $0.split(separator: " ").joined(separator: " ")
      }
    }

    func imports(below modules: Set<String>) -> Set<String> {
      words.reduce(into: []) { result, word in
        switch word {
        case "–", "no C shim": break
        case "the system": result.formUnion(ModuleTable.system)
        case "all modules above": result.formUnion(modules)
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
