import Conversation
import FoundationEssentials
import GRDB
import JSON

extension Row {
  /// The whole number in a column; nil for null, and for what only damage can have put there.
  func integer(_ index: Int) -> Int64? { Int64.fromDatabaseValue(self[index]) }

  func text(_ index: Int) -> String? { String.fromDatabaseValue(self[index]) }

  /// The usage in four columns from `start` on: prompt, completion, cached, reasoning.
  ///
  /// Where the cached ones are null, all of it is an estimate: only a server knows of its cache.
  /// Nil where no figures came, or where those that an older version stored are out of range.
  func usage(_ start: Int) -> TokenUsage? {
    integer(start).flatMap { prompt in
      var usage = TokenUsage(
        reportedPrompt: Int(prompt), completion: integer(start + 1).map(Int.init),
        cached: integer(start + 2).map(Int.init), reasoning: integer(start + 3).map(Int.init))
      usage?.isEstimated = hasNull(atIndex: start + 2)
      return usage
    }
  }
}

extension String {
  /// The text as a column can hold it: SQLite ends a text at a NUL (sqlite.org/nulinstr.html).
  var storable: String { utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self }
}

/// Values that a column holds as JSON text.
enum JSONColumn {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// The value in `text`, or nil where it has another shape than this version writes.
  static func decode<Value: Decodable>(_ text: String?) -> Value? {
    text.flatMap { JSONValue(parsing: $0) }.flatMap { try? $0.decode(Value.self) }
  }
}
