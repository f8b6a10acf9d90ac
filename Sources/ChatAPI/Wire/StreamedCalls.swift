import Conversation
import JSON

/// Puts the calls of a stream together (`delta.tool_calls`), as servers really send them.
///
/// OpenAI numbers calls by `index` and gives the id and the name with the first piece. Ollama, SGLang
/// and relays of Gemini repeat index 0 for each of several parallel calls, or leave it out; others
/// leave out or repeat the id. So a piece begins a call where it brings an id unlike the open call's,
/// or a name when the open call's arguments are a whole JSON text; any other goes on with the last
/// call of its index, or of all where it has none. Arguments come as pieces of JSON text or as an
/// object; ids that are missing or repeated are replaced by `call_0`, `call_1`, …
struct StreamedCalls {
  private struct Call {
    var index: Int?
    /// As the server gave it; empty where it gave none.
    var givenID: String
    var name: String
    private(set) var arguments = ""
    var opaque: [JSONMember] = []
    var part: ReplyPart
    private var nesting = JSONNesting()
    /// Whether the arguments are a whole JSON text; they are not parsed before their brackets are closed.
    private(set) var isWhole = false

    init(_ piece: Piece, _ part: ReplyPart) {
      (index, givenID, name, self.part) = (piece.index, piece.id, piece.name, part)
    }

    /// - Complexity: linear in the piece, but for the one that closes the last bracket.
    mutating func append(_ piece: String) {
      guard !piece.isEmpty else { return }
      arguments += piece
      nesting.feed(piece.utf8)
      let mayBeWhole = nesting.isClosed || arguments.utf8.count <= Self.longestScalar
      isWhole = mayBeWhole && JSONValue(parsing: arguments) != nil
    }

    /// In bytes: what is longer and no array or object is no call's arguments.
    private static let longestScalar = 64
  }

  /// One element of `tool_calls`.
  fileprivate struct Piece {
    var index: Int?
    var id: String
    var name: String
    var arguments: String
    /// Members that this wire does not know.
    var opaque: [JSONMember]

    init(_ json: JSONValue) {
      index = json["index"]?.integer
      id = json["id"]?.text ?? ""
      name = json["function"]?["name"]?.string ?? ""
      arguments = (json["function"]?["arguments"]).map { $0.string ?? $0.description } ?? ""
      guard case .object(let members) = json else {
        opaque = []
        return
      }
      opaque = members.filter { !Self.known.contains($0.name) && $0.value != .null }
    }

    private static let known: Set = ["index", "id", "type", "function"]
  }

  private var calls: [Call] = []

  /// Reads what a delta, or a whole message, has of calls; `function_call` is the deprecated form of
  /// a single one.
  mutating func read(_ message: JSONValue, into events: inout ReplyEventBuffer) {
    for fragment in message["tool_calls"]?.elements ?? [] {
      read(Piece(fragment), into: &events)
    }
    if let single = message["function_call"] { read(Piece(["function": single]), into: &events) }
  }

  private mutating func read(_ piece: Piece, into events: inout ReplyEventBuffer) {
    guard let place = place(of: piece) ?? begin(piece, into: &events) else { return }
    calls[place].append(piece.arguments)
    events.append(piece.arguments, to: calls[place].part)
    guard !piece.opaque.isEmpty else { return }
    let names = piece.opaque.map(\.name)
    calls[place].opaque.removeAll { names.contains($0.name) }
    calls[place].opaque += piece.opaque
    let sealed = JSONValue.object(calls[place].opaque).description
    events.append(.partSealed(calls[place].part, sealed))
  }

  /// The call that a piece goes on with; nil where it begins one, or belongs to none.
  private func place(of piece: Piece) -> Int? {
    let ofIndex = calls.indices.filter { piece.index == nil || calls[$0].index == piece.index }
    let named = ofIndex.last { !piece.id.isEmpty && calls[$0].givenID == piece.id }
    guard let place = named ?? ofIndex.last else { return nil }
    return begins(piece, behind: calls[place]) ? nil : place
  }

  private func begins(_ piece: Piece, behind call: Call) -> Bool {
    guard !piece.name.isEmpty else { return false }
    if !piece.id.isEmpty, piece.id != call.givenID {
      return !call.givenID.isEmpty || call.isWhole
    }
    let isRepeated = !piece.id.isEmpty && piece.arguments.isEmpty
    if call.isWhole { return !isRepeated }
    // Without a number and an id, a name is all that tells calls without arguments apart.
    guard piece.index == nil, piece.id.isEmpty else { return false }
    return piece.name != call.name || call.arguments.isEmpty && piece.arguments.isEmpty
  }

  private mutating func begin(_ piece: Piece, into events: inout ReplyEventBuffer) -> Int? {
    guard !piece.name.isEmpty else { return nil }
    let isTaken = calls.contains { $0.part.callID == piece.id }
    let id = piece.id.isEmpty || isTaken ? madeID : piece.id
    guard let part = events.startCall(id: id, name: piece.name) else { return nil }
    calls.append(Call(piece, part))
    return calls.count - 1
  }

  /// The next `call_<n>` that no call has.
  private var madeID: String {
    let taken = Set(calls.compactMap(\.part.callID))
    return (calls.count...).lazy.map { "call_\($0)" }.first { !taken.contains($0) } ?? ""
  }
}

extension ReplyPart {
  /// The identifier of the call that it is; nil for any other part.
  var callID: String? {
    if case .toolCall(let id, _) = kind { id } else { nil }
  }
}
