import Configuration
import Files
import JSON
import MCP
import Synchronization

/// Which revision each server spoke last, kept in a file so that the next start need not find out.
///
/// May be used from any task.
final class RevisionMemory: Sendable {
  private static let byteLimit = 100_000

  private let path: String
  private let known: Mutex<[String: String]>

  init(_ folders: Folders) {
    path = folders.state + "/mcp.json"
    known = Mutex(Self.read((try? SmallFile.bytes(of: path, atMost: Self.byteLimit)) ?? []))
  }

  func revision(of settings: MCPSettings) -> Revision? {
    known.withLock { $0[settings.place] }.flatMap(Revision.init)
  }

  /// Keeps the revision; what cannot be written is found out again.
  func keep(_ revision: Revision?, of settings: MCPSettings) {
    let place = settings.place
    guard let revision,
      known.withLock({ $0.updateValue(revision.rawValue, forKey: place) }) != revision.rawValue
    else { return }
    do throws(FileError) {
      try SharedFile.update(path, atMost: Self.byteLimit) { bytes in
        var all = Self.read(bytes)
        all[place] = revision.rawValue
        let members = all.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }
        return JSONValue.object(members).bytes
      }
    } catch {
      // Nothing is lost but a moment at the next start.
      return
    }
  }

  private static func read(_ bytes: [UInt8]) -> [String: String] {
    guard case .object(let members)? = JSONValue(parsing: bytes) else { return [:] }
    return members.reduce(into: [:]) { $0[$1.name] = $1.value.string }
  }
}

extension MCPSettings {
  /// What tells the server from others in the file: its name, and a sum of its address or arguments, which
  /// may hold secrets.
  fileprivate var place: String {
    let words = (arguments + [address ?? ""]).joined(separator: "\0")
    let sum = words.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    return name + " " + String(sum, radix: 16)
  }
}
