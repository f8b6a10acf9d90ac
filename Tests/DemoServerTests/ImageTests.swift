import DemoServer
import Foundation
import JSON
import Testing

/// The demo's pictures, over the wire.
@Suite struct DemoImageTests {
  private func ask(
    _ body: String, _ path: String = "/v1/images/generations"
  ) async throws -> WireClient.Answer {
    try await withDemo { client, _ in try await client.send("POST", path, body: body) }
  }

  private func picture(_ answer: WireClient.Answer) throws -> [UInt8] {
    let json = try #require(JSONValue(parsing: answer.body))
    return try #require(json["data"]?[0]?["b64_json"]?.string.flatMap { Base64.decoded($0.utf8) })
  }

  /// Width and height as a PNG's header tells them.
  private func size(_ png: [UInt8]) -> [Int] {
    [16, 20].map { start in png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
  }

  @Test func `A picture has the size that was asked for, and is the same each time`() async throws {
    let body = #"{"model":"demo-image","prompt":"a cat 猫","size":"816x816"}"#
    let first = try picture(try await ask(body))
    #expect(first.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(size(first) == [816, 816])
    #expect(try picture(try await ask(body)) == first)
    let other = body.replacingOccurrences(of: "cat", with: "dog")
    #expect(try picture(try await ask(other)) != first)
  }

  @Test func `An edit of its own picture is answered with another`() async throws {
    let png = try picture(
      try await ask(#"{"model":"demo-image","prompt":"a","size":"816x816"}"#))
    let edited = try picture(try await editing(png, mask: nil))
    #expect(size(edited) == [816, 816] && edited != png)
  }

  private func editing(_ png: [UInt8], mask: [UInt8]?) async throws -> WireClient.Answer {
    let image = "data:image/png;base64," + Base64.text(of: png)
    let more = mask.map {
      #","mask":{"image_url":"data:image/png;base64,\#(Base64.text(of: $0))"}"#
    }
    return try await ask(
      #"{"model":"demo-image","prompt":"red","size":"816x816","images":[{"image_url":"\#(image)"}]\#(more ?? "")}"#,
      "/v1/images/edits")
  }

  @Test func `Usage is told as the images API tells it`() async throws {
    let answer = try await ask(#"{"model":"demo-image","prompt":"a cat","size":"1024x1024"}"#)
    let usage = JSONValue(parsing: answer.body)?["usage"]
    #expect(usage?["output_tokens"] == 200)
    #expect(usage?["input_tokens_details"]?["image_tokens"] == 0)
  }

  @Test func `A stream has so many unfinished pictures before the whole one`() async throws {
    let answer = try await ask(
      #"{"model":"demo-image","prompt":"a","size":"816x816","stream":true,"partial_images":2}"#)
    let events = answer.text.split(separator: "\n").filter { $0.hasPrefix("data: ") }
      .compactMap { JSONValue(parsing: String($0.dropFirst(6))) }
    #expect(
      events.map { $0["type"]?.string } == [
        "image_generation.partial_image", "image_generation.partial_image",
        "image_generation.completed",
      ])
    #expect(events.prefix(2).compactMap { $0["partial_image_index"]?.integer } == [0, 1])
    #expect(Set(events.compactMap { $0["b64_json"]?.string }).count == 3)
  }

  @Test func `The other shape answers an address, which gives the picture`() async throws {
    try await withDemo { client, _ in
      let answer = try await client.send(
        "POST", "/v1/images/generations",
        body: #"{"model":"demo-dall-e","prompt":"a","quality":"hd","style":"vivid"}"#)
      let item = JSONValue(parsing: answer.body)?["data"]?[0]
      #expect(item?["revised_prompt"] == "a, in great detail")
      let url = try #require(item?["url"]?.string)
      let path = try #require(url.firstRange(of: "/v1/")).lowerBound
      let file = try await client.send("GET", String(url[path...]))
      #expect(file.headers["content-type"] == "image/png")
    }
  }

  @Test(arguments: [
    (#"{"prompt":"a"}"#, "you must provide a model parameter"),
    (#"{"model":"demo-image"}"#, "Missing required parameter: 'prompt'."),
    (
      #"{"model":"demo-image","prompt":"a","response_format":"b64_json"}"#,
      "Unknown parameter: 'response_format'."
    ),
    (#"{"model":"demo-image","prompt":"a","size":"100x100"}"#, "Invalid value: '100x100'."),
    (#"{"model":"demo-image","prompt":"a","quality":"hd"}"#, "Invalid value: 'hd'."),
    (#"{"model":"demo-dall-e","prompt":"a","n":2}"#, "Invalid 'n'"),
    (#"{"model":"demo-image","prompt":"refuse this"}"#, "moderation_blocked"),
  ]) func `A request that OpenAI refuses is refused in its words`(
    body: String, words: String
  ) async throws {
    let answer = try await ask(body)
    #expect(answer.status == 400)
    #expect(answer.text.contains(words), "\(answer.text)")
  }

  @Test(arguments: [("refuse this", "input"), ("refuse picture of it", "output")])
  func `What is held back says at which stage`(prompt: String, stage: String) async throws {
    let answer = try await ask(#"{"model":"demo-image","prompt":"\#(prompt)"}"#)
    let details = JSONValue(parsing: answer.body)?["error"]?["moderation_details"]
    #expect(details?["moderation_stage"]?.string == stage)
  }

  @Test func `A mask of another size, or none with alpha, is refused`() async throws {
    let png = try picture(
      try await ask(#"{"model":"demo-image","prompt":"a","size":"816x816"}"#))
    let answer = try await editing(png, mask: png)
    #expect(answer.status == 400)
    #expect(answer.text.contains("alpha channel"))
  }
}
