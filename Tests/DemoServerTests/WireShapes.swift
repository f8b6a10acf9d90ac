import FoundationEssentials

/// A chunk of a stream, as much of it as the tests look at.
struct Chunk: Decodable {
  struct Choice: Decodable {
    struct Delta: Decodable {
      let role: String?
      let content: String?
    }
    let delta: Delta
    let finishReason: String?
  }
  struct Usage: Decodable {
    let promptTokens: Int
    let completionTokens: Int
    let totalTokens: Int
  }
  let id: String
  let object: String
  let model: String
  let choices: [Choice]
  let usage: Usage?
}

/// A whole reply, as much of it as the tests look at.
struct Completion: Decodable {
  struct Choice: Decodable {
    struct Message: Decodable {
      let role: String
      let content: String
    }
    let message: Message
    let finishReason: String
  }
  let choices: [Choice]
  let usage: Chunk.Usage
}

struct Refusal: Decodable {
  struct Body: Decodable {
    let message: String
    let type: String
    let param: String?
    let code: String?
  }
  let error: Body
}

extension WireClient.Answer {
  func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    try decode(Value.self, body)
  }

  /// The data of the stream's events.
  var events: [String] {
    text.split(separator: "\n\n").map {
      $0.hasPrefix("data: ") ? String($0.dropFirst(6)) : "not data: \($0)"
    }
  }

  /// The stream's chunks, without `[DONE]`.
  func chunks() throws -> [Chunk] {
    try events.filter { $0 != "[DONE]" }.map {
      try decode(Chunk.self, Array($0.utf8))
    }
  }

  /// The text of a reply, streamed or whole.
  func replyText() throws -> String {
    guard headers["content-type"] == "text/event-stream" else {
      return try decoded(Completion.self).choices.map(\.message.content).joined()
    }
    return try chunks().flatMap(\.choices).compactMap(\.delta.content).joined()
  }
}

/// Reads JSON whose names are in snake case.
func decode<Value: Decodable>(_ type: Value.Type, _ json: [UInt8]) throws -> Value {
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(type, from: Data(json))
}
