import Foundation
import Testing

/// `iris draw` at servers of every shape: what they are sent, and what is made of their answers.
@Suite(.seated) struct DrawShapeTests {
  private static let png = Samples.png(64, 48)
  private static let letters = Data(png).base64EncodedString()

  private static let whole = LiteralServer.answer(
    200, #"{"created":1,"data":[{"b64_json":"\#(letters)"}]}"#.utf8)

  /// A home whose one server is like `kind`, or like none that is known.
  private func home(_ server: LiteralServer, like kind: String? = nil) throws -> Home {
    var home = try Home()
    let like = kind.map { "\n    like: \($0)" } ?? ""
    let configuration = """
      provider: local
      providers:
        local:
          base_url: \(server.baseURL)\(like)
          api_key_env: LOCAL_KEY
      """
    try FileManager.default.createDirectory(
      atPath: home.path + "/config/iris", withIntermediateDirectories: true)
    try home.write(Array(configuration.utf8), to: "config/iris/config.yaml")
    home.environment["LOCAL_KEY"] = "sk-test"
    return home
  }

  private func json(_ request: LiteralServer.Request?) throws -> [String: Any] {
    let body = try #require(request?.body)
    return try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
  }

  private func isThere(_ name: String, in home: Home) throws -> Bool {
    [UInt8](try Data(contentsOf: URL(filePath: home.path + "/" + name))) == Self.png
  }

  @Test func `OpenRouter gets its one call, relations of sides and references`() throws {
    let server = try LiteralServer { _ in
      LiteralServer.answer(
        200,
        #"{"created":1,"data":[{"b64_json":"\#(Self.letters)","media_type":"image/png"}],"usage":{"prompt_tokens":9,"completion_tokens":290,"cost":0.02}}"#
          .utf8)
    }
    let home = try home(server, like: "openrouter")
    try home.write(Self.png, to: "cat.png")
    let outcome = try home.run(
      "draw", "-m", "maker/painter", "--size", "1536x1024", "-i", "cat.png", "-o", "hat.png",
      "with a hat")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try isThere("hat.png", in: home))
    #expect(server.requests.map(\.line) == ["POST /v1/images"])
    let body = try json(server.requests.last)
    #expect(body["aspect_ratio"] as? String == "3:2")
    #expect(body["size"] == nil && body["response_format"] == nil)
    let references = body["input_references"] as? [[String: Any]]
    let url = (references?.first?["image_url"] as? [String: String])?["url"]
    #expect(url == "data:image/png;base64," + Self.letters)
    #expect(outcome.errors.contains("290 out"), "\(outcome.errors)")
  }

  @Test func `A talking model draws by the server's tool, and its words are told`() throws {
    let server = try LiteralServer { _ in
      let call =
        #"{"type":"image_generation_call","id":"ig_1","status":"completed","revised_prompt":"a white cat","result":"\#(Self.letters)"}"#
      let said =
        #"{"type":"message","content":[{"type":"output_text","text":"There it is."}]}"#
      return LiteralServer.answer(
        200,
        #"{"id":"r","object":"response","status":"completed","error":null,"output":[\#(call),\#(said)],"usage":{"input_tokens":30,"output_tokens":250}}"#
          .utf8)
    }
    let home = try home(server, like: "openai")
    let outcome = try home.run("draw", "-m", "gpt-6-luna", "-o", "cat.png", "a cat")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try isThere("cat.png", in: home))
    #expect(outcome.errors.contains("The server drew: a white cat"))
    #expect(outcome.errors.contains("The model says: There it is."))
    #expect(server.requests.map(\.line) == ["POST /v1/responses"])
    let body = try json(server.requests.last)
    let tool = (body["tools"] as? [[String: Any]])?.first
    #expect(tool?["type"] as? String == "image_generation")
    #expect((tool?["model"] as? String)?.hasPrefix("gpt-image-") == true)
    #expect(body["store"] as? Bool == false)
  }

  @Test func `A server in the shape of DALL·E is asked for base64, and its sizes are left alone`()
    throws
  {
    let server = try LiteralServer { _ in Self.whole }
    let home = try home(server)
    let outcome = try home.run(
      "draw", "-m", "stablediffusion", "--size", "512x768", "--seed", "7", "--quality", "hd",
      "--style", "vivid", "-o", "cat.png", "a cat")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let body = try json(server.requests.last)
    #expect(
      Set(body.keys) == ["model", "prompt", "size", "quality", "style", "seed", "response_format"])
    #expect(body["size"] as? String == "512x768")
    #expect(body["response_format"] as? String == "b64_json")
  }

  @Test func `A setting that it does not know is left out, and told`() throws {
    let server = try LiteralServer { request in
      String(decoding: request.body, as: UTF8.self).contains("style")
        ? LiteralServer.answer(
          400,
          #"{"error":{"message":"Unknown parameter: 'style'.","param":"style","code":"unknown_parameter"}}"#
            .utf8)
        : Self.whole
    }
    let home = try home(server)
    let outcome = try home.run("draw", "-m", "flux", "--style", "vivid", "-o", "cat.png", "a cat")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("does not take style: it is left out."), "\(outcome.errors)")
  }

  @Test func `A relay whose chat answers with a picture in its Markdown is understood`() throws {
    let server = try LiteralServer { request in
      guard request.line.hasSuffix("/chat/completions") else {
        return LiteralServer.answer(404, "not found".utf8, type: "text/plain")
      }
      let text = "Here you are: ![cat](data:image/png;base64,\(Self.letters))"
      return LiteralServer.answer(
        200, #"{"choices":[{"message":{"role":"assistant","content":"\#(text)"}}]}"#.utf8)
    }
    let home = try home(server)
    let outcome = try home.run("draw", "-m", "gemini-image", "-o", "cat.png", "a cat")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try isThere("cat.png", in: home))
    #expect(outcome.errors.contains("The model says: Here you are:"), "\(outcome.errors)")
  }

  @Test func `A chat that only talks says so in the error`() throws {
    let server = try LiteralServer { request in
      request.line.hasSuffix("/chat/completions")
        ? LiteralServer.answer(
          200, #"{"choices":[{"message":{"role":"assistant","content":"I only talk."}}]}"#.utf8)
        : LiteralServer.answer(404, "not found".utf8, type: "text/plain")
    }
    let outcome = try home(server).run("draw", "-m", "talker", "a cat")
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("answered without a picture"), "\(outcome.errors)")
    #expect(outcome.errors.contains("I only talk."), "\(outcome.errors)")
  }

  @Test func `What the configuration says of pictures holds, and an option goes before it`() throws
  {
    let server = try LiteralServer { _ in Self.whole }
    var home = try home(server)
    let path = home.path + "/config/iris/config.yaml"
    let more = "\npicture_model: flux\npicture_size: 512x512\npicture_quality: hd\n"
    let text = try String(contentsOfFile: path, encoding: .utf8) + more
    try home.write(Array(text.utf8), to: "config/iris/config.yaml")
    home.environment["LANG"] = "C.UTF-8"
    #expect(try home.run("draw", "--quality", "standard", "a cat").status == 0)
    let body = try json(server.requests.last)
    #expect(body["model"] as? String == "flux")
    #expect(body["size"] as? String == "512x512")
    #expect(body["quality"] as? String == "standard")
  }
}
