import ChatAPI
import Configuration
import Conversation
import Files
import FoundationEssentials

/// A file that Iris is about to put on a server, or was when it ended.
struct UploadIntent: Codable, Equatable {
  /// As the file is recorded once the server has answered; its identifier is not known yet.
  var record: UploadRecord
  /// Seconds since 1970 at which it left.
  var begun: Int64

  /// Whether a file that a server lists is this one, by its name, its size and when it was made.
  ///
  /// One of which the server does not say so much may be somebody else's.
  func matches(_ file: ServerFile) -> Bool {
    guard let created = file.created, file.name == record.name,
      file.byteCount == record.byteCount
    else { return false }
    return (begun - Self.clockDifference...begun + Self.longestUpload).contains(created)
  }

  /// Whether nobody can be waiting for the server's answer any more, so many seconds after 1970.
  func isOver(at now: Int64) -> Bool { now > begun + Self.longestUpload }

  /// Clocks differ, in seconds.
  private static let clockDifference: Int64 = 120
  /// In seconds; half a gigabyte at a megabit a second.
  private static let longestUpload: Int64 = 3600
}

/// What Iris began to put on servers, written down before the first byte leaves: a program that is killed
/// between an upload and its record leaves a file that the next list of the server's files finds (a JSON list,
/// `uploads-begun.json` in the state folder; docs/decisions/0340).
enum UploadIntents {
  /// The most bytes that are read: nobody puts a thousand files there at once.
  private static let byteLimit = 1_000_000

  private static func path(in folders: Folders) -> String { folders.state + "/uploads-begun.json" }

  /// Writes down what is going to be put on a server.
  ///
  /// Where the list cannot be written the file goes all the same: what then is lost is the list alone.
  static func begin(_ intent: UploadIntent, in folders: Folders) {
    change(in: folders) { $0.append(intent) }
  }

  /// Takes one out whose answer is known.
  static func end(_ intent: UploadIntent, in folders: Folders) {
    change(in: folders) { intents in
      intents.firstIndex(of: intent).map { _ = intents.remove(at: $0) }
    }
  }

  /// Whether there are any of a server.
  static func areOpen(on provider: Provider, in folders: Folders) -> Bool {
    all(in: folders).contains { $0.record.lies(on: provider) }
  }

  /// What of a server's files nobody recorded; the rest that nobody waits for is forgotten.
  static func found(
    among files: [ServerFile], on provider: Provider, in folders: Folders,
    known: UploadRecords, now: Int64
  ) -> [UploadRecord] {
    var ids = Set(known.all.map(\.id))
    var found: [UploadRecord] = []
    change(in: folders) { intents in
      intents.removeAll { intent in
        guard intent.record.lies(on: provider) else { return false }
        let file = files.first { intent.matches($0) && !ids.contains($0.id) }
        guard let file else { return intent.isOver(at: now) }
        ids.insert(file.id)
        var record = intent.record
        record.id = file.id
        record.expires = file.expires
        found.append(record)
        return true
      }
    }
    return found
  }

  private static func all(in folders: Folders) -> [UploadIntent] {
    intents(in: (try? SmallFile.bytes(of: path(in: folders), atMost: byteLimit)) ?? [])
  }

  private static func change(in folders: Folders, _ change: (inout [UploadIntent]) -> Void) {
    try? SharedFile.update(path(in: folders), atMost: byteLimit) { bytes in
      let stored = intents(in: bytes)
      var intents = stored
      change(&intents)
      guard intents != stored else { return nil }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return (try? encoder.encode(intents)).map(Array.init)
    }
  }

  /// A damaged list is an empty one: it knows no more than that something was begun.
  private static func intents(in bytes: [UInt8]) -> [UploadIntent] {
    (try? JSONDecoder().decode([UploadIntent].self, from: Data(bytes))) ?? []
  }
}
