import ChatAPI
import Conversation
import Testing

/// One answer as bytes, and what comes of it; the rows are in `ReplyReaderTests+rows.swift`.
struct ReplyCase: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var status = 200
  var body: String
  var events: [ReplyEvent]
  /// The kind of the error that ends the reply; nil for a good end.
  var kind: ChatAPIError.Kind?
  var message: String?

  init(
    _ description: String, status: Int = 200, _ body: String, _ events: [ReplyEvent],
    fails kind: ChatAPIError.Kind? = nil, says message: String? = nil
  ) {
    testDescription = description
    self.status = status
    self.body = body
    self.events = events
    self.kind = kind
    self.message = message
  }
}

@Suite struct ReplyReaderTests {
  private func read(_ row: ReplyCase, _ pieces: [[UInt8]]) -> (events: [ReplyEvent], ChatAPIError?)
  {
    var reader = ReplyReader(head: ResponseHead(status: row.status), server: "s", key: APIKey("k"))
    var events: [ReplyEvent] = []
    for piece in pieces {
      reader.feed(piece)
      events += reader.takeEvents()
    }
    reader.finish()
    events += reader.takeEvents()
    if case .failed(let error)? = reader.ending { return (events, error) }
    return (events, nil)
  }

  @Test(arguments: ReplyCase.all) func `An answer becomes its events`(_ row: ReplyCase) {
    let (events, error) = read(row, [Array(row.body.utf8)])
    #expect(events.joined == row.events)
    #expect(error?.kind == row.kind)
    #expect(error?.message == row.message)
  }

  @Test(arguments: ReplyCase.all) func `An answer that comes byte by byte becomes the same`(
    _ row: ReplyCase
  ) {
    let (events, error) = read(row, row.body.utf8.map { [$0] })
    #expect(events.joined == row.events.joined)
    #expect(error?.kind == row.kind)
  }

  @Test func `A stream of a million bytes in one event is read`() {
    let text = String(repeating: "x", count: 1_000_000)
    let row = ReplyCase("", chunk(text, finish: "stop") + done, [])
    #expect(read(row, [Array(row.body.utf8)]).events.joined == [.text(text), .finished(.stop)])
  }

  @Test func `An event of 64 MB is refused, and what came before it stays`() {
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    reader.feed(Array((chunk("a") + "data: ").utf8))
    let piece = [UInt8](repeating: 0x20, count: 1 << 20)
    for _ in 0..<64 where reader.ending == nil { reader.feed(piece) }
    #expect(reader.takeEvents().joined == [.text("a")])
    #expect(reader.ending == .failed(ChatAPIError(.reply(.eventTooLong), server: "s")))
  }

  @Test func `A character whose bytes are cut between two deltas is put together`() {
    let face = Array("😀".utf8)
    for cut in 1..<face.count {
      var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
      for half in [face[..<cut], face[cut...]] {
        let (before, after) = chunk("|").split(at: "|")
        reader.feed(before + half + after)
      }
      reader.feed(Array(done.utf8))
      #expect(reader.takeEvents().joined == [.text("😀"), .finished(nil)])
    }
  }

  @Test func `A reply that is longer than its limit ends, and what came stays`() {
    var reader = ReplyReader(
      head: ResponseHead(status: 200), server: "s", key: nil, lengthLimit: 10)
    reader.feed(Array((chunk("12345") + chunk("67890")).utf8))
    #expect(reader.ending == nil)
    reader.feed(Array((chunk("x") + chunk("lost")).utf8))
    #expect(reader.takeEvents().joined == [.text("1234567890x")])
    #expect(reader.ending == .failed(ChatAPIError(.reply(.tooLong(limit: 10)), server: "s")))
  }

  @Test func `A completion that is longer than its limit is not held`() {
    var reader = ReplyReader(
      head: ResponseHead(status: 200), server: "s", key: nil, lengthLimit: 10)
    reader.feed(Array("{\"choices\":[{\"message\":{\"content\":\"".utf8))
    for _ in 0..<4 where reader.ending == nil {
      reader.feed([UInt8](repeating: 0x61, count: 1 << 19))
    }
    #expect(reader.ending == .failed(ChatAPIError(.reply(.tooLong(limit: 10)), server: "s")))
  }

  /// 400 kB of them cost the square of their number before, which is minutes.
  @Test(.timeLimit(.minutes(1))) func `Blanks at the start cost what they are long`() {
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    for _ in 0..<50_000 { reader.feed([0x0A]) }
    for _ in 0..<50_000 { reader.feed(Array(chunk("\\n").utf8)) }
    reader.feed(Array((chunk("ok") + done).utf8))
    let blanks = String(repeating: "\n", count: 50_000)
    #expect(reader.takeEvents().joined == [.text(blanks + "ok"), .finished(nil)])
  }

  @Test(.timeLimit(.minutes(1))) func `Stray lines cost what they are long`() {
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    reader.feed(Array(chunk("half").utf8))
    for _ in 0..<50_000 { reader.feed(Array("{}\n".utf8)) }
    reader.finish()
    #expect(reader.takeEvents().joined == [.text("half")])
  }

  @Test(arguments: [
    ("4611686018427387904", nil), ("-1", nil), ("1000000000001", nil),
    ("1000000000000", TokenUsage(prompt: 1_000_000_000_000, completion: 1)),
  ]) func `Counts of a server have a range, beyond which it has told none`(
    written: String, usage: TokenUsage?
  ) {
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    reader.feed(
      Array(
        "data: {\"usage\":{\"prompt_tokens\":\(written),\"completion_tokens\":1}}\n\n\(done)".utf8))
    #expect(reader.takeEvents().joined == (usage.map { [.usage($0)] } ?? []) + [.finished(nil)])
  }

  @Test func `A model that is known to open in reasoning does so at once`() {
    func read(_ text: String) -> [ReplyEvent] {
      var reader = ReplyReader(
        head: ResponseHead(status: 200), server: "s", key: nil, startsInReasoning: true)
      reader.feed(Array((text + done).utf8))
      return reader.takeEvents().joined
    }
    #expect(read(chunk("hm</think>ok")) == [.reasoning("hm"), .text("ok"), .finished(nil)])
    #expect(
      read(chunk("ok")) == [.reasoning("ok"), .reclassified(isReasoning: false), .finished(nil)])
  }

  @Test func `A network that breaks behind the finish reason breaks nothing`() {
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    reader.feed(Array(chunk("a", finish: "stop").utf8))
    reader.finish(.idleTimeout)
    #expect(reader.takeEvents().joined == [.text("a"), .finished(.stop)])
    #expect(reader.ending == .finished)
  }

  @Test(arguments: [
    (NetworkFault.connectionLost, ChatAPIError.Kind.reply(.cutOff)),
    (.idleTimeout, .network(.idleTimeout)),
  ])
  func `A network that breaks in mid-reply leaves the text, and the reply as broken off`(
    fault: NetworkFault, kind: ChatAPIError.Kind
  ) {
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    reader.feed(Array(chunk("a").utf8))
    reader.finish(fault)
    #expect(reader.takeEvents().joined == [.text("a")])
    #expect(reader.ending == .failed(ChatAPIError(kind, server: "s")))
  }

  @Test func `Pieces that are read together are counted`() {
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    reader.feed(Array((chunk("Hel") + chunk("lo") + chunk(", you")).utf8))
    #expect(reader.takeEvents().last == .text("Hello, you", pieces: 3))
    reader.feed(Array(chunk("?").utf8))
    #expect(reader.takeEvents() == [.text("?")])
  }
}

extension String {
  /// The bytes before and behind the first `mark`.
  fileprivate func split(at mark: Character) -> ([UInt8], [UInt8]) {
    let parts = split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
    return (Array(parts[0].utf8), Array(parts[1].utf8))
  }
}
