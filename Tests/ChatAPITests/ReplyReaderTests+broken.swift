import ChatAPI
import Conversation
import Language

/// Answers whose bytes or whose marks of reasoning are not as they should be.
extension ReplyCase {
  private static func data(_ json: String) -> String { "data: \(json)\n\n" }
  private static let stop = data(#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#)
  private static let ok: [ReplyEvent] = [.text("ok"), .finished(.stop)]
  private static let gap = ReplyEvent.adapted(
    say("\("s") sent a part that cannot be read: the reply may have a gap."))

  /// Reasoning in the text, with and without its tags.
  static let thoughts = [
    ReplyCase(
      "a closing tag without an opening one (DeepSeek-R1's chat template)",
      chunk("hm, ") + chunk("so</thi") + chunk("nk>\\n\\nok") + stop,
      [.text("hm, so"), .reclassified(isReasoning: true)] + ok),
    ReplyCase(
      "a closing tag without an opening one, and nothing behind it", chunk("hm</think>") + stop,
      [.text("hm"), .reclassified(isReasoning: true), .finished(.stop)]),
    ReplyCase(
      "only the first closing tag counts", chunk("hm</think>a</think>b") + stop,
      [.text("hm"), .reclassified(isReasoning: true), .text("a</think>b"), .finished(.stop)]),
    ReplyCase(
      "a closing tag in quotes is text", chunk("End with `") + chunk("</think>` please") + stop,
      [.text("End with `</think>` please"), .finished(.stop)]),
    ReplyCase(
      "a closing tag where the reasoning came in a field of its own is text",
      data(#"{"choices":[{"delta":{"reasoning_content":"hm"}}]}"#) + chunk("a</think>b") + stop,
      [.reasoning("hm"), .text("a</think>b"), .finished(.stop)]),
    ReplyCase(
      "<thinking>", chunk("\\n<thinking>hm</thinking>\\nok") + stop, [.reasoning("hm")] + ok),
    ReplyCase(
      "<seed:think> (Seed-OSS)", chunk("<seed:think>hm</seed:think>ok") + stop,
      [.reasoning("hm")] + ok),
    ReplyCase(
      "blanks before an answer without tags belong to it", chunk("\\n ") + chunk("\\nok") + stop,
      [.text("\n \nok"), .finished(.stop)]),
    ReplyCase("nothing but blanks", chunk("\\n\\n") + stop, [.text("\n\n"), .finished(.stop)]),
    ReplyCase(
      "half a tag at the end is text", chunk("a </thi") + stop,
      [.text("a </thi"), .finished(.stop)]),
  ]

  /// What servers, relays and cuts make of a stream.
  static let broken = [
    ReplyCase(
      "halves of a character in two deltas, as escapes",
      chunk(#"a\ud83d"#) + chunk(#"\ude00b"#) + stop,
      [.text("a😀b"), .finished(.stop)]),
    ReplyCase(
      "a half whose other half never comes is dropped", chunk(#"o\ud83d"#) + chunk("k") + stop, ok),
    ReplyCase(
      "an escaped backslash before u is no half", chunk(#"\\\\ud83d"#) + stop,
      [.text(#"\\ud83d"#), .finished(.stop)]),
    ReplyCase(
      "a byte request mark, a blank and a page", "\u{FEFF} <\u{FEFF}title>x</title>", [],
      fails: .answer(.page)),
    ReplyCase("a byte request mark before a stream", "\u{FEFF}" + chunk("ok") + stop, ok),
    ReplyCase(
      "broken JSON and then a cut", chunk("half") + data(#"{"choices":[{"delta":"#),
      [.text("half")], fails: .reply(.unreadable), says: #"{"choices":[{"delta":"#),
    ReplyCase(
      "broken JSON in a reply that ends",
      chunk("o") + data(#"{"choices":[{"del"#) + chunk("k") + stop,
      [.text("ok"), gap, .finished(.stop)]),
    ReplyCase(
      "a bare error behind half a reply",
      chunk("half") + #"{"error":{"message":"upstream died","type":"server_error"}}"# + "\n",
      [.text("half")], fails: .answer(.serverFailed), says: "upstream died"),
    ReplyCase(
      "a bare error without a line break",
      chunk("half") + #"{"error":{"message":"upstream died","type":"server_error"}}"#,
      [.text("half")], fails: .answer(.serverFailed), says: "upstream died"),
    ReplyCase(
      "a bare error on several lines",
      chunk("half")
        + "{\n  \"error\": {\n    \"message\": \"upstream {died\",\n    \"code\": 502\n  }\n}\n",
      [.text("half")], fails: .answer(.serverFailed), says: "upstream {died"),
    ReplyCase(
      "words behind half a reply", chunk("half") + "upstream connect error\n", [.text("half")],
      fails: .reply(.cutOff), says: "upstream connect error"),
    ReplyCase(
      "a chunk without its field",
      #"retry: 3"# + "\n" + chunk("o")
        + #"{"choices":[{"delta":{"content":"k"},"finish_reason":"stop"}]}"# + "\n", ok),
    ReplyCase("blanks and nothing else", "\n\n  \n", [], fails: .reply(.empty)),
  ]
}
