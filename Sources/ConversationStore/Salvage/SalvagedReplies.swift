import Conversation
import GRDB

/// The replies that were in flight when a damaged database was last written, put together from all
/// its sources before the first row is stored: a reply is stored once, whole, as one that broke off.
struct SalvagedReplies {
  private var ids: Set<Int64> = []
  /// The parts by message and place.
  private var parts: [Int64: [Int64: ContentPart]] = [:]
  /// The pieces by message, each once by its identifier.
  private var pieces: [Int64: [Int64: PartFragment]] = [:]
  private var firstPieces: [Int64: [Int64: (text: String, reasoning: String)]] = [:]

  init(in sources: [any SalvageSource]) throws {
    for source in sources {
      for table in [SalvagedTable.firstMessage, .message] {
        try source.rows(of: table) { if $0.isInFlight { ids.insert($0.id) } }
      }
    }
    if ids.isEmpty { return }
    for source in sources { try collect(from: source) }
  }

  private mutating func collect(from source: any SalvageSource) throws {
    try source.rows(of: .part) { row in
      guard let message = row.integer(1), ids.contains(message), let ordinal = row.integer(2),
        parts[message]?[ordinal] == nil
      else { return }
      parts[message, default: [:]][ordinal] = PartRow.part(
        type: row.text(3), text: row.text(4), json: row.text(5))
    }
    try source.rows(of: .fragment) { row in
      guard let message = row.integer(1), pieces[message]?[row.id] == nil else { return }
      let kind = row.text(3).flatMap(PartFragment.Kind.init(rawValue:)) ?? .text
      pieces[message, default: [:]][row.id] = PartFragment(
        ordinal: Int(clamping: row.integer(2) ?? 0), kind: kind, text: row.text(4) ?? "")
    }
    try source.rows(of: .firstFragment) { row in
      guard let message = row.integer(1), firstPieces[message]?[row.id] == nil else { return }
      firstPieces[message, default: [:]][row.id] = (row.text(2) ?? "", row.text(3) ?? "")
    }
  }

  func contains(_ message: Int64) -> Bool { ids.contains(message) }

  /// The parts of a reply as far as they came.
  func parts(of message: Int64) -> [ContentPart] {
    var whole = (parts[message] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    for (_, fragment) in (pieces[message] ?? [:]).sorted(by: { $0.key < $1.key }) {
      whole.add(fragment)
    }
    return whole
  }

  /// The parts of a reply of the first schema, from its row and its pieces.
  func parts(ofFirst row: SalvagedRow) -> [ContentPart] {
    let pieces = (firstPieces[row.id] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    let thoughts = row.isInFlight ? pieces.map(\.reasoning).joined() : ""
    var whole = FirstSchema.parts(
      reasoning: (row.text(17) ?? "") + thoughts, parts: row.text(18), text: row.text(19) ?? "")
    if row.isInFlight { whole.append(text: pieces.map(\.text).joined()) }
    return whole
  }
}

extension SalvagedRow {
  /// Whether a message's row is that of a reply in flight.
  var isInFlight: Bool { text(4) == Message.Status.streaming.rawValue }

  /// A message's row without what it says, and as one that broke off where it was in flight.
  var ended: SalvagedRow {
    var row = SalvagedRow(
      id: id, values: Array(values.prefix(SalvagedTable.message.columns.count)))
    if isInFlight { row.values[4] = Message.Status.cutOff.rawValue.databaseValue }
    return row
  }
}
