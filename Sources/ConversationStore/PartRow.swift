import Conversation
import GRDB
import JSON

/// A part of a message as a row of the table `part`, and back.
struct PartRow: Equatable {
  let ordinal: Int
  let type: String
  let text: String?
  let json: String?

  /// The columns that ``init(from:at:)`` reads, in its order, of the table under the name `p`.
  static let columns = "p.ordinal, p.type, p.text, p.json"

  init(ordinal: Int, type: String, text: String?, json: String?) {
    self.ordinal = ordinal
    self.type = type
    self.text = text
    self.json = json
  }

  init(_ part: ContentPart, ordinal: Int) throws {
    self.ordinal = ordinal
    switch part {
    case .text(let text):
      (type, self.text) = (part.tag.rawValue, text.storable)
      json = text.utf8.contains(0) ? try JSONColumn.encode(part) : nil
    case .reasoning(let reasoning):
      (type, text) = (part.tag.rawValue, reasoning.text.storable)
      let isPlain = reasoning.opaque == nil && !reasoning.text.utf8.contains(0)
      json = isPlain ? nil : try JSONColumn.encode(part)
    case .media, .toolCall, .toolResult, .hostedCall, .citations, .drawing:
      type = part.tag.rawValue
      text = part.words?.storable
      json = try JSONColumn.encode(part)
    case .unknown(let json):
      let tagged: TaggedObject? = JSONColumn.decode(json)
      (type, text, self.json) = ((tagged?.type ?? part.tag.rawValue).storable, nil, json.storable)
    }
  }

  /// The part in four columns from `start` on.
  static func part(from row: Row, at start: Int) -> ContentPart {
    part(type: row.text(start + 1), text: row.text(start + 2), json: row.text(start + 3))
  }

  /// The part of three columns; one that this version cannot read stays as it is.
  static func part(type: String?, text: String?, json: String?) -> ContentPart {
    switch type {
    case ContentPart.Tag.text.rawValue where json == nil: return .text(text ?? "")
    case ContentPart.Tag.reasoning.rawValue where json == nil: return .reasoning(text ?? "")
    default:
      guard let json else {
        let words = TaggedObject(type: type ?? "", text: text)
        return .unknown(json: (try? JSONColumn.encode(words)) ?? "{}")
      }
      // What another version wrote may look like something that it is not.
      let part = JSONValue(parsing: json).flatMap { try? ContentPart(json: $0) }
      let isKnown = part.map { $0.tag != .unknown && $0.tag.rawValue == type } ?? false
      return isKnown ? part ?? .unknown(json: json) : .unknown(json: json)
    }
  }

  /// Whether it can have the identifier of its message.
  private var isSearched: Bool { Self.searched.contains(type) }

  private static let searched = Set(
    [ContentPart.Tag.text, .toolCall, .toolResult].map(\.rawValue))

  /// What the index holds of a message with these parts; nil for nothing.
  static func words(of parts: [ContentPart]) -> String? {
    let words = parts.filter { searched.contains($0.tag.rawValue) }.map { $0.words ?? "" }
    return words.isEmpty ? nil : words.joined(separator: "\n").storable
  }
}

/// The member that tells what an object is, and the one that most have beside it.
private struct TaggedObject: Codable {
  var type: String
  var text: String?
}

extension ContentPart {
  /// The words by which the part is found; nil for a part that has none.
  fileprivate var words: String? {
    switch self {
    case .text(let text): text
    case .toolCall(let call): call.name + "\n" + call.arguments
    case .toolResult(let result): result.parts.compactMap(\.words).joined(separator: "\n")
    case .reasoning, .media, .hostedCall, .citations, .drawing, .unknown: nil
    }
  }
}

// MARK: - Writing

extension PartRow {
  /// Writes all parts of a message that has none yet.
  static func insert(
    _ parts: [ContentPart], of message: MessageID, _ database: Database
  ) throws {
    for (row, id) in try rows(of: parts, message) { try row.insert(as: id, of: message, database) }
  }

  /// The rows of a message's parts, each with its identifier, nil for the next of the negative ones.
  static func rows(
    of parts: [ContentPart], _ message: MessageID
  ) throws -> [(row: PartRow, id: Int64?)] {
    let rows = try parts.enumerated().map { try PartRow($1, ordinal: $0) }
    let main = rows.firstIndex(where: \.isSearched)
    return rows.map { ($0, $0.ordinal == main ? message.rawValue : nil) }
  }

  /// Writes a part where its message has none in its place.
  func addIfMissing(as id: Int64?, of message: MessageID, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "SELECT 1 FROM part WHERE (message = ? AND ordinal = ?) OR id = ?")
    let arguments: StatementArguments = [message.rawValue, ordinal, id]
    guard try Int.fetchOne(statement, arguments: arguments) == nil else { return }
    try insert(as: id, of: message, database)
  }

  /// Writes a part under `id`, nil for the next of the negative ones.
  func insert(as id: Int64?, of message: MessageID, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO part (id, message, ordinal, type, text, json)
        VALUES (coalesce(?, (SELECT min(coalesce(min(id), 0), 0) - 1 FROM part)), ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [id, message.rawValue, ordinal, type, text, json])
  }

  /// Brings the parts of a stored message to these; rows that say the same stay untouched, whatever
  /// else another version wrote there.
  static func update(
    _ parts: [ContentPart], of message: MessageID, _ database: Database
  ) throws {
    let stored = try Row.fetchAll(
      database, sql: "SELECT \(columns), p.id FROM part p WHERE message = ? ORDER BY ordinal",
      arguments: [message.rawValue])
    let rows = try parts.enumerated().map { try PartRow($1, ordinal: $0) }
    let main = stored.firstIndex { $0.integer(4) == message.rawValue }
    let newMain = rows.firstIndex(where: \.isSearched)
    guard stored.count <= rows.count,
      main == newMain || main == nil && newMain ?? .max >= stored.count,
      stored.enumerated().allSatisfy({ Int64($0) == $1.integer(0) })
    else {
      try database.execute(
        sql: "DELETE FROM part WHERE message = ?", arguments: [message.rawValue])
      return try insert(parts, of: message, database)
    }
    for (row, old) in zip(rows, stored) where part(from: old, at: 0) != parts[row.ordinal] {
      let statement = try database.cachedStatement(
        sql: "UPDATE part SET type = ?, text = ?, json = ? WHERE id = ?")
      try statement.execute(arguments: [row.type, row.text, row.json, old.integer(4)])
    }
    for row in rows[stored.count...] {
      try row.insert(as: row.ordinal == newMain ? message.rawValue : nil, of: message, database)
    }
  }
}

// MARK: - Reading

extension PartRow {
  /// Adds to messages the parts beside the one that each was read with.
  ///
  /// `condition` chooses the messages, under the name `m`, by `argument`.
  static func addFurther(
    to messages: inout [Message], where condition: String, _ argument: Int64, _ database: Database
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT \(columns), p.message FROM message m JOIN part p ON p.message = m.id
        WHERE \(condition) AND p.id <> p.message ORDER BY p.message, p.ordinal
        """, arguments: [argument])
    var places: [MessageID: Int] = [:]
    while let row = try rows.next() {
      if places.isEmpty {
        for (index, message) in messages.enumerated() { places[message.id] = index }
      }
      guard let place = places[MessageID(rawValue: row.integer(4) ?? 0)] else { continue }
      let part = part(from: row, at: 0)
      // All but one come in their order, so that each goes to its place.
      let ordinal = Int(clamping: row.integer(0) ?? 0)
      let index = max(0, min(ordinal, messages[place].parts.count))
      messages[place].parts.insert(part, at: index)
    }
  }
}
