import JSON

/// A reply as the events of a stream (OpenAI API reference, chat/create, "Streaming"): the role, a
/// chunk for each delta, the finish reason, the usage where it was asked for, and `[DONE]`.
struct ReplyEvents: Sequence, Sendable {
  /// What a client sees of one reply everywhere in it.
  struct Identity: Sendable {
    let id: String
    /// Seconds since 1970.
    let created: Int64
    let model: String
  }

  let reply: DemoReply
  let identity: Identity
  let includesUsage: Bool

  func makeIterator() -> Iterator { Iterator(events: self) }

  struct Iterator: IteratorProtocol, Sendable {
    let events: ReplyEvents
    var index = 0

    mutating func next() -> String? {
      defer { index += 1 }
      return events.event(at: index)
    }
  }

  /// The event at `index`, made when it is needed; nil behind the last.
  private func event(at index: Int) -> String? {
    if index == 0 { return chunk(delta: #"{"role":"assistant","content":""}"#) }
    if index <= textCount {
      return chunk(delta: #"{"content":\#(reply.deltas[index - 1].quotedAsJSON)}"#)
    }
    let calls = reply.calls?.deltas ?? []
    if index <= textCount + calls.count {
      return chunk(delta: calls[index - 1 - textCount].description)
    }
    let (last, ending) = (index - 1 - textCount - calls.count, ending)
    return last < ending.count ? ending[last] : nil
  }

  private var textCount: Int {
    reply.ending == .whole ? reply.deltas.count : reply.deltas.count / 2
  }

  private var ending: [String] {
    switch reply.ending {
    case .cutOff: []
    case .fault: [Self.event(WireFault.famous(500).body.description)]
    case .whole:
      [chunk(delta: "{}", finishReason: (reply.calls?.finishReason ?? "stop").quotedAsJSON)]
        + (includesUsage ? [usageEvent] : [])
        + [Self.event("[DONE]")]
    }
  }

  private var usageEvent: String {
    Self.event(#"{\#(head),"choices":[],"usage":\#(reply.usage)}"#)
  }

  private func chunk(delta: String, finishReason: String = "null") -> String {
    let usage = includesUsage ? #","usage":null"# : ""
    return Self.event(
      #"{\#(head),"choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(finishReason)}]\#(usage)}"#
    )
  }

  private var head: String {
    #""id":"\#(identity.id)","object":"chat.completion.chunk","created":\#(identity.created),"#
      + #""model":\#(identity.model.quotedAsJSON)"#
  }

  private static func event(_ data: String) -> String { "data: \(data)\n\n" }
}

extension DemoReply {
  /// The reply as one object, for a request that asks for no stream.
  func completion(_ identity: ReplyEvents.Identity) -> JSONValue {
    [
      "id": .string(identity.id),
      "object": "chat.completion",
      "created": JSONValue(identity.created),
      "model": .string(identity.model),
      "choices": [
        [
          "index": 0,
          "message": message,
          "logprobs": .null,
          "finish_reason": .string(calls?.finishReason ?? "stop"),
        ]
      ],
      "usage": usage,
    ]
  }

  private var message: JSONValue {
    guard let calls else {
      return ["role": "assistant", "content": .string(text), "refusal": .null]
    }
    return [
      "role": "assistant", "content": .null, "refusal": .null, "tool_calls": calls.whole,
    ]
  }

  var usage: JSONValue {
    [
      "prompt_tokens": JSONValue(promptTokens),
      "completion_tokens": JSONValue(deltas.count),
      "total_tokens": JSONValue(promptTokens + deltas.count),
      "prompt_tokens_details": ["cached_tokens": 0],
      "completion_tokens_details": ["reasoning_tokens": 0],
    ]
  }
}
