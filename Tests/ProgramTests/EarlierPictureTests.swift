import Foundation
import TerminalEmulator
import Testing

/// A conversation with pictures goes on, whatever the model takes: with the answers of llama.cpp, vLLM and
/// transformers as they came.
@Suite(.seated) struct EarlierPictureTests {
  private static let reply = LiteralServer.events(
    #"{"choices":[{"delta":{"content":"Here."},"finish_reason":"stop"}]}"#, "[DONE]")
  /// llama.cpp, for a model that was loaded without `--mmproj`.
  private static let blind = LiteralServer.answer(
    500,
    #"{"error":{"code":500,"message":"image input is not supported - hint: if this is unexpected, you may need to provide the mmproj","type":"server_error"}}"#
      .utf8)
  /// vLLM with `--limit-mm-per-prompt '{"image":1}'`.
  private static let onlyOne = LiteralServer.answer(
    400,
    #"{"error":{"message":"At most 1 image(s) may be provided in one prompt.","type":"BadRequestError","param":null,"code":400}}"#
      .utf8)

  private static func pictures(_ request: LiteralServer.Request) -> Int {
    String(decoding: request.body, as: UTF8.self).components(separatedBy: "\"image_url\":").count
      - 1
  }

  /// A server that takes so many pictures, and a home that asks it.
  private func start(
    taking limit: Int, refusal: [UInt8], models: String = #"{"data":[{"id":"m"}]}"#
  ) throws -> (Home, LiteralServer) {
    let server = try LiteralServer { request in
      guard request.line.hasPrefix("POST") else { return LiteralServer.answer(200, models.utf8) }
      return Self.pictures(request) > limit ? refusal : Self.reply
    }
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    try home.write(Samples.png(30, 30), to: "a.png")
    try home.write(Samples.png(40, 40), to: "b.png")
    return (home, server)
  }

  private func asked(_ server: LiteralServer) -> [Int] {
    server.requests.filter { $0.line.hasPrefix("POST") }.map(Self.pictures)
  }

  @Test func `With a model that sees none, words go on without the picture`() throws {
    let (home, server) = try start(taking: 0, refusal: Self.blind)
    let first = try home.run("ask", "-m", "m", "--save", "p", "-i", "a.png", "What is it?")
    #expect(first.status == 65)
    #expect(first.errors.contains("takes no pictures"))
    #expect(!first.errors.contains("--detail"))
    let words = try home.run("ask", "-m", "m", "-c", "Only words")
    #expect(words.status == 0)
    #expect(words.output == "Here.\n")
    #expect(
      words.errors == "iris: Left out, since m takes no pictures: 1 picture of earlier messages.\n")
    // The refusal is remembered: what cannot be taken is not even sent.
    #expect(asked(server) == [1, 0])
  }

  @Test func `A picture of the question is refused alike each time, and asked about once`() throws {
    let (home, server) = try start(taking: 0, refusal: Self.blind)
    _ = try home.run("ask", "-m", "m", "--save", "p", "-i", "a.png", "What is it?")
    for _ in 1...2 {
      let again = try home.run("ask", "-m", "m", "-c", "-i", "a.png", "What is it?")
      #expect(again.status == 65)
      #expect(again.errors == "iris: m takes no pictures. --anyway sends it all the same.\n")
    }
    let other = try home.run("ask", "-m", "m", "-c", "-i", "b.png", "And this?")
    #expect(other.errors == "iris: m takes no pictures. --anyway sends it all the same.\n")
    #expect(asked(server) == [1])
    let shown = try home.run("show", "p").output
    #expect(shown.components(separatedBy: "What is it?").count == 2)
    // Who insists sends all of them.
    #expect(
      try home.run("ask", "-m", "m", "-c", "-i", "b.png", "And this?", "--anyway").status == 65)
    #expect(asked(server) == [1, 2])
  }

  @Test func `Where one picture is taken, it is the new one`() throws {
    let (home, server) = try start(taking: 1, refusal: Self.onlyOne)
    #expect(try home.run("ask", "-m", "m", "--save", "p", "-i", "a.png", "One?").status == 0)
    for (picture, question) in [("b.png", "Second?"), ("a.png", "Third?")] {
      let next = try home.run("ask", "-m", "m", "-c", "-i", picture, question)
      #expect(next.status == 0)
      #expect(next.errors.contains("takes 1 picture a request"))
    }
    #expect(try home.run("ask", "-m", "m", "-c", "And in words?").status == 0)
    #expect(asked(server) == [1, 2, 1, 1, 1])
    let second = try #require(
      server.requests.filter { $0.line.hasPrefix("POST") }.dropFirst(2).first)
    let body = String(decoding: second.body, as: UTF8.self)
    let ends = try #require(body.range(of: "Second?"))
    #expect(
      body[..<ends.lowerBound].contains("\"image_url\":")
        || body[ends.upperBound...].contains("\"image_url\":"))
    #expect(
      !(body.range(of: "One?").map { body[..<$0.lowerBound].contains("\"image_url\":") } ?? true))
  }

  @Test func `What the list of models says of pictures is kept`() throws {
    let (home, server) = try start(
      taking: 0, refusal: Self.blind,
      models: #"{"data":[{"id":"m","architecture":{"input_modalities":["text"]}}]}"#)
    _ = try home.run("ask", "-m", "m", "-i", "a.png", "What is it?")
    let count = asked(server).count
    for _ in 1...2 {
      let again = try home.run("ask", "-m", "m", "-i", "a.png", "What is it?")
      #expect(again.errors == "iris: m takes no pictures. --anyway sends it all the same.\n")
      #expect(again.status == 65)
    }
    #expect(asked(server).count == count)
  }

  @Test func `An address that the server cannot fetch is refused once, and later left out`() throws
  {
    let refusal = LiteralServer.answer(
      500,
      #"{"error":{"message":"Cannot connect to host example.com:443 ssl:default [Temporary failure in name resolution]","type":"InternalServerError","param":null,"code":500}}"#
        .utf8)
    let (home, server) = try start(taking: 0, refusal: refusal)
    let first = try home.run(
      "ask", "-m", "m", "--save", "p", "-i", "https://example.com/x.png", "What is it?")
    #expect(first.status == 69)
    #expect(first.errors.contains("--fetch"))
    #expect(asked(server) == [1])
    let words = try home.run("ask", "-m", "m", "-c", "Only words")
    #expect(words.status == 0)
    #expect(words.errors.contains("refuses one: 1 picture of earlier messages."))
    #expect(asked(server) == [1, 1, 0])
  }
}
