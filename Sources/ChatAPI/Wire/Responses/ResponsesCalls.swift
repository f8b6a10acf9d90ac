import Conversation
import JSON

/// Puts the calls of a stream of `/responses` together (`function_call` items and the events of their
/// arguments), by the index of the item where events name it, else by its identifier.
struct ResponsesCalls: Sendable {
  private struct Call {
    let output: Int?
    let item: String?
    let part: ReplyPart
    var arguments = ""
    var isWhole = false
  }

  private var calls: [Call] = []

  var isEmpty: Bool { calls.isEmpty }

  /// Begins a call with an item that is a call and was just added.
  mutating func begin(
    _ item: JSONValue, of event: JSONValue, into events: inout ReplyEventBuffer
  ) {
    guard item["type"] == "function_call" else { return }
    guard let place = start(item, at: event["output_index"]?.integer, into: &events) else { return }
    complete(at: place, with: item["arguments"], into: &events)
  }

  /// Adds a piece of arguments.
  mutating func append(
    _ piece: String, of event: JSONValue, into events: inout ReplyEventBuffer
  ) {
    guard let place = place(event["output_index"]?.integer, event["item_id"]?.string) else {
      return
    }
    calls[place].arguments += piece
    events.append(piece, to: calls[place].part)
  }

  /// Takes the whole arguments of a call, as far as they have not come.
  mutating func complete(
    _ arguments: JSONValue?, of event: JSONValue, into events: inout ReplyEventBuffer
  ) {
    guard let place = place(event["output_index"]?.integer, event["item_id"]?.string) else {
      return
    }
    complete(at: place, with: arguments, into: &events)
  }

  /// Takes a whole call, as far as it has not come.
  mutating func take(
    _ item: JSONValue, at index: Int?, into events: inout ReplyEventBuffer
  ) {
    let known = calls.lastIndex {
      !$0.isWhole && ($0.output != nil && $0.output == index || $0.item == item["id"]?.string)
    }
    guard let place = known ?? start(item, at: index, into: &events), !calls[place].isWhole else {
      return
    }
    complete(at: place, with: item["arguments"], into: &events)
    calls[place].isWhole = true
    if let sealed = Self.seal(of: item) { events.append(.partSealed(calls[place].part, sealed)) }
    events.finishCall(calls[place].part)
  }

  private mutating func complete(
    at place: Int, with arguments: JSONValue?, into events: inout ReplyEventBuffer
  ) {
    // An object where a string was promised reads as its text.
    let whole = arguments.map { $0.string ?? $0.description } ?? ""
    let known = calls[place].arguments
    guard whole.utf8.count > known.utf8.count, whole.hasPrefix(known) else { return }
    let rest = String(whole.dropFirst(known.count))
    calls[place].arguments = whole
    events.append(rest, to: calls[place].part)
  }

  /// The call that an event is about: the one that it names, else the last that goes on.
  private func place(_ index: Int?, _ item: String?) -> Int? {
    let ofIndex = index.flatMap { index in calls.lastIndex { $0.output == index } }
    let ofItem = item.flatMap { item in calls.lastIndex { $0.item == item } }
    return ofIndex ?? ofItem ?? calls.lastIndex { !$0.isWhole }
  }

  private mutating func start(
    _ item: JSONValue, at index: Int?, into events: inout ReplyEventBuffer
  ) -> Int? {
    let taken = Set(calls.compactMap(\.part.callID))
    let given = item["call_id"]?.text ?? item["id"]?.text ?? ""
    let isUsable = !given.isEmpty && !taken.contains(given)
    let made = (calls.count...).lazy.map { "call_\($0)" }.first { !taken.contains($0) } ?? given
    guard
      let part = events.startCall(
        id: isUsable ? given : made, name: item["name"]?.string ?? "")
    else { return nil }
    calls.append(Call(output: index, item: item["id"]?.string, part: part))
    return calls.count - 1
  }

  /// What else the server says of a call, as a JSON object; nil where it says nothing.
  private static func seal(of item: JSONValue) -> String? {
    guard case .object(let members) = item else { return nil }
    let further = members.filter { !known.contains($0.name) && $0.value != .null }
    guard !further.isEmpty else { return nil }
    return JSONValue.object([JSONMember(ResponsesItem.sealName, .object(further))]).description
  }

  private static let known: Set = ["type", "id", "call_id", "name", "arguments", "status"]
}
