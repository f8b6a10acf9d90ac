import ChatAPI
import Conversation
import JSON
import Testing

/// Pictures within a reply: beside its text, and as base64 in it.
@Suite struct ReplyPictureTests {
  private static let letters = String(repeating: "iVBORw0K", count: 200)
  private static let url = "data:image/png;base64,\(letters)"

  /// What a reply says, with a picture's address in braces.
  private func read(_ body: [UInt8], cutEvery length: Int) -> String {
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    var rest = body[...]
    while !rest.isEmpty {
      reader.feed(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    reader.finish()
    #expect(reader.ending == .finished)
    return reader.takeEvents().reduce(into: "") { text, event in
      switch event {
      case .partDelta(_, let delta, _): text += delta
      case .media(.address(let url)): text += "{\(url)}"
      default: break
      }
    }
  }

  private func stream(_ texts: [String]) -> [UInt8] {
    let chunks = texts.map { text in
      "data: {\"choices\":[{\"delta\":{\"content\":\(text.quotedAsJSON)}}]}\n\n"
    }
    return Array((chunks.joined() + "data: [DONE]\n\n").utf8)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var text: String
    var expected: String
  }

  private static let cases = [
    Case(
      testDescription: "Markdown", text: "Here: ![a 桥](\(url)) done",
      expected: "Here: {\(url)} done"),
    Case(testDescription: "with a title", text: "![a](\(url) \"t\")\nb", expected: "{\(url)}\nb"),
    Case(testDescription: "in angles", text: "![](<\(url)>)", expected: "{\(url)}"),
    Case(
      testDescription: "two", text: "![a](\(url))\n\n![b](\(url)x)",
      expected: "{\(url)}\n\n{\(url)x}"),
    Case(
      testDescription: "HTML", text: "a <img alt=\"x\" src=\"\(url)\" width=3> b",
      expected: "a {\(url)} b"),
    Case(testDescription: "bare", text: "see \(url) there", expected: "see {\(url)} there"),
    Case(testDescription: "at the end", text: "![a](\(url)", expected: "{\(url)}"),
    Case(
      testDescription: "a short one in Markdown", text: "![a](data:image/gif;base64,R0lGODlh)",
      expected: "{data:image/gif;base64,R0lGODlh}"),
    Case(
      testDescription: "a short one in a program",
      text: "`<img src=\"data:image/gif;base64,R0lGODlh\">`",
      expected: "`<img src=\"data:image/gif;base64,R0lGODlh\">`"),
    Case(
      testDescription: "no picture",
      text: "Wow! ![a](https://e.org/a.png) <img src=x> data:image/png;base6 data:image/ ! <im ![",
      expected:
        "Wow! ![a](https://e.org/a.png) <img src=x> data:image/png;base6 data:image/ ! <im !["),
    Case(
      testDescription: "a link that never ends", text: "![" + String(repeating: "a", count: 1000),
      expected: "![" + String(repeating: "a", count: 1000)),
    Case(
      testDescription: "not base64", text: "data:image/svg+xml,<svg/>",
      expected: "data:image/svg+xml,<svg/>"),
  ]

  @Test(arguments: cases)
  func `A picture in the text is cut out of it, however it comes`(_ row: Case) {
    let characters = row.text.map(String.init)
    for texts in [[row.text], characters] {
      for length in [1, 7, 100_000] {
        #expect(read(stream(texts), cutEvery: length) == row.expected, "\(texts.count) \(length)")
      }
    }
  }

  @Test(arguments: [
    #"{"choices":[{"delta":{"content":"a","images":[{"type":"image_url","image_url":{"url":"URL"}}]}}]}"#,
    #"{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"URL"}}]}}]}"#,
    #"{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"output_image","image_url":"URL"}]}}]}"#,
    #"{"choices":[{"delta":{"content":"a","images":["URL"]}}]}"#,
    #"{"choices":[{"delta":{"content":"a","images":[{"b64_json":"LETTERS"}]}}]}"#,
    #"{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"image","source":{"data":"LETTERS"}}]}}]}"#,
  ])
  func `A picture beside the text is given once`(_ chunk: String) {
    let chunk = chunk.replacing("URL", with: Self.url).replacing("LETTERS", with: Self.letters)
    let body = "data: \(chunk)\n\ndata: \(chunk)\n\ndata: [DONE]\n\n"
    #expect(read(Array(body.utf8), cutEvery: 1000) == "a{\(Self.url)}a")
  }

  @Test func `A reply of a picture alone is whole`() {
    let message =
      "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":null,\"images\":[{\"image_url\":{\"url\":\"\(Self.url)\"}}]},\"finish_reason\":\"stop\"}]}"
    #expect(read(Array(message.utf8), cutEvery: 4096) == "{\(Self.url)}")
  }
}
