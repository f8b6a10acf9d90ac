import ChatAPI
import Conversation
import Testing

/// WHATWG HTML §9.2.6 and what servers add to it; every row is parsed whole, byte by byte, and cut
/// in two at every place.
@Suite struct ServerSentEventParserTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var stream: String
    var events: [ServerSentEvent]

    init(_ description: String, _ stream: String, _ events: (String, String)...) {
      testDescription = description
      self.stream = stream
      self.events = events.map { ServerSentEvent(name: $0, data: Array($1.utf8)) }
    }
  }

  static let cases = [
    Case("lines that end with LF", "data: a\n\ndata: b\n\n", ("", "a"), ("", "b")),
    Case("lines that end with CR", "data: a\r\rdata: b\r\r", ("", "a"), ("", "b")),
    Case("lines that end with CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", ("", "a"), ("", "b")),
    Case(
      "mixed line ends", "data: a\r\n\ndata: b\r\r\ndata: c\n\r\n", ("", "a"), ("", "b"), ("", "c")),
    Case(
      "CR LF CR is a line end and a blank line", "data: a\r\n\rdata: b\n\n", ("", "a"), ("", "b")),
    Case("a byte request mark at the start", "\u{FEFF}data: a\n\n", ("", "a")),
    Case("a second byte request mark is part of a name", "\u{FEFF}\u{FEFF}data: a\n\n"),
    Case("comments", ": OPENROUTER PROCESSING\n\n:\n\ndata: a\n: b\n\n", ("", "a")),
    Case("one leading space is taken off", "data:a\n\ndata:  b\n\n", ("", "a"), ("", " b")),
    Case("a value with colons", "data: a:b: c\n\n", ("", "a:b: c")),
    Case("several data lines are joined", "data: a\ndata: b\ndata:\n\n", ("", "a\nb\n")),
    Case("a field without a colon is empty", "data\n\ndata\ndata\n\n", ("", ""), ("", "\n")),
    Case("a named event", "event: error\ndata: {}\n\n", ("error", "{}")),
    Case("a name lasts for one event", "event: a\ndata: 1\n\ndata: 2\n\n", ("a", "1"), ("", "2")),
    Case("the last name counts", "event: a\nevent: b\ndata: 1\n\n", ("b", "1")),
    Case("a name without data is no event", "event: ping\n\ndata: 1\n\n", ("", "1")),
    Case(
      "id, retry and unknown fields are no part of an event", "id: 1\nretry: 2\nx: y\ndata: 1\n\n",
      ("", "1")),
    Case("a field's case counts", "Data: a\n\ndata: b\n\n", ("", "b")),
    Case("no blank line at the end of the stream", "data: a\n\ndata: b\n", ("", "a"), ("", "b")),
    Case("no line end at the end of the stream", "data: a\n\ndata: b", ("", "a"), ("", "b")),
    Case("a bare error line (llama.cpp)", "error: {\"code\":500}\n\n", ("error", "{\"code\":500}")),
    Case("UTF-8 in data", "data: 你好 👩‍🚀\n\n", ("", "你好 👩‍🚀")),
    Case("nothing but blank lines", "\n\n\r\n\r\r"),
    Case("nothing", ""),
  ]

  @Test(
    arguments: [
      ("id: 1\ndata: a\n\n", "1"), ("id: 1\ndata: a\n\ndata: b\n\n", "1"),
      ("id: 1\n\n", "1"), ("id: 1\ndata: a\n\nid: 2\ndata: b\n", "1"), ("data: a\n\n", nil),
      ("id: 1\ndata: a\n\nid\ndata: b\n\n", ""), ("id: 1\u{0}2\ndata: a\n\n", nil),
    ] as [(String, String?)])
  func `The identifier is that of the last event that came whole`(stream: String, id: String?) {
    for cut in 0...stream.utf8.count {
      var parser = ServerSentEventParser()
      _ = parser.feed(Array(stream.utf8.prefix(cut)))
      _ = parser.feed(Array(stream.utf8.dropFirst(cut)))
      _ = parser.finish()
      #expect(parser.lastEventID == id)
    }
  }

  @Test(
    arguments: [("retry: 250\n\n", 250), ("retry: 1s\n\n", nil), ("retry\n\n", nil)]
      as [(String, Int?)])
  func `The pause before a stream is asked for again is the server's`(
    stream: String, milliseconds: Int?
  ) {
    var parser = ServerSentEventParser()
    _ = parser.feed(Array(stream.utf8))
    #expect(parser.reconnectionMilliseconds == milliseconds)
  }

  private func parse(_ pieces: [[UInt8]]) -> [ServerSentEvent] {
    var parser = ServerSentEventParser()
    return pieces.flatMap { parser.feed($0) } + parser.finish()
  }

  @Test(arguments: cases) func `A stream is cut into its events`(_ row: Case) {
    #expect(parse([Array(row.stream.utf8)]) == row.events)
  }

  @Test(arguments: cases) func `A stream that arrives byte by byte has the same events`(
    _ row: Case
  ) {
    #expect(parse(row.stream.utf8.map { [$0] }) == row.events)
  }

  @Test(arguments: cases) func `A stream cut anywhere has the same events`(_ row: Case) {
    let bytes = Array(row.stream.utf8)
    for place in bytes.indices {
      let events = parse([Array(bytes[..<place]), [], Array(bytes[place...])])
      #expect(events == row.events, "cut at \(place)")
    }
  }

  @Test func `A line that is too long is refused, and not held`() {
    var parser = ServerSentEventParser(limit: 100)
    #expect(parser.feed(Array("data: a\n\n".utf8)).count == 1)
    for _ in 0..<20 { #expect(parser.feed(Array(repeating: 0x78, count: 10)).isEmpty) }
    #expect(parser.hasOverflowed)
    #expect(parser.feed(Array("\n\ndata: b\n\n".utf8)).isEmpty)
    #expect(parser.finish().isEmpty)
  }

  @Test(arguments: [99, 100, 101, 200])
  func `A line is too long however it arrives`(count: Int) {
    let bytes = Array((":" + String(repeating: "x", count: count - 1) + "\ndata: a\n\n").utf8)
    for size in [1, 7, bytes.count] {
      var parser = ServerSentEventParser(limit: 100)
      var events: [ServerSentEvent] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        events += parser.feed(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(parser.hasOverflowed == (count > 100), "in pieces of \(size)")
      #expect(events.count == (count > 100 ? 0 : 1), "in pieces of \(size)")
    }
  }

  @Test func `An event of many lines is too long as well`() {
    var parser = ServerSentEventParser(limit: 100)
    for _ in 0..<11 { _ = parser.feed(Array("data: 0123456789\n".utf8)) }
    #expect(parser.hasOverflowed)
  }
}
