import ChatAPI
import Conversation
import Testing

@Suite struct FetchTests {
  private func fetch(
    _ url: String, limit: Int = 1000, time: Duration = .seconds(10)
  ) async throws(ChatAPIError) -> FetchedFile {
    try await ChatClient().fetch(
      url, proxy: ProxySettings(), byteLimit: limit, timeLimit: time)
  }

  private func page(_ body: String, type: String = "image/png") -> String {
    "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  @Test func `A file comes whole, with its type and without a key`() async throws {
    let server = try FaultServer(answering: page("bytes", type: "Image/PNG; x=y"))
    let file = try await fetch(server.address + "/a.png?b=c")
    #expect(file == FetchedFile(bytes: Array("bytes".utf8), mediaType: "image/png"))
    #expect(server.requests.first?.line == "GET /a.png?b=c HTTP/1.1")
    #expect(server.requests.first?.headers["authorization"] == nil)
  }

  @Test func `A redirect is followed, five at most`() async throws {
    let target = try FaultServer(answering: page("bytes"))
    let server = try FaultServer(
      answering: answer(302, "", headers: ["Location: \(target.address)/b"]))
    #expect(try await fetch(server.address).bytes == Array("bytes".utf8))
    let circle = try FaultServer(answering: answer(302, "moved", headers: ["Location: /again"]))
    let error = await #expect(throws: ChatAPIError.self) { try await fetch(circle.address) }
    #expect(error?.kind == .network(.tooManyRedirects))
    #expect(circle.connections <= 6)
  }

  @Test func `A redirect to a file of this machine is refused`() async throws {
    let server = try FaultServer(
      answering: answer(302, "", headers: ["Location: file:///etc/passwd"]))
    await #expect(throws: ChatAPIError.self) { try await fetch(server.address) }
  }

  @Test(arguments: [
    "127.0.0.1", "localhost", "a.localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1",
    "127.0.0.1.", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[fe80::1]", "[fd00::1]",
    "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::7f00:1]", "224.0.0.1", "255.255.255.255",
  ])
  func `A server of the internet cannot send on to this machine or its network`(
    host: String
  ) async throws {
    // The proxy stands for the internet: what it answers is what the server out there would.
    let internet = try FaultServer(
      answering: answer(302, "", headers: ["Location: http://\(host):9/latest/meta-data"]))
    let error = await #expect(throws: ChatAPIError.self) {
      try await ChatClient().fetch(
        "http://pictures.example/a.png",
        proxy: ProxySettings(environment: ["HTTP_PROXY": internet.address]), byteLimit: 1000,
        timeLimit: .seconds(10))
    }
    let name = host.filter { $0 != "[" && $0 != "]" }
    #expect(error?.kind == .network(.privateTarget(host: name)))
    #expect(internet.requests.map(\.target) == ["http://pictures.example/a.png"])
  }

  @Test func `A name that stands for this machine is as good as its address`() async throws {
    let server = try FaultServer(answering: page("bytes"))
    let name = "pictures.example:\(server.port)"
    let internet = try FaultServer(
      answering: answer(302, "", headers: ["Location: http://\(name)/b"]))
    let fetch = { (url: String) async throws(ChatAPIError) in
      try await ChatClient().fetch(
        url, proxy: ProxySettings(), byteLimit: 1000, timeLimit: .seconds(10),
        knownAddresses: [name + ":127.0.0.1"])
    }
    let error = await #expect(throws: ChatAPIError.self) { try await fetch(internet.address) }
    #expect(error?.kind == .network(.privateTarget(host: "pictures.example")))
    #expect(server.requests.isEmpty)
    // Where the user has written it, it is asked.
    #expect(try await fetch("http://\(name)/b").bytes == Array("bytes".utf8))
  }

  @Test(arguments: ["https://pictures.example/b", "//8.8.8.8/b", "http://[2606:4700::1111]/b"])
  func `A server of the internet can send on to another`(target: String) async throws {
    let internet = try FaultServer(
      answering: answer(302, "", headers: ["Location: \(target)"]), page("bytes"))
    let proxy = ProxySettings(proxy: internet.address)
    let result = try? await ChatClient().fetch(
      "http://pictures.example/a.png", proxy: proxy, byteLimit: 1000, timeLimit: .seconds(10))
    #expect(internet.requests.count == 2)
    #expect(target.hasPrefix("https") == (result == nil))
  }

  @Test(arguments: [
    ("/b", "/b"), ("b", "/d/b"), ("?c=d", "/d/a?c=d"), ("./b?c", "/d/b?c"),
  ])
  func `A redirect within the server is followed`(target: String, expected: String) async throws {
    let server = try FaultServer(
      answering: answer(301, "", headers: ["Location: \(target)"]), page("bytes"))
    #expect(try await fetch(server.address + "/d/a").bytes == Array("bytes".utf8))
    #expect(server.requests.last?.target == expected)
  }

  @Test func `A file that is too large is given up`() async throws {
    let server = try FaultServer(answering: page(String(repeating: "x", count: 1001)))
    let error = await #expect(throws: ChatAPIError.self) { try await fetch(server.address) }
    #expect(error?.kind == .network(.tooLarge(limit: 1000)))
  }

  @Test func `A file that takes too long is given up`() async throws {
    let server = try FaultServer([
      [.request, .text("HTTP/1.1 200 OK\r\n\r\nx"), .awaitClose(Gate())]
    ])
    let error = await #expect(throws: ChatAPIError.self) {
      try await fetch(server.address, time: .milliseconds(80))
    }
    #expect(error?.kind == .network(.totalTimeout))
  }

  @Test(arguments: ["", "file:///etc/passwd", "ftp://a/b", "http://a b"])
  func `What is no web address is refused`(url: String) async {
    let error = await #expect(throws: ChatAPIError.self) { try await fetch(url) }
    #expect(error?.kind == .request(.addressInvalid(url)))
  }

  @Test func `A missing file is an answer's fault`() async throws {
    let server = try FaultServer(answering: answer(404, "gone"))
    let error = await #expect(throws: ChatAPIError.self) { try await fetch(server.address) }
    #expect(error?.status == 404)
  }
}

@Suite struct ModelListingTests {
  @Test func `OpenAI's list is read in its request`() async throws {
    let list = """
      {"object":"list","data":[{"id":"gpt-4o","object":"model","created":1715367049,\
      "owned_by":"system","shutdown_date":"2027-01-14"},{"id":"gpt-6-sol","created":"1"}]}
      """
    let server = try FaultServer(answering: answer(200, list))
    let models = try await ChatClient().models(at: try .local(server))
    var first = ModelListing(id: "gpt-4o")
    first.owner = "system"
    first.created = 1_715_367_049
    first.shutdownDate = "2027-01-14"
    var second = ModelListing(id: "gpt-6-sol")
    second.created = 1
    #expect(models == [first, second])
    #expect(server.requests.first?.line == "GET /v1/models HTTP/1.1")
  }

  @Test func `OpenRouter tells the context and whether pictures are read`() async throws {
    let list = """
      {"data":[{"id":"a/b","context_length":131072,"pricing":{"prompt":"0.1"},\
      "architecture":{"input_modalities":["text","image"]}},\
      {"id":"c","context_length":"8192","architecture":{"input_modalities":["text"]}}]}
      """
    let server = try FaultServer(answering: answer(200, list))
    let models = try await ChatClient().models(at: try .local(server))
    #expect(models.map(\.contextLength) == [131_072, 8192])
    #expect(models.map(\.readsPictures) == [true, false])
  }

  @Test(arguments: [
    "{\"models\":[{\"name\":\"m\"}]}", "[{\"id\":\"m\"},{\"object\":\"x\"}]", "{\"data\":[\"m\"]}",
  ]) func `Other forms of a list are read too`(list: String) async throws {
    let server = try FaultServer(answering: answer(200, list))
    let models = try await ChatClient().models(at: try .local(server))
    #expect(models == [ModelListing(id: "m")])
  }

  @Test func `A server without a version in its path is asked without`() async throws {
    let server = try FaultServer(answering: answer(404, ""), answer(200, "{\"data\":[]}"))
    #expect(try await ChatClient().models(at: try .local(server)).isEmpty)
    #expect(server.requests.map(\.target) == ["/v1/models", "/models"])
  }

  @Test func `An answer that is no list is said to be none`() async throws {
    let server = try FaultServer(answering: answer(200, "{\"hello\":1}"))
    let error = await #expect(throws: ChatAPIError.self) {
      try await ChatClient().models(at: try .local(server))
    }
    #expect(error?.kind == .reply(.malformed))
  }

  @Test func `A wrong key is told`() async throws {
    let server = try FaultServer(answering: answer(401, "{\"error\":{\"message\":\"no\"}}"))
    let error = await #expect(throws: ChatAPIError.self) {
      try await ChatClient().models(at: try .local(server))
    }
    #expect(error?.kind == .answer(.keyRefused))
  }
}
