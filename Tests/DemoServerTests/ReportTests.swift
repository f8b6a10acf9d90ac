import DemoServer
import FoundationEssentials
import Testing

@Suite struct ReportTests {
  private func reply(_ messages: String, _ more: String = "") async throws -> String {
    try await withDemo { client, _ in
      try await client.ask(#"{"model":"demo"\#(more),"messages":[\#(messages)]}"#).replyText()
    }
  }

  private static let user = #"{"role":"user","content":"Hello"}"#
  private static let assistant = #"{"role":"assistant","content":"Hi"}"#

  @Test func `The first reply says that it is no model and how to get one`() async throws {
    let first = try await reply(Self.user)
    #expect(first.hasPrefix("**This is the demo, not a model**"))
    #expect(first.contains("export OPENAI_API_KEY="))
    let second = try await reply([Self.user, Self.assistant, Self.user].joined(separator: ","))
    #expect(second.hasPrefix("## What was sent"))
  }

  @Test func `Chinese is answered in Chinese`() async throws {
    let text = try await reply(#"{"role":"user","content":"你好"}"#)
    #expect(text.contains("这是演示，不是模型"))
    #expect(text.contains("1 条消息"))
    #expect(text.contains("没有设置参数。"))
  }

  @Test(arguments: ["Bonjour", "これは何ですか", "漢字とかな"])
  func `Any other language is answered in English`(words: String) async throws {
    #expect(try await reply(#"{"role":"user","content":"\#(words)"}"#).contains("What was sent"))
  }

  @Test func `Each message is told by role and shortened text`() async throws {
    let long = String(repeating: "word ", count: 30)
    let text = try await reply(
      #"{"role":"system","content":"Be brief."},{"role":"user","content":"a\nb `c`"},"#
        + #"{"role":"assistant","content":null},{"role":"user","content":"\#(long)"}"#)
    #expect(text.contains("Model `demo`, 4 messages, 0 pictures"))
    #expect(text.contains("1. **system**: `Be brief.`\n"))
    #expect(text.contains("2. **user**: `` a b `c` ``\n"))
    #expect(text.contains("3. **assistant**: (no text)\n"))
    #expect(text.contains("4. **user**: `\(long.prefix(59))…`\n"))
  }

  @Test func `The size of the request is told`() async throws {
    let body = #"{"model":"demo","messages":[\#(Self.user)]}"#
    #expect(try await reply(Self.user).contains("\(body.utf8.count) bytes"))
  }

  @Test func `The parameters are told as they were sent`() async throws {
    let text = try await reply(
      Self.user, #","top_p":1,"temperature":0.7,"stop":["a"],"response_format":{"type":"text"}"#)
    #expect(
      text.hasSuffix(
        "Parameters: `top_p` `1`, `temperature` `0.7`, `stop` `[\"a\"]`, "
          + "`response_format` `{\"type\":\"text\"}`."))
    #expect(try await reply(Self.user).hasSuffix("No parameters were set."))
  }

  struct Picture: CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let told: String
    var tokens = 765
    var testDescription: String { name }
  }

  /// Headers by the formats' own documents; nothing follows that a picture would need.
  private static let pictures = [
    Picture(
      name: "PNG",
      bytes: [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [0, 0, 4, 0, 0, 0, 3, 0, 8, 2, 0, 0, 0],
      told: "PNG 1024×768"),
    Picture(
      name: "JPEG with a thumbnail's size inside its metadata",
      bytes: [0xFF, 0xD8, 0xFF, 0xE1, 0, 12, 0xFF, 0xC0, 0, 17, 8, 0, 9, 0, 9, 3]
        + [0xFF, 0xC4, 0, 4, 1, 2] + [0xFF, 0xC2, 0, 17, 8, 0x02, 0x58, 0x03, 0x20, 3, 1, 0x22, 0],
      told: "JPEG 800×600"),
    Picture(
      name: "JPEG behind 200 KB of metadata",
      bytes: [0xFF, 0xD8]
        + Array(repeating: [0xFF, 0xE2, 0xFF, 0xFF] + Array(repeating: 7, count: 65_533), count: 3)
        .joined() + [0xFF, 0xC0, 0, 17, 8, 0x02, 0x58, 0x03, 0x20, 3, 1, 0x22, 0],
      told: "JPEG 800×600"),
    Picture(
      name: "GIF", bytes: Array("GIF89a".utf8) + [0x40, 1, 0xC8, 0, 0, 0, 0], told: "GIF 320×200",
      tokens: 255),
    Picture(
      name: "WebP, lossy",
      bytes: Array("RIFF\u{20}\0\0\0WEBPVP8 \u{14}\0\0\0".utf8)
        + [0, 0, 0, 0x9D, 0x01, 0x2A, 0x20, 0x43, 0x58, 0x02, 0, 0],
      told: "WEBP 800×600"),
    Picture(
      name: "WebP, lossless",
      bytes: Array("RIFF\u{20}\0\0\0WEBPVP8L\u{14}\0\0\0".utf8)
        + [0x2F, 0x1F, 0xC3, 0x95, 0x00, 0, 0, 0, 0, 0, 0],
      told: "WEBP 800×600"),
    Picture(
      name: "WebP, extended",
      bytes: Array("RIFF\u{20}\0\0\0WEBPVP8X\u{0A}\0\0\0".utf8)
        + [0, 0, 0, 0, 0x1F, 0x03, 0, 0x57, 0x02, 0, 0],
      told: "WEBP 800×600"),
  ]

  private static func part(_ url: String, detail: String = "high") -> String {
    #"{"type":"image_url","image_url":{"url":"\#(url)","detail":"\#(detail)"}}"#
  }

  private static func dataURL(_ bytes: [UInt8]) -> String {
    "data:image/png;base64," + Data(bytes).base64EncodedString()
  }

  @Test(arguments: pictures)
  func `A picture is told by its bytes`(_ picture: Picture) async throws {
    let part = Self.part(Self.dataURL(picture.bytes))
    let text = try await reply(#"{"role":"user","content":[\#(part)]}"#)
    let (count, tokens) = (picture.bytes.count, picture.tokens)
    #expect(text.contains("- \(picture.told), \(count) bytes, detail high, \(tokens) tokens"))
    #expect(text.contains("1 picture,"))
  }

  @Test func `A picture at low detail costs little, one at a URL is not fetched`() async throws {
    let parts = [
      #"{"type":"text","text":"What?"}"#,
      Self.part(Self.dataURL(Self.pictures[0].bytes), detail: "low"),
      Self.part("https://example.org/walk.jpg", detail: "auto"),
    ].joined(separator: ",")
    let text = try await reply(#"{"role":"user","content":[\#(parts)]}"#)
    #expect(text.contains("1. **user**: `What?`\n   - PNG 1024×768"))
    #expect(text.contains("detail low, 85 tokens"))
    #expect(text.contains("- `https://example.org/walk.jpg`, detail auto, not fetched"))
  }

  @Test func `A large picture arrives whole`() async throws {
    let bytes = Self.pictures[0].bytes + Array(repeating: 0xA5, count: 8_000_000)
    let part = Self.part(Self.dataURL(bytes))
    let text = try await reply(#"{"role":"user","content":[\#(part)]}"#)
    #expect(text.contains("PNG 1024×768, \(bytes.count) bytes"))
  }
}
