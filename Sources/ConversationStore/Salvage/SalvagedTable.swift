import Conversation
import GRDB

/// The tables whose rows are saved from a damaged database; all others are made anew from them.
enum SalvagedTable: String, CaseIterable, Sendable {
  case conversation
  case message
  case fragment = "reply_fragment"

  /// The table's columns in the order in which a record has them; the first is the identifier.
  var columns: [String] {
    switch self {
    case .conversation:
      [
        "id", "name", "title", "created", "updated", "message_count", "picture_count",
        "is_deleted", "leaf", "model", "provider", "instructions", "parameters", "draft",
      ]
    case .message:
      [
        "id", "conversation", "parent", "role", "status", "omission", "created", "model",
        "provider", "finish_reason", "is_refusal", "prompt_tokens", "completion_tokens",
        "cached_tokens", "reasoning_tokens", "milliseconds", "system_fingerprint", "reasoning",
        "parts", "text",
      ]
    case .fragment: ["id", "message", "text", "reasoning"]
    }
  }

  /// The table that a record can only be of, told by its shape, as its page does not say it.
  init?(of record: TableRecord) {
    let values = record.values
    let table = Self.allCases.first { table in
      guard values.count == table.columns.count, values.first?.isNull == true else { return false }
      return switch table {
      case .conversation:
        values[3].isInteger && values[4].isInteger && values[7].isInteger && values[12].isText
      case .message:
        values[1].isInteger && values[6].isInteger && values[19].isText
          && String.fromDatabaseValue(values[3]).map(Role.init(rawValue:)).map(
            Role.written.contains) == true
      case .fragment: values[1].isInteger && values[2].isText && values[3].isText
      }
    }
    guard let table else { return nil }
    self = table
  }
}

/// A row of a damaged database, of the columns of its table, the identifier first.
struct SalvagedRow: Sendable {
  let id: Int64
  var values: [DatabaseValue]

  init(id: Int64, values: [DatabaseValue]) {
    self.id = id
    self.values = values
    self.values[0] = id.databaseValue
  }

  func integer(_ index: Int) -> Int64? { Int64.fromDatabaseValue(values[index]) }

  func text(_ index: Int) -> String? { String.fromDatabaseValue(values[index]) }
}

extension DatabaseValue {
  fileprivate var isInteger: Bool { Int64.fromDatabaseValue(self) != nil }

  fileprivate var isText: Bool {
    if case .string = storage { true } else { false }
  }
}
