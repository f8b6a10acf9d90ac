import Conversation
import FoundationEssentials
import JSON
import Testing

/// Values that come from outside: what is not allowed cannot be held.
@Suite struct ParsedValueTests {
  static let digest = String(repeating: "0123456789abcdef", count: 4)

  @Test func `A digest is 64 lower-case hexadecimal digits`() throws {
    #expect(try #require(Digest(rawValue: Self.digest)).rawValue == Self.digest)
    #expect(Digest(bytes: [UInt8](repeating: 0x0F, count: 32)).rawValue.hasPrefix("0f0f"))
  }

  static let otherTexts: [String] =
    [
      "", "ab", "../../../../etc/passwd", "/etc/passwd", digest + "0", digest.uppercased(),
      "../" + digest.dropFirst(3),
    ] + ["", "g", "/", "\0", "é"].map { digest.dropLast() + $0 }

  @Test(arguments: otherTexts)
  func `Nothing else is a digest`(text: String) throws {
    #expect(Digest(rawValue: text) == nil)
    let json = try JSONEncoder().encode([text])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([Digest].self, from: json) }
  }

  @Test(arguments: [
    "http://e.org", "https://e.org/a.png?x=1#y", "HTTPS://E.org", "https://user:pw@e.org:8080/x",
    "https://[::1]:80/x", "http://127.0.0.1", "data:image/png;base64,AAAA", "DATA:,x",
    "https://例子.中国/图",
  ])
  func `An address is held as it was written`(text: String) throws {
    #expect(try #require(SafeURL(rawValue: text)).rawValue == text)
  }

  @Test(arguments: [
    "", "file:///etc/passwd", "/etc/passwd", "ftp://e.org/a", "javascript:alert(1)", "e.org/a.png",
    "http:e.org", "http:/e.org", "http://", "https:///etc/passwd", "http://@/x", "http://:80/",
    "https://e.org/a b", "https://e.org/\u{1B}[2J", "https://e.org/\n", " https://e.org",
    "sandbox:/mnt/data/a.png", "blob:https://e.org/1", "httpss://e.org", "https://u@:80",
  ])
  func `No other address can be held`(text: String) {
    #expect(SafeURL(rawValue: text) == nil)
  }

  @Test func `An address without end is none`() {
    let path = String(repeating: "a", count: SafeURL.longestAddress)
    #expect(SafeURL(rawValue: "https://" + path) != nil)
    #expect(SafeURL(rawValue: "https://e" + path) == nil)
  }

  @Test(arguments: [Int.min, -1, TokenCount.largest + 1, 4_611_686_018_427_387_904, .max])
  func `A count that no server can mean is none`(count: Int) throws {
    #expect(TokenCount(exactly: count) == nil)
    #expect(
      TokenUsage(reportedPrompt: 1, completion: count, cached: nil, reasoning: nil) == nil)
    let json = Data(
      """
      {"model":"m","provider":"p","reasoning":"","isRefusal":false,"milliseconds":\(count),
       "usage":{"prompt":1,"completion":2,"cached":0,"reasoning":\(count)}}
      """.utf8)
    let reply = try JSONDecoder().decode(ReplyDetails.self, from: json)
    #expect(reply == ReplyDetails(model: "m", provider: "p"))
  }

  @Test func `Sums of counts end at the largest`() {
    let most = TokenUsage(
      prompt: TokenCount(.max), completion: TokenCount(.max), cached: TokenCount(.max),
      reasoning: TokenCount(.max))
    #expect(most + most == most)
    #expect(most.total == TokenCount(TokenCount.largest))
    #expect(TokenCount(1) - TokenCount(2) == 0)
    #expect(ByteCount(.max) + ByteCount(.max) == ByteCount(ByteCount.largest))
    #expect(ByteCount(-5) == 0)
    #expect(PixelSize(width: .max, height: .max).pixelCount == 1 << 56)
  }

  @Test func `A size in pixels from outside has at least one each way`() throws {
    let json = Data(#"[{"width":-9223372036854775808,"height":9223372036854775807}]"#.utf8)
    #expect(
      try JSONDecoder().decode([PixelSize].self, from: json)
        == [PixelSize(width: 1, height: PixelSize.longestSide)])
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan, 1e300, -1, 253_402_300_801])
  func `A time that is none is not taken`(seconds: Double) {
    #expect(Timestamp(seconds: seconds) == nil)
  }

  @Test(arguments: [Int64.min, .max, 1 << 41, -1])
  func `Identifiers of any moment rise and stay positive`(milliseconds: Int64) {
    var source = IdentifierSource(entropy: 1)
    let time = Timestamp(milliseconds: milliseconds)
    let first: MessageID = source.next(at: time)
    let second: MessageID = source.next(at: time)
    #expect(first.rawValue > 0)
    #expect(second > first)
    let moment = Moment(timestamp: time, entropy: .max, uptime: 0)
    let made: MessageID = moment.makeIdentifier(1023)
    #expect(made.rawValue > 0)
  }

  @Test func `Parts of JSON keep their shape`() throws {
    let parts: [ContentPart] = [
      .text("a"), .unknown(json: #"{"audio": 1}"#),
      .picture(PictureReference(source: .remote("https://e.org/a"), name: "a", detail: .low)),
    ]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(parts)
    #expect(
      String(decoding: json, as: UTF8.self)
        == #"[{"text":"a","type":"text"},{"json":"{\"audio\": 1}","type":"unknown"},"#
        + #"{"name":"a","picture":{"detail":"low","has_location":false},"#
        + #""source":{"url":"https://e.org/a"},"type":"media"}]"#
    )
    let read = try #require(JSONValue(parsing: Array(json)))
    #expect(try read.decode([ContentPart].self) == parts)
  }
}
