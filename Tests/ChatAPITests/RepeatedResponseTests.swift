import ChatAPI
import Conversation
import Testing

/// Streams of `/responses` whose events differ in their text and their numbers alone: what comes out must
/// be what the JSON says.
@Suite struct RepeatedResponseTests {
  private func read(_ stream: String) -> [ReplyEvent] {
    var reader = ReplyReader(
      head: ResponseHead(status: 200), server: "s", key: nil, request: RequestFacts(),
      decoder: Responses(Dialect()).makeDecoder(startsInReasoning: false),
      lengthLimit: 64 << 20)
    reader.feed(Array(stream.utf8))
    reader.finish()
    return reader.takeEvents().joined
  }

  /// An event as OpenAI writes it: numbered, and padded with letters.
  private func event(
    _ type: String, _ number: Int, _ members: String, padding: String = "xY"
  ) -> String {
    """
    event: \(type)
    data: {"type":"\(type)","sequence_number":\(number),\(members),"obfuscation":"\(padding)"}


    """
  }

  private func delta(
    _ text: String, _ number: Int, item: Int = 0, padding: String = "xY"
  ) -> String {
    event(
      "response.output_text.delta", number,
      #""item_id":"msg_\#(item)","output_index":\#(item),"content_index":0,"delta":"\#(text)","logprobs":[]"#,
      padding: padding)
  }

  private let end =
    "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}\n\n"

  @Test(arguments: [
    (["The", " end", "", "。", " 桥"], "The end。 桥"),
    (["a", #"\n"#, "b", #"\"c\""#, "d", #"\u6865"#, "e"], "a\nb\"c\"d桥e"),
    (["delta", "a", "msg_0", "type", "xY", "0", "12", "b"], "deltaamsg_0typexY012b"),
    (["a", #"\ud83d"#, #"\ude00"#, "b", "c"], "a😀bc"),
  ]) func `Texts of numbered events come as they were sent`(_ texts: [String], _ whole: String) {
    let stream = texts.enumerated().map { index, text in
      delta(text, index * 97, padding: String(repeating: "z", count: index))
    }.joined()
    #expect(read(stream + end) == [.text(whole), .finished(.stop)])
  }

  @Test func `Another item's text is a paragraph of its own`() {
    let stream =
      delta("a", 1) + delta("b", 2) + delta("c", 3) + delta("d", 4, item: 1)
      + delta("e", 5, item: 1) + delta("f", 6, item: 1)
    #expect(read(stream + end) == [.text("abc\n\ndef"), .finished(.stop)])
  }

  @Test func `Reasoning and refusals between texts stay what they are`() {
    let thought = event(
      "response.reasoning_summary_text.delta", 4,
      #""item_id":"rs","output_index":1,"summary_index":0,"delta":"hm""#)
    let refusal = event(
      "response.refusal.delta", 5,
      #""item_id":"msg_0","output_index":0,"content_index":1,"delta":"no""#)
    let events = read(delta("a", 1) + delta("b", 2) + thought + delta("c", 3) + refusal + end)
    #expect(
      events == [
        .text("ab"), .reasoning("hm"), .text("c"), .refusal("no"), .finished(.stop),
      ])
  }

  @Test func `An error behind like events ends the reply`() {
    let fault = "event: error\ndata: {\"type\":\"error\",\"code\":\"x\",\"message\":\"busy\"}\n\n"
    let events = read(delta("a", 1) + delta("b", 2) + delta("c", 3) + fault + delta("d", 4))
    #expect(events == [.text("abc")])
  }
}
