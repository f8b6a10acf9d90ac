import Conversation
import GRDB

/// The tables whose rows are saved from a damaged database, of every schema that there was; all
/// others are made anew from them.
enum SalvagedTable: CaseIterable, Sendable {
  case conversation
  /// A message of the first schema, with what it says.
  case firstMessage
  case message
  case part
  case firstFragment
  case fragment

  /// The tables that a database of this version has.
  static let present: [SalvagedTable] = [.conversation, .message, .part, .fragment]

  var name: String {
    switch self {
    case .conversation: "conversation"
    case .firstMessage, .message: "message"
    case .part: "part"
    case .firstFragment, .fragment: "reply_fragment"
    }
  }

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
        "cached_tokens", "reasoning_tokens", "milliseconds", "system_fingerprint",
      ]
    case .firstMessage: Self.message.columns + ["reasoning", "parts", "text"]
    case .part: ["id", "message", "ordinal", "type", "text", "json"]
    case .firstFragment: ["id", "message", "text", "reasoning"]
    case .fragment: ["id", "message", "ordinal", "type", "text"]
    }
  }

  /// The index that leads to the rows by another way than their table.
  var index: String? {
    switch self {
    case .conversation: nil
    case .firstMessage, .message: "message_conversation"
    case .part: "part_message"
    case .firstFragment, .fragment: "reply_fragment_message"
    }
  }

  /// The table that a record can only be of, told by its shape, as its page does not say it.
  init?(of record: TableRecord) {
    let values = record.values
    guard values.first?.isNull == true,
      let table = Self.allCases.first(where: { $0.columns.count == values.count })
    else { return nil }
    let fits =
      switch table {
      case .conversation:
        values[3].isInteger && values[4].isInteger && values[7].isInteger && values[12].isText
      case .message: Self.isMessage(values)
      case .firstMessage: Self.isMessage(values) && values[19].isText
      case .part: values[1].isInteger && values[2].isInteger && values[3].isText
      case .firstFragment: values[1].isInteger && values[2].isText && values[3].isText
      case .fragment:
        values[1].isInteger && values[2].isInteger && values[3].isText && values[4].isText
      }
    guard fits else { return nil }
    self = table
  }

  private static func isMessage(_ values: [DatabaseValue]) -> Bool {
    values[1].isInteger && values[6].isInteger && values[3].isText
      && String.fromDatabaseValue(values[4]).flatMap(Message.Status.init(rawValue:)) != nil
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
