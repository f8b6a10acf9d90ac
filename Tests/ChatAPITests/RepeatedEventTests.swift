import ChatAPI
import Conversation
import Testing

/// Streams whose events differ in their text alone are read without their JSON: what comes out must be
/// what the JSON says, whatever else an event holds.
@Suite struct RepeatedEventTests {
  /// What a reader makes of these events of a stream.
  private func read(_ events: [String]) -> [ReplyEvent] {
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    for event in events { reader.feed(Array("data: \(event)\n\n".utf8)) }
    reader.finish()
    return reader.takeEvents().joined
  }

  private func text(of events: [String]) -> String {
    read(events).compactMap { if case .partDelta(_, let text, _) = $0 { text } else { nil } }
      .joined()
  }

  private func event(_ text: String, id: String = "a", more: String = "") -> String {
    #"{"id":"\#(id)","choices":[{"index":0,"delta":{"content":"\#(text)"\#(more)}}]}"#
  }

  @Test(arguments: [
    (["The", " end", "", "。", " 桥"], "The end。 桥"),
    // Escapes, and the event behind them.
    (["a", #"\n"#, "b", #"\"c\""#, "d", #"\u6865"#, "e"], "a\nb\"c\"d桥e"),
    (
      ["a", #"1\t2\\\/"#, #"\\\""#, #"x\u6865\ud55c\uD7A3"#, #"\uabcd"#, "e"],
      "a1\t2\\/\\\"x桥한힣\u{abcd}e"
    ),
    // Texts that stand elsewhere in the event as well.
    (["content", "a", "index", "delta", "choices", "id", "b"], "contentaindexdeltachoicesidb"),
    ([",", ":", "},{", ":0,", "a", ","], ",:},{:0,a,"),
    // Halves of a character.
    (["a", #"\ud83d"#, #"\ude00"#, "b", "c"], "a😀bc"),
    (["a", "b", #"x\uD83D"#, #"\uDE00y"#, "b", #"\uD83D\uDE00"#, "c"], "abx😀yb😀c"),
  ]) func `Texts of like events come as they were sent`(_ texts: [String], _ whole: String) {
    #expect(text(of: texts.map { event($0) }) == whole)
  }

  @Test func `A value that is written like the text is no text`() {
    // The text is escaped, and `a` is another member's.
    let first = #"{"user":"a","choices":[{"index":0,"delta":{"content":"\u0061"}}]}"#
    let second = #"{"user":"b","choices":[{"index":0,"delta":{"content":"\u0061"}}]}"#
    #expect(text(of: [first, second]) == "aa")
  }

  @Test func `What differs beside the text is read`() {
    let refusal = event("", more: #","refusal":"no""#)
    let finished =
      #"{"id":"a","choices":[{"index":0,"delta":{"content":"c"},"finish_reason":"stop"}]}"#
    let events = read([event("a"), event("b"), refusal, event("d"), finished])
    #expect(
      events == [.text("ab"), .refusal("no"), .text("dc"), .finished(.stop)])
  }

  @Test func `Another choice's text stays out`() {
    let other = #"{"id":"a","choices":[{"index":1,"delta":{"content":"no"}}]}"#
    #expect(text(of: [event("a"), other, event("b"), other, event("c")]) == "abc")
  }

  @Test func `A fault behind like events ends the reply`() {
    let fault = #"{"id":"a","error":{"message":"busy","code":503}}"#
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    for event in [event("a"), event("b"), fault] { reader.feed(Array("data: \(event)\n\n".utf8)) }
    guard case .failed(let error)? = reader.ending else {
      Issue.record("no fault was seen")
      return
    }
    #expect(error.message == "busy")
    #expect(reader.takeEvents().joined == [.text("ab")])
  }

  @Test func `Numbered events are read however many there are`() {
    let texts = (0..<100).map { "\($0) " }
    #expect(text(of: texts.map { event($0, id: $0) }) == texts.joined())
    // And like ones behind them.
    #expect(text(of: texts.map { event($0, id: $0) } + texts.map { event($0) }).utf8.count == 580)
  }

  @Test func `The bound on a reply's length holds`() {
    var reader = ReplyReader(
      head: ResponseHead(status: 200), server: "s", key: nil, lengthLimit: 10)
    for text in ["12345", "67890", "x", "y"] {
      reader.feed(Array("data: \(event(text))\n\n".utf8))
    }
    #expect(reader.takeEvents().joined == [.text("1234567890x")])
    guard case .failed(let error)? = reader.ending else {
      Issue.record("the bound was passed")
      return
    }
    #expect(error.kind == .reply(.tooLong(limit: 10)))
  }
}
