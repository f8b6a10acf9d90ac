import JSON

/// A response as the events of a stream (OpenAI API reference, `ResponseStreamEvent`), in OpenAI's
/// order: the response, then each item from its beginning to its end, then the response again.
struct ResponseEvents: Sequence, Sendable {
  let response: DemoResponse

  init(_ response: DemoResponse) {
    self.response = response
  }

  func makeIterator() -> Iterator { Iterator(response) }

  /// Makes each event when it is needed.
  struct Iterator: IteratorProtocol, Sendable {
    /// A run of events: some, then one for each delta, then others.
    fileprivate struct Stage: Sendable {
      var first: [Event] = []
      var deltas: ArraySlice<Substring> = []
      /// The event that every delta is in, without the delta.
      var frame = Event("", "")
      var last: [Event] = []

      mutating func next() -> Event? {
        if !first.isEmpty { return first.removeFirst() }
        if let delta = deltas.popFirst() {
          return Event(frame.type, #"\#(frame.members),"delta":\#(delta.quotedAsJSON)"#)
        }
        return last.isEmpty ? nil : last.removeFirst()
      }
    }

    /// An event without its number.
    fileprivate struct Event: Sendable {
      let type: String
      /// The members of its object, as JSON.
      let members: String

      init(_ type: String, _ members: String) {
        self.type = type
        self.members = members
      }

      /// A comment, which is no event: time passes (WHATWG HTML §9.2.6).
      static let pause = Event("", "")

      func text(number: Int) -> String {
        if type.isEmpty { return ": drawing\n\n" }
        return """
          event: \(type)
          data: {"type":"\(type)","sequence_number":\(number),\(members)}


          """
      }
    }

    private var stages: ArraySlice<Stage>
    private var number = 0

    init(_ response: DemoResponse) {
      let items = response.items.enumerated().map { response.stage(of: $1, at: $0) }
      stages = ([response.opening] + items + [response.closing])[...]
    }

    mutating func next() -> String? {
      while !stages.isEmpty {
        guard let event = stages[stages.startIndex].next() else {
          stages.removeFirst()
          continue
        }
        defer { number += 1 }
        return event.text(number: number)
      }
      return nil
    }
  }
}

extension DemoResponse {
  fileprivate typealias Stage = ResponseEvents.Iterator.Stage
  fileprivate typealias Event = ResponseEvents.Iterator.Event

  fileprivate var opening: Stage {
    let members = #""response":\#(started)"#
    return Stage(
      first: [Event("response.created", members), Event("response.in_progress", members)])
  }

  /// A stream that breaks off has no end.
  fileprivate var closing: Stage {
    guard reply.ending != .cutOff else { return Stage() }
    return Stage(first: [Event("response.\(status)", #""response":\#(whole)"#)])
  }

  fileprivate func stage(of item: JSONValue, at index: Int) -> Stage {
    let place =
      #""item_id":\#((item["id"]?.string ?? "").quotedAsJSON),"output_index":\#(index)"#
    var stage = Stage()
    stage.first = [
      Event(
        "response.output_item.added",
        #""output_index":\#(index),"item":\#(item.withoutContent)"#)
    ]
    let done = Event("response.output_item.done", #""output_index":\#(index),"item":\#(item)"#)
    switch item["type"]?.string {
    case "reasoning":
      stage.deltas = reply.thoughts[...]
      stage.frame = Event(
        "response.reasoning_summary_text.delta", place + #","summary_index":0"#)
      stage.last = [done]
    case "function_call":
      let arguments = item["arguments"]?.string ?? ""
      let middle = arguments.index(arguments.startIndex, offsetBy: arguments.count / 2)
      stage.deltas = [arguments[..<middle], arguments[middle...]]
      stage.frame = Event("response.function_call_arguments.delta", place)
      let whole = #"\#(place),"arguments":\#(arguments.quotedAsJSON)"#
      stage.last = [Event("response.function_call_arguments.done", whole), done]
    case "web_search_call", "file_search_call", "code_interpreter_call": stage.last = [done]
    case "image_generation_call": stage.last = pictureEvents(place, done)
    default:
      stage.deltas = deltas
      stage.frame = Event(
        "response.output_text.delta", place + #","content_index":0,"logprobs":[]"#)
      let text = #"\#(place),"content_index":0,"text":\#(deltas.joined().quotedAsJSON)"#
      guard reply.ending == .whole else { break }
      stage.last = annotationEvents(place) + [Event("response.output_text.done", text), done]
    }
    return stage
  }
}

extension DemoResponse {
  /// The events of a picture, each of which takes as long as some twenty words; one that breaks off ends
  /// before it is finished.
  fileprivate func pictureEvents(_ place: String, _ done: Event) -> [Event] {
    let name = "response.image_generation_call"
    let partials = (reply.serverTools?.partialPictures ?? []).enumerated().flatMap {
      index, letters -> [Event] in
      let members = #"\#(place),"partial_image_index":\#(index),"partial_image_b64":"\#(letters)""#
      return pause + [Event(name + ".partial_image", members)]
    }
    let end = reply.ending == .cutOff ? [] : pause + [Event(name + ".completed", place), done]
    return [Event(name + ".in_progress", place), Event(name + ".generating", place)] + partials
      + end
  }

  private var pause: [Event] { Array(repeating: .pause, count: 20) }

  /// An event for each thing that the text refers to.
  fileprivate func annotationEvents(_ place: String) -> [Event] {
    (reply.serverTools?.annotations ?? []).enumerated().map { index, annotation in
      let members =
        place + #","content_index":0,"annotation_index":\#(index),"annotation":\#(annotation)"#
      return Event("response.output_text.annotation.added", members)
    }
  }
}

extension JSONValue {
  /// An item as it is announced: nothing is said yet, and nothing sealed.
  fileprivate var withoutContent: JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(
      members.compactMap { member in
        switch member.name {
        case "content", "summary": JSONMember(member.name, [])
        case "arguments": JSONMember(member.name, "")
        case "status": JSONMember(member.name, "in_progress")
        case "encrypted_content", "revised_prompt": nil
        case "result": JSONMember(member.name, .null)
        default: member
        }
      })
  }
}
