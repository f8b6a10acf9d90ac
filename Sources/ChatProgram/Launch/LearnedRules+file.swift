import ChatAPI
import Configuration
import Files
import FoundationEssentials
import Language

extension LearnedRules {
  /// The most bytes that are read: thousands of servers.
  private static let byteLimit = 1_000_000

  private static func path(in folders: Folders) -> String { folders.state + "/learned.json" }

  /// What earlier sessions learned of servers; nothing where there is no file, or a damaged one.
  static func load(from folders: Folders) -> LearnedRules {
    let bytes = try? SmallFile.bytes(of: path(in: folders), atMost: byteLimit)
    return LearnedRules(stored: bytes ?? [])
  }

  /// Keeps what was learned since `base` was read, beside what other programs have kept meanwhile;
  /// what is to be told where that cannot be.
  func save(to folders: Folders, since base: LearnedRules) -> Phrase? {
    guard self != base else { return nil }
    let path = Self.path(in: folders)
    do throws(FileError) {
      try SharedFile.update(path, atMost: Self.byteLimit) { bytes in
        let stored = LearnedRules(stored: bytes)
        let rules = rebased(from: base, onto: stored)
        return rules == stored ? nil : (try? JSONEncoder().encode(rules)).map(Array.init)
      }
      return nil
    } catch {
      return say(
        "What was learned of the server is not kept, and is learned again: \(path) cannot be written (\(error.reason)). Check its folder."
      )
    }
  }

  private init(stored bytes: [UInt8]) {
    self = (try? JSONDecoder().decode(LearnedRules.self, from: Data(bytes))) ?? LearnedRules()
  }
}
