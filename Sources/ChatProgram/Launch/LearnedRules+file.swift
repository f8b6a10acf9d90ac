import ChatAPI
import Configuration
import Files
import FoundationEssentials

extension LearnedRules {
  private static func path(in folders: Folders) -> String { folders.state + "/learned.json" }

  /// What earlier sessions learned of servers; nothing where there is no file, or a damaged one.
  static func load(from folders: Folders) -> LearnedRules {
    guard let bytes = try? SmallFile.bytes(of: path(in: folders), atMost: 1_000_000),
      let rules = try? JSONDecoder().decode(LearnedRules.self, from: Data(bytes))
    else { return LearnedRules() }
    return rules
  }

  /// Keeps what was learned; where that fails it is learned again.
  func save(to folders: Folders) {
    guard self != Self.load(from: folders), let data = try? JSONEncoder().encode(self) else {
      return
    }
    try? FileSystem.makePrivateFolder(folders.state)
    try? WholeFile.write(to: Self.path(in: folders), access: .owner) {
      (sink) throws(FileError) in try sink.write(Array(data))
    }
  }
}
