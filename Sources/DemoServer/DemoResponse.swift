import JSON

/// A reply as a response (OpenAI API reference, `response`): its reasoning, its text or its calls.
struct DemoResponse: Sendable {
  /// What the encrypted reasoning of the demo begins with, by which it knows its own.
  static let seal = "demo-sealed-"

  let reply: DemoReply
  let identity: ReplyEvents.Identity
  /// The most deltas of text that are said; nil for all.
  let tokenLimit: Int?

  /// Whether the response is said to be kept.
  let stores: Bool

  /// The text as it is said, up to the limit.
  var deltas: ArraySlice<Substring> {
    switch reply.ending {
    case .whole: reply.answer.prefix(tokenLimit ?? .max)
    case .cutOff, .fault: reply.answer.prefix(reply.answer.count / 2)
    }
  }

  private var isIncomplete: Bool { reply.ending == .whole && deltas.count < reply.answer.count }

  var status: String {
    if reply.ending == .fault { return "failed" }
    return isIncomplete ? "incomplete" : "completed"
  }

  /// The items as they are when they are done.
  var items: [JSONValue] {
    let reasoning = reply.thoughtCount == 0 ? [] : [reasoning]
    guard let calls = reply.calls else {
      let items = reasoning + (reply.serverTools?.items ?? [])
      // What breaks off within a picture has no text behind it.
      let isCut = reply.ending == .cutOff && reply.serverTools?.partialPictures.isEmpty == false
      return isCut ? items : items + [message]
    }
    return reasoning + calls.calls.indices.map { call(at: $0) }
  }

  private var reasoning: JSONValue {
    [
      "id": .string("rs_" + identity.id), "type": "reasoning",
      "summary": [
        ["type": "summary_text", "text": .string(reply.thoughts.joined())]
      ],
      "encrypted_content": .string(Self.seal + identity.id),
    ]
  }

  private var message: JSONValue {
    [
      "id": .string("msg_" + identity.id), "type": "message", "status": "completed",
      "role": "assistant",
      "content": [
        [
          "type": "output_text", "text": .string(deltas.joined()),
          "annotations": .array(reply.serverTools?.annotations ?? []),
          "logprobs": [],
        ]
      ],
    ]
  }

  private func call(at index: Int) -> JSONValue {
    let call = reply.calls?.calls[index]
    return [
      "id": .string("fc_\(identity.id)_\(index)"), "type": "function_call",
      "call_id": .string("call_\(identity.id)_\(index)"), "name": .string(call?.name ?? ""),
      "arguments": .string(call?.arguments.description ?? "{}"), "status": "completed",
    ]
  }

  /// The response at its end.
  var whole: JSONValue {
    let incomplete: JSONValue = isIncomplete ? ["reason": "max_output_tokens"] : .null
    let error: JSONValue =
      reply.ending == .fault
      ? ["code": "server_error", "message": "The server had an error."] : .null
    return response(
      status: status, items: items,
      [
        JSONMember("incomplete_details", incomplete), JSONMember("error", error),
        JSONMember("usage", usage),
      ])
  }

  /// The response before anything is there.
  var started: JSONValue {
    response(status: "in_progress", items: [], [JSONMember("error", .null)])
  }

  private func response(
    status: String, items: [JSONValue], _ more: [JSONMember]
  ) -> JSONValue {
    .object(
      [
        JSONMember("id", .string(identity.id)), JSONMember("object", "response"),
        JSONMember("created_at", JSONValue(identity.created)),
        JSONMember("status", .string(status)), JSONMember("model", .string(identity.model)),
        JSONMember("output", .array(items)), JSONMember("store", .bool(stores)),
      ] + more)
  }

  private var usage: JSONValue {
    let output = reply.thoughtCount + deltas.count
    return [
      "input_tokens": JSONValue(reply.promptTokens),
      "input_tokens_details": ["cached_tokens": 0],
      "output_tokens": JSONValue(output),
      "output_tokens_details": ["reasoning_tokens": JSONValue(reply.thoughtCount)],
      "total_tokens": JSONValue(reply.promptTokens + output),
    ]
  }
}
