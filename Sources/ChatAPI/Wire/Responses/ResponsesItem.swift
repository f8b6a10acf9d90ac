import Conversation
import JSON

/// One item of a request's `input` (OpenAI API reference, responses/create, `input`).
enum ResponsesItem {
  /// What a user, or an instruction, says.
  case message(role: String, [RequestMessage.Part])
  /// What the model said, and what the server called it.
  case reply([String], phase: String?)
  /// Reasoning, or a call of a tool of the server's own, as this server gave it.
  case sealed(JSONValue)
  case call(ToolCall)
  case result(of: String, [RequestMessage.Part])

  /// The member of a call's opaque object under which this wire keeps its own.
  ///
  /// Other wires pass their members on as they are, and would pass these on too.
  static let sealName = "responses"
}

extension RequestMessage {
  /// The items that say what the message does; none where it says nothing.
  ///
  /// Reasoning goes only before something else of its message: an item that nothing follows is
  /// refused.
  func items(role: String, keepsReasoning: Bool) -> [ResponsesItem] {
    if let answeredCall { return [.result(of: answeredCall, parts)] }
    guard self.role == .assistant else {
      let isEmpty = !hasFiles && text.isEmpty
      return isEmpty && self.role == .system ? [] : [.message(role: role, parts)]
    }
    var items: [ResponsesItem] = []
    var thoughts: [ResponsesItem] = []
    for part in parts {
      switch part {
      case .reasoning(let reasoning):
        guard keepsReasoning else { continue }
        if let item = reasoning.sealedItem { thoughts.append(.sealed(item)) }
        if let phase = reasoning.phase, case .reply(let texts, nil)? = items.last {
          items[items.count - 1] = .reply(texts, phase: phase)
        }
        continue
      case .text(""): continue
      case .text(let text):
        if thoughts.isEmpty, case .reply(let texts, nil)? = items.last {
          items[items.count - 1] = .reply(texts + [text], phase: nil)
        } else {
          items += thoughts + [.reply([text], phase: nil)]
        }
      case .call(let call): items += thoughts + [.call(call)]
      case .serverItem(let json):
        guard keepsReasoning, let item = JSONValue(parsing: json) else { continue }
        items += thoughts + [.sealed(item)]
      case .picture, .pictureURL, .document, .sound, .uploaded: continue
      }
      thoughts = []
    }
    return items
  }
}

extension Reasoning {
  /// The opaque object behind a text that keeps what this wire calls it (`MessagePhase`: `commentary` or
  /// `final_answer`).
  static func seal(ofPhase phase: String) -> String {
    JSONValue.object([JSONMember("type", "message"), JSONMember("phase", .string(phase))])
      .description
  }

  /// What this wire calls the text before it; nil for what is no such note.
  fileprivate var phase: String? {
    guard let opaque, let json = JSONValue(parsing: opaque), json["type"] == "message" else {
      return nil
    }
    return json["phase"]?.string
  }

  /// The item that this wire gave for it, as it goes back; nil for what another wire sealed.
  ///
  /// Its status belongs to the answer that it came in.
  fileprivate var sealedItem: JSONValue? {
    guard let opaque, case .object(let members)? = JSONValue(parsing: opaque),
      JSONValue.object(members)["type"] == "reasoning"
    else { return nil }
    return .object(members.filter { $0.name != "status" && $0.value != .null })
  }
}

extension ToolCall {
  /// The members that this wire gave beside those that it names (`caller`, `namespace`).
  var sealedMembers: [JSONMember] {
    guard let opaque, let sealed = JSONValue(parsing: opaque)?[ResponsesItem.sealName],
      case .object(let members) = sealed
    else { return [] }
    return members
  }
}
