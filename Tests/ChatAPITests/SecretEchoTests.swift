import ChatAPI
import Conversation
import Foundation
import Language
import LoopbackSockets
import Secrets
import Synchronization
import Testing

/// A server that gives back what unlocked it: nothing that the room hands out holds the key.
///
/// Some at a time: hundreds of servers at once, each with a thread and descriptors, were more than Foundation's
/// `Process` bears in tests beside them.
@Suite struct SecretEchoTests {
  private static let turnstile = Turnstile(places: 64)
  static let key = "sk-proj-AbC123_x-yZ456789qwertyUIOP0123"
  private static let relay = "relay-Q7w8E9r0T1y2U3i4O5p6"
  private static let query = "query-Z1x2C3v4B5n6M7a8S9d0"

  private static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  /// Ways to write a secret inside the text of a JSON string.
  private static let spellings: [(name: String, spell: @Sendable (String) -> String)] = [
    ("plain", { $0 }), ("bearer", { "Bearer " + $0 }), ("capitals", { $0.uppercased() }),
    ("percent", { $0.utf8.map { "%" + hex($0) }.joined() }),
    ("percent twice", { $0.utf8.map { "%25" + hex($0) }.joined() }),
    ("unicode escapes", { $0.utf8.map { "\\u00" + hex($0) }.joined() }),
    ("escaped escapes", { $0.utf8.map { "\\\\u00" + hex($0) }.joined() }),
    ("references", { $0.utf8.map { "&#\($0);" }.joined() }),
    ("base64", { Data($0.utf8).base64EncodedString() }),
    ("basic", { "Basic " + Data("me:\($0)".utf8).base64EncodedString() }),
    ("basic, longer", { Data("user:\($0)".utf8).base64EncodedString() }),
    ("zero width", { $0.map(String.init).joined(separator: "\u{200B}") }),
    ("soft hyphens", { $0.map(String.init).joined(separator: "\u{AD}") }),
    ("escaped controls", { $0.map(String.init).joined(separator: "\\u0008") }),
    ("escaped line breaks", { $0.map(String.init).joined(separator: "\\n") }),
    ("first half", { String($0.prefix(20)) }), ("last half", { String($0.suffix(20)) }),
    ("in an address", { "https://a.com/?key=\($0)&b=c" }), ("quoted", { "\\\"\($0)\\\"" }),
    ("in the middle of much", { String(repeating: "x", count: 480) + $0 }),
  ]

  /// Where a server may put it.
  private static let places: [(name: String, answer: @Sendable (String) -> String)] = [
    ("message", { answer(401, #"{"error":{"message":"no: \#($0)"}}"#) }),
    ("code", { answer(400, #"{"error":{"message":"no","code":"\#($0)"}}"#) }),
    ("param", { answer(400, #"{"error":{"code":"unknown_parameter","param":"\#($0)"}}"#) }),
    ("detail", { answer(422, #"{"detail":[{"loc":["body","\#($0)"],"msg":"\#($0)"}]}"#) }),
    ("bare text", { answer(500, $0) }),
    ("page", { answer(502, "<html><title>\($0)</title>") }),
    ("error in a stream", { streamHead + "data: {\"error\":{\"message\":\"\($0)\"}}\n\n" }),
    ("finish reason", { streamHead + chunk("echo", finish: $0) + done }),
    ("reply", { streamHead + chunk("echo: \($0) end", finish: "stop") + done }),
    (
      "reply in one piece",
      { answer(200, #"{"choices":[{"message":{"content":"\#($0)"},"finish_reason":"stop"}]}"#) }
    ),
  ]

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var secret: String
    var answer: String
  }

  static let cases = places.flatMap { place in
    spellings.flatMap { spelling in
      [key, relay, query].map { secret in
        Case(
          testDescription: "\(place.name), \(spelling.name), \(secret.prefix(5))", secret: secret,
          answer: place.answer(spelling.spell(secret)))
      }
    }
  }

  /// Whether a text still says eight letters of a secret in a row, spelled in any of the ways.
  private static func shows(_ text: String, _ secret: String) -> Bool {
    let plain = Redaction([Secret(secret)])
    guard plain.redacting(text) == text else { return true }
    let folded = text.lowercased().filter { $0.isASCII && $0 >= " " }
    let letters = Array(secret.lowercased())
    return (0...(letters.count - 16)).contains { folded.contains(String(letters[$0..<($0 + 16)])) }
  }

  @Test(arguments: cases)
  func `What comes of an answer holds no secret`(_ row: Case) async throws {
    await Self.turnstile.enter()
    defer { Self.turnstile.leave() }
    let server = try FaultServer(answering: row.answer)
    let lines = Mutex<[String]>([])
    let client = ChatClient(trace: Trace { line in lines.withLock { $0.append(line) } })
    var provider = try Provider(
      server.address + "/v1?api-version=2024-10-21&key=\(Self.query)", apiKey: APIKey(Self.key))
    provider.headers = [Provider.Header("X-Relay-Key", Self.relay)]
    let outcome = await Outcome(client.reply(to: .hello(), at: provider))
    #expect(!Self.shows(outcome.text, row.secret))
    #expect(!Self.shows("\(outcome.events)", row.secret))
    #expect(!Self.shows(outcome.error?.phrase.text() ?? "", row.secret))
    #expect(!Self.shows("\(String(describing: outcome.error))", row.secret))
    #expect(!Self.shows(lines.withLock { $0 }.joined(separator: "\n"), row.secret))
  }

  @Test func `A key in many small events is taken out of the reply`() async throws {
    let pieces = ("your key is " + Self.key + ", is it not?").map { chunk(String($0)) }.joined()
    let server = try FaultServer(answering: streamHead + pieces + chunk("", finish: "stop") + done)
    let outcome = await Outcome(
      ChatClient().reply(to: .hello(), at: try .local(server, key: Self.key)))
    #expect(outcome.text == "your key is …, is it not?")
  }

  @Test(arguments: 1..<key.count)
  func `A key whose halves are text and reasoning is shown by neither`(length: Int) async throws {
    let halves = [
      "{\"content\":\"a \(Self.key.prefix(length))\"}",
      "{\"reasoning_content\":\"\(Self.key.dropFirst(length)) b\"}",
    ]
    for deltas in [halves, halves.reversed()] {
      let chunks = deltas.map { "data: {\"choices\":[{\"delta\":\($0)}]}\n\n" }.joined()
      let server = try FaultServer(
        answering: streamHead + chunks + chunk("", finish: "stop") + done)
      let outcome = await Outcome(
        ChatClient().reply(to: .hello(), at: try .local(server, key: Self.key)))
      let said = outcome.events.reduce(into: "") { said, event in
        if case .partDelta(_, let text, _) = event { said += text }
      }
      #expect(!Self.shows(said, Self.key), "\(said)")
    }
  }

  @Test(arguments: [1, 3, 7, 12])
  func `A key in many parts is shown by neither kind of them, nor by all in a row`(
    length: Int
  ) async throws {
    let letters = Array(Self.key)
    let pieces = stride(from: 0, to: letters.count, by: length).map {
      String(letters[$0..<min($0 + length, letters.count)])
    }
    let inTurns = pieces.enumerated().map { index, piece in
      [index % 2 == 0 ? "{\"content\":\"\(piece)\"}" : "{\"reasoning_content\":\"\(piece)\"}"]
    }
    let between = pieces.map { ["{\"content\":\"\($0)\"}", "{\"reasoning_content\":\"hm\"}"] }
    for deltas in [inTurns.flatMap(\.self), between.flatMap(\.self)] {
      let chunks = deltas.map { "data: {\"choices\":[{\"delta\":\($0)}]}\n\n" }.joined()
      let server = try FaultServer(
        answering: streamHead + chunks + chunk("", finish: "stop") + done)
      let outcome = await Outcome(
        ChatClient().reply(to: .hello(), at: try .local(server, key: Self.key)))
      var (all, said) = ("", "")
      for case .partDelta(let part, let text, _) in outcome.events {
        all += text
        said += part.kind == .text ? text : ""
      }
      #expect(!Self.shows(said, Self.key) && !Self.shows(all, Self.key), "\(said) / \(all)")
    }
  }

  @Test func `A redirect is told without what stands behind its question mark`() async throws {
    let place = "https://me:\(Self.key)@other.com/v1?key=\(Self.key)"
    let server = try FaultServer(answering: answer(307, "", headers: ["Location: \(place)"]))
    let outcome = await Outcome(
      ChatClient().reply(to: .hello(), at: try .local(server, key: Self.key)))
    #expect(outcome.error?.kind == .answer(.redirected(to: "https://…@other.com/v1?…")))
    #expect(server.requests.count == 1)
  }

  @Test(arguments: ["http://\(key)@a.com", "https://a.com\\\(key)?k=\(key)", "ftp://u:\(key)@b/"])
  func `An address that cannot be used is told without its secrets`(address: String) throws {
    let error = #expect(throws: ChatAPIError.self) { try Provider(address) }
    let sentence = error?.phrase.text() ?? ""
    #expect(sentence.contains("is no address"))
    #expect(!sentence.contains("?k=") && !sentence.contains("@a") || sentence.contains("…@"))
  }
}

/// What unlocks a server leaves only by a way on which nobody reads along.
@Suite struct PlainTextTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var address: String
    var key: String?
    var header: String?
    var proxy: String?
    var isAllowed = false
    var fault: ChatAPIError.Kind
  }

  @Test(arguments: [
    Case(
      testDescription: "a key", address: "http://192.0.2.1/v1", key: "sk-1",
      fault: .request(.keyOverPlainHTTP)),
    Case(
      testDescription: "a header with a key", address: "http://192.0.2.1/v1",
      header: "Authorization", fault: .request(.keyOverPlainHTTP)),
    Case(
      testDescription: "a header of a relay", address: "http://192.0.2.1/v1", header: "x-api-key",
      fault: .request(.keyOverPlainHTTP)),
    Case(
      testDescription: "a key in the address", address: "http://192.0.2.1/v1?key=k",
      fault: .request(.keyOverPlainHTTP)),
    Case(
      testDescription: "to this machine by way of another", address: "http://127.0.0.1:9/v1",
      key: "sk-1", proxy: "http://192.0.2.1:3128", fault: .request(.keyThroughProxy)),
    Case(
      testDescription: "a header by way of another", address: "http://127.0.0.1:9/v1",
      header: "api-key", proxy: "socks5h://192.0.2.1", fault: .request(.keyThroughProxy)),
    Case(
      testDescription: "to this machine", address: "http://127.0.0.1:9/v1", key: "sk-1",
      fault: .network(.connectionRefused)),
    Case(
      testDescription: "by way of this machine", address: "http://127.0.0.1:9/v1", key: "sk-1",
      proxy: "http://me:pw@127.0.0.1:9", fault: .network(.proxyUnreachable)),
  ])
  func `Plain text goes no further than this machine`(_ row: Case) async throws {
    var provider = try Provider(row.address, apiKey: row.key.flatMap { APIKey($0) })
    if let header = row.header { provider.headers = [Provider.Header(header, "secret-0123")] }
    if let proxy = row.proxy { provider.proxy = ProxySettings(proxy: proxy) }
    provider.timeLimits.connect = .seconds(5)
    let outcome = await Outcome(UnhurriedClient().client.reply(to: .hello(), at: provider))
    #expect(outcome.error?.kind == row.fault)
  }
}
