package import Conversation
import Files
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The figures of requests whose reply is in no stored message: a file beside the database, a JSON
/// object a line, never a word of what was said (docs/decisions/0084).
///
/// Lines are added by one `write(2)` each at the end (`O_APPEND`), so that programs do not mix theirs;
/// no database is opened for it. Each begins with its line break: one that a full disk cut short is
/// passed over, and hides no other.
package struct RequestLedger: Sendable {
  /// The figures of one request.
  package struct Entry: Codable, Hashable, Sendable {
    package var id: Int64
    /// Milliseconds since 1970.
    package var created: Int64
    package var provider: String
    package var model: String
    /// Nil where the server told none.
    package var usage: TokenUsage?
    package var milliseconds: Int64?
    /// How much was done by a server that made no reply; nil for a reply.
    package var amount: ServiceAmount?
    /// What that cost, as far as its price was known then.
    package var dollars: Double?
    /// How many pictures were made; nil where none were, and in lines of versions that did not count.
    package var pictures: Int?
  }

  package let path: String
  /// The most that is read: some half a million requests.
  private static let byteLimit = 64 << 20
  /// The most bytes of a name, so that a line stays one write.
  private static let nameLimit = 256

  /// `folder` is the store's.
  package init(folder: String) {
    path = folder + "/requests.jsonl"
  }

  /// Adds the figures of a request, which are in the file when this returns.
  package func add(
    _ details: ReplyDetails, as id: MessageID, at created: Timestamp, pictures: Int = 0
  ) throws(StoreError) {
    try add(
      Entry(
        id: id.rawValue, created: created.milliseconds,
        provider: String(details.provider.prefix(Self.nameLimit)),
        model: String(details.model.prefix(Self.nameLimit)), usage: details.usage,
        milliseconds: details.milliseconds, pictures: pictures > 0 ? pictures : nil))
  }

  /// Adds what a server did that makes no reply, with the tokens that it counted.
  package func add(
    _ amount: ServiceAmount, provider: String, model: String, usage: TokenUsage?, dollars: Double?,
    at created: Timestamp
  ) throws(StoreError) {
    try add(
      Entry(
        id: 0, created: created.milliseconds, provider: String(provider.prefix(Self.nameLimit)),
        model: String(model.prefix(Self.nameLimit)), usage: usage, amount: amount,
        dollars: dollars))
  }

  private func add(_ entry: Entry) throws(StoreError) {
    do {
      let line = Array(("\n" + (try JSONColumn.encode(entry))).utf8)
      try FileSystem.makePrivateFolder(String(path.dropLast("/requests.jsonl".count)))
      try OpenFile(path, for: .appending).append(line)
    } catch {
      throw StoreError(error, at: path)
    }
  }

  /// All entries that can be read, oldest first; none where there is no file.
  package func entries() throws(StoreError) -> [Entry] { try lines().compactMap(\.self) }

  /// How many lines cannot be read: what their requests cost is in no sum.
  package func unreadableCount() throws(StoreError) -> Int {
    try lines().count { $0 == nil }
  }

  /// The entries of all lines, nil for one that cannot be read.
  private func lines() throws(StoreError) -> [Entry?] {
    do throws(FileError) {
      let bytes = try SmallFile.bytes(of: path, atMost: Self.byteLimit)
      let decoder = JSONDecoder()
      return bytes.split(separator: UInt8(ascii: "\n")).map {
        try? decoder.decode(Entry.self, from: Data($0))
      }
    } catch {
      if error.isMissing { return [] }
      throw StoreError(error, at: path)
    }
  }
}

extension RequestLedger.Entry {
  /// The seconds since 1970 that a month is told of, up to the year 9999.
  private static let datedSeconds: ClosedRange<Int64> = 0...253_402_300_799

  /// Year and month in the user's time zone: `2026-11`; of a time out of range the nearest.
  var month: String {
    var seconds = time_t(
      min(max(created / 1000, Self.datedSeconds.lowerBound), Self.datedSeconds.upperBound))
    var parts = tm()
    localtime_r(&seconds, &parts)
    let month = parts.tm_mon + 1
    return "\(parts.tm_year + 1900)-\(month < 10 ? "0" : "")\(month)"
  }
}
