import ChatAPI
import Conversation

/// Every row of the facts about streams (§3) and about compatible servers (§7).
extension ReplyCase {
  static let all = endings + shapes + servers + failures + thoughts + broken

  private static func data(_ json: String) -> String { "data: \(json)\n\n" }
  private static func delta(_ json: String) -> String {
    data("{\"choices\":[{\"index\":0,\"delta\":\(json)}]}")
  }
  private static let stop = data(#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#)
  private static let ok: [ReplyEvent] = [.text("ok"), .finished(.stop)]

  static let endings = [
    ReplyCase("a finish reason and [DONE]", chunk("ok") + stop + done, ok),
    ReplyCase("no [DONE]", chunk("ok") + stop, ok),
    ReplyCase("no finish reason", chunk("ok") + done, [.text("ok"), .finished(nil)]),
    ReplyCase("neither is a cut", chunk("ok"), [.text("ok")], fails: .reply(.cutOff)),
    ReplyCase(
      "[DONE] without its blank line", chunk("ok") + "data: [DONE]", [.text("ok"), .finished(nil)]),
    ReplyCase(
      "[DONE] with blanks", chunk("ok") + "data:  [DONE] \r\n\r\n", [.text("ok"), .finished(nil)]),
    ReplyCase("text behind [DONE]", chunk("ok", finish: "stop") + done + chunk("more"), ok),
    ReplyCase(
      "an error behind [DONE]", chunk("ok", finish: "stop") + done + data("{\"error\":{}}"), ok),
    ReplyCase("length", chunk("ok", finish: "length") + done, [.text("ok"), .finished(.length)]),
    ReplyCase(
      "content filter", chunk("", finish: "content_filter") + done, [.finished(.contentFilter)]),
    ReplyCase(
      "an unknown finish reason (Mistral)", chunk("ok", finish: "model_length") + done,
      [.text("ok"), .finished(.other("model_length"))]),
    ReplyCase("an empty body", "", [], fails: .reply(.empty)),
    ReplyCase(
      "only comments", ": keep-alive\n\n", [], fails: .reply(.malformed), says: ": keep-alive"),
    ReplyCase(
      "a role and nothing more", delta(#"{"role":"assistant","content":""}"#), [],
      fails: .reply(.empty)),
    ReplyCase("an empty reply with [DONE]", done, [.finished(nil)]),
  ]

  static let shapes = [
    ReplyCase(
      "a role that repeats",
      delta(#"{"role":"assistant","content":"o"}"#)
        + delta(#"{"role":"assistant","content":"k"}"#) + stop, ok),
    ReplyCase("null content", delta(#"{"content":null}"#) + chunk("ok") + stop, ok),
    ReplyCase(
      "a refusal", delta(#"{"refusal":"I can"}"#) + delta(#"{"refusal":"not"}"#) + stop,
      [.refusal("I cannot"), .finished(.stop)]),
    ReplyCase(
      "usage in a chunk of its own",
      chunk("ok") + stop
        + data(
          #"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":5,"#
            + #""prompt_tokens_details":{"cached_tokens":2},"completion_tokens_details":{"reasoning_tokens":4}}}"#
        ) + done,
      [
        .text("ok"), .usage(TokenUsage(prompt: 3, completion: 5, cached: 2, reasoning: 4)),
        .finished(.stop),
      ]),
    ReplyCase(
      "the last usage that is not null wins",
      data(#"{"usage":{"prompt_tokens":1,"completion_tokens":1}}"#)
        + data(
          #"{"choices":[{"delta":{"content":"ok"}}],"usage":{"prompt_tokens":"7","completion_tokens":2.0}}"#
        )
        + data(#"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null}"#),
      [.text("ok"), .usage(TokenUsage(prompt: 7, completion: 2)), .finished(.stop)]),
    ReplyCase(
      "usage of a reply that is cut",
      data(
        #"{"choices":[{"delta":{"content":"ok"}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#
      ),
      [.text("ok"), .usage(TokenUsage(prompt: 1, completion: 2))], fails: .reply(.cutOff)),
    ReplyCase(
      "a fingerprint is told once",
      data(#"{"system_fingerprint":"fp","choices":[{"delta":{"content":"o"}}]}"#)
        + data(#"{"system_fingerprint":"fp","choices":[{"delta":{"content":"k"}}]}"#) + stop,
      [.text("o"), .fingerprint("fp"), .text("k"), .finished(.stop)]),
    ReplyCase(
      "other choices are ignored",
      data(
        #"{"choices":[{"index":1,"delta":{"content":"no"}},{"index":0,"delta":{"content":"ok"}}]}"#)
        + stop, ok),
    ReplyCase(
      "an index that is a string",
      data(#"{"choices":[{"index":"0","delta":{"content":"ok"}}]}"#) + stop, ok),
    ReplyCase(
      "a message in place of a delta",
      data(#"{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"#), ok),
    ReplyCase(
      "no choices, no delta",
      data("{}") + data(#"{"choices":null}"#) + data(#"{"choices":[{}]}"#)
        + data(#"{"choices":[{"delta":null}]}"#) + chunk("ok") + stop, ok),
    ReplyCase(
      "numbers as strings and fractions",
      data(
        #"{"created":"1.5","id":7,"choices":[{"index":0.0,"delta":{"content":"ok"},"finish_reason":"stop"}]}"#
      ), ok),
    ReplyCase("data that is no JSON is passed over", "data: ping\n\n" + chunk("ok") + stop, ok),
    ReplyCase(
      "obfuscation is ignored",
      data(#"{"obfuscation":"x8","choices":[{"delta":{"content":"ok"}}]}"#) + stop, ok),
    ReplyCase(
      "a tool call without index, its arguments an object",
      delta(
        #"{"tool_calls":[{"id":"a","function":{"name":"f","arguments":{}}}]}"#)
        + chunk("", finish: "tool_calls"),
      [
        .partDelta(ReplyPart(index: 0, kind: .toolCall(id: "a", name: "f")), "{}"),
        .finished(.toolCalls),
      ]),
    ReplyCase(
      "a completion where a stream was asked for",
      #"{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"#,
      [
        .object(#"{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"#),
        .text("ok"), .finished(.stop),
      ]),
    ReplyCase(
      "thoughts in tags", chunk("<thi") + chunk("nk>hm</thi") + chunk("nk>\\n\\nok") + stop,
      [.reasoning("hm"), .text("ok"), .finished(.stop)]),
    ReplyCase(
      "thoughts that never end", chunk("<think>hm</th") + stop,
      [.reasoning("hm</th"), .finished(.stop)]),
    ReplyCase(
      "tags further down are text", chunk("a <think>b</think>") + stop,
      [.text("a <think>b</think>"), .finished(.stop)]),
    ReplyCase(
      "less-than at the start is text", chunk("<") + chunk("b>") + stop,
      [.text("<b>"), .finished(.stop)]),
  ]

  static let servers = [
    ReplyCase("OpenRouter's comments", ": OPENROUTER PROCESSING\n\n" + chunk("ok") + stop, ok),
    ReplyCase(
      "OpenRouter's reasoning", delta(#"{"reasoning":"hm","content":""}"#) + chunk("ok") + stop,
      [.reasoning("hm")] + ok),
    ReplyCase(
      "OpenRouter's reasoning details",
      delta(#"{"reasoning_details":[{"type":"reasoning.text","text":"hm"}]}"#)
        + chunk("ok") + stop, [.reasoning("hm")] + ok),
    ReplyCase(
      "DeepSeek's reasoning", delta(#"{"reasoning_content":"hm"}"#) + chunk("ok") + stop,
      [.reasoning("hm")] + ok),
    ReplyCase(
      "DeepSeek's keep-alive and blank lines", "\n\n: keep-alive\n\n" + chunk("ok") + stop, ok),
    ReplyCase(
      "DeepSeek's blank lines before JSON",
      "\n\n\n" + #"{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"#,
      [
        .object(#"{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"#)
      ] + ok),
    ReplyCase(
      "vLLM's reasoning",
      delta(#"{"reasoning":"hm","reasoning_content":null}"#) + chunk("ok") + stop,
      [.reasoning("hm")] + ok),
    ReplyCase(
      "Azure's first chunk",
      data(#"{"choices":[],"created":0,"id":"","model":"","prompt_filter_results":[{}]}"#)
        + data(#"{"choices":[{"content_filter_results":{},"delta":{"content":"ok"}}]}"#) + stop, ok),
    ReplyCase(
      "llama.cpp's timings and usage in the last choice",
      chunk("ok")
        + data(
          #"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2},"timings":{"x":1}}"#
        ),
      [.text("ok"), .usage(TokenUsage(prompt: 1, completion: 2)), .finished(.stop)]),
    ReplyCase(
      "Ollama's reasoning",
      delta(#"{"role":"assistant","content":"","reasoning":"hm"}"#) + chunk("ok") + stop,
      [.reasoning("hm")] + ok),
    ReplyCase(
      "Mistral's content array",
      delta(
        #"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"ok"}]}"#
      ) + stop,
      [.reasoning("hm")] + ok),
    ReplyCase(
      "Groq's usage",
      chunk("ok")
        + data(
          #"{"choices":[{"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":1,"completion_tokens":2}}}"#
        ),
      [.text("ok"), .usage(TokenUsage(prompt: 1, completion: 2)), .finished(.stop)]),
    ReplyCase(
      "xAI's usage in a chunk that is not the last",
      data(
        #"{"choices":[{"delta":{"content":"o"}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#
      ) + chunk("k") + stop,
      [.text("ok"), .usage(TokenUsage(prompt: 1, completion: 2)), .finished(.stop)]),
    ReplyCase(
      "Gemini's tool call with stop",
      delta(#"{"tool_calls":[{"function":{"arguments":"{}"}}]}"#) + stop, [.finished(.stop)]),
    ReplyCase("a relay's heartbeat", ": ping\n\n" + chunk("ok") + ": ping\n\n" + stop, ok),
    ReplyCase(
      "a relay that drops the last chunk but says [DONE]", chunk("ok") + done,
      [.text("ok"), .finished(nil)]),
    ReplyCase(
      "LiteLLM's empty chunk at the end",
      chunk("ok", finish: "stop") + data(#"{"choices":[{"index":0,"delta":{}}]}"#) + done, ok),
  ]
}
