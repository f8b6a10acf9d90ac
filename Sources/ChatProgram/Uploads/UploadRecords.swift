import ChatAPI
import Configuration
import Conversation
import Files
import FoundationEssentials
import Language

/// A file that Iris put on a server.
struct UploadRecord: Codable, Equatable {
  /// The server's address, without its query.
  var server: String
  var project: String?
  /// The server's identifier.
  var id: String
  var name: String
  var byteCount: Int
  /// Of the bytes that were sent.
  var digest: Digest
  /// Of the kept file that messages name, which a fitted picture was made of.
  var original: Digest
  /// Seconds since 1970 after which the server removes it; nil where it says nothing of that, and the file
  /// is there until somebody removes it.
  var expires: Int64?
  /// The identifier of the library that it was put there for.
  var library: String?

  /// Whether it lies on this server, in its project.
  func lies(on provider: Provider) -> Bool {
    server == provider.plainAddress && project == provider.project
  }

  /// Whether the server still has it so many seconds after 1970, as far as it said.
  func lasts(until time: Int64) -> Bool { expires.map { $0 > time } ?? true }
}

/// The files that Iris put on servers: a JSON list, shared by all programs (`uploads.json` in the state
/// folder; docs/decisions/0166).
///
/// A list that is damaged is kept beside the new one, into which goes what can be read of it: what it names
/// lies on servers, and may be paid for.
struct UploadRecords: Equatable {
  /// The most bytes that are read: some ten thousand files.
  private static let byteLimit = 8_000_000

  var all: [UploadRecord] = []
  /// What is to be told of a list that was damaged, or cannot be read; nil where nothing is.
  private(set) var news: Phrase?

  private static func path(in folders: Folders) -> String { folders.state + "/uploads.json" }

  /// Those of earlier requests; a damaged list is set aside.
  init(in folders: Folders) {
    let path = Self.path(in: folders)
    do throws(FileError) {
      let found = try Self.contents(of: path)
      if found.isWhole {
        all = found.records
      } else {
        self = try Self.salvaging(path)
      }
    } catch {
      news = say(
        "\(path) cannot be read (\(error.reason)): what lies on servers is not known. Check the file."
      )
    }
  }

  /// What a list holds: nothing where there is no file; one that is too large is no list of ours.
  private static func contents(
    of path: String
  ) throws(FileError) -> (records: [UploadRecord], isWhole: Bool) {
    do throws(FileError) {
      return records(in: try SmallFile.bytes(of: path, atMost: byteLimit))
    } catch  where error.isMissing {
      return ([], true)
    } catch  where error.isTooLarge {
      return ([], false)
    }
  }

  private init(_ all: [UploadRecord], news: Phrase? = nil) {
    self.all = all
    self.news = news
  }

  /// Renames the list, and begins a new one with what can be read of it.
  ///
  /// The file that was renamed is the one that is read: where another program mended it meanwhile, all of
  /// it is.
  private static func salvaging(_ path: String) throws(FileError) -> UploadRecords {
    let moment = Date(timeIntervalSince1970: Double(SystemClock.timestamp().milliseconds) / 1000)
    let style = Date.ISO8601FormatStyle(dateSeparator: .dash, timeSeparator: .omitted)
    let aside = "\(path)-damaged-\(moment.formatted(style))"
    try FileSystem.renameNew(path, to: aside)
    let saved = try contents(of: aside).records
    var result = UploadRecords(saved)
    try change(path) { records in
      records += saved.filter { !records.contains($0) }
      result = UploadRecords(records)
    }
    result.news = say(
      "The list of what Iris put on servers was damaged: it is kept as \(aside). Read from it: \(saved.count, .files). iris files lists what a server has."
    )
    return result
  }

  /// Changes the list beside what other programs change in it, and takes those out that servers have
  /// removed by now.
  static func update(
    in folders: Folders, now: Int64, _ change: (inout [UploadRecord]) -> Void
  ) throws(FileError) {
    // Nothing is written over a damaged one.
    _ = UploadRecords(in: folders)
    try Self.change(path(in: folders)) { records in
      change(&records)
      records.removeAll { !$0.lasts(until: now) }
    }
  }

  private static func change(
    _ path: String, _ change: (inout [UploadRecord]) -> Void
  ) throws(FileError) {
    try SharedFile.update(path, atMost: byteLimit) { bytes in
      let stored = records(in: bytes).records
      var records = stored
      change(&records)
      guard records != stored else { return nil }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return (try? encoder.encode(records)).map(Array.init)
    }
  }

  /// The records of a list, and whether it is nothing else; no bytes are an empty one.
  private static func records(in bytes: [UInt8]) -> (records: [UploadRecord], isWhole: Bool) {
    let decoder = JSONDecoder()
    if let records = try? decoder.decode([UploadRecord].self, from: Data(bytes)) {
      return (records, true)
    }
    let readable = objects(in: bytes).compactMap {
      try? decoder.decode(UploadRecord.self, from: Data($0))
    }
    return (readable, bytes.isEmpty)
  }

  /// The objects without objects in them that a damaged JSON text still has whole.
  private static func objects(in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var objects: [ArraySlice<UInt8>] = []
    var start: Int?
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "{") {
        start = index
      } else if byte == UInt8(ascii: "}"), let first = start {
        objects.append(bytes[first...index])
        start = nil
      }
    }
    return objects
  }
}
