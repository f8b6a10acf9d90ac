import Secrets
import SeededNumbers
import Testing

@Suite struct RedactionTests {
  static let key = "sk-proj-AbC123_x-yZ456789qwertyUIOP0123"

  /// A way in which a server, or a library on the way, gives back what it was sent.
  struct Echo: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String

    init(_ name: String, _ text: String) {
      testDescription = name
      self.text = text
    }
  }

  private static func hex(_ value: UInt8) -> String {
    (value < 16 ? "0" : "") + String(value, radix: 16)
  }

  private static func each(_ spell: (UInt8) -> String) -> String {
    key.utf8.map(spell).joined()
  }

  private static func parted(by text: String) -> String {
    key.map(String.init).joined(separator: text)
  }

  private static func base64(_ text: String) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bits = text.utf8.flatMap { byte in (0..<8).map { Int(byte >> (7 - $0) & 1) } }
    let padded = bits + [Int](repeating: 0, count: (6 - bits.count % 6) % 6)
    let groups = stride(from: 0, to: padded.count, by: 6).map { padded[$0..<($0 + 6)] }
    let text = String(groups.map { letters[$0.reduce(0) { $0 << 1 | $1 }] })
    return text + String(repeating: "=", count: (4 - text.count % 4) % 4)
  }

  static let echoes: [Echo] = [
    Echo("plain", key),
    Echo("in capitals", key.uppercased()),
    Echo("as a host's name", key.lowercased()),
    Echo("percent-encoded", each { "%" + hex($0).uppercased() }),
    Echo("percent-encoded in part", key.replacing("-", with: "%2D").replacing("_", with: "%5f")),
    Echo("percent-encoded twice", each { "%25" + hex($0) }),
    Echo("escaped for JSON", each { "\\u00" + hex($0) }),
    Echo("escaped for JSON twice", each { "\\\\u00" + hex($0) }),
    Echo("escaped for C", each { "\\x" + hex($0) }),
    Echo("as decimal references", each { "&#\($0);" }),
    Echo("as hexadecimal references", each { "&#x" + hex($0) + ";" }),
    Echo("in base64", base64(key)),
    Echo("in base64 behind a name", base64("me:" + key)),
    Echo("in base64 behind a longer name", base64("user:" + key + "\n")),
    Echo("in base64 behind a colon", base64(":" + key)),
    Echo("in base64 for URLs", base64(key).replacing("+", with: "-").replacing("/", with: "_")),
    Echo("in base64 of several lines", base64(key).map(String.init).joined(separator: "\r\n")),
    Echo("with soft hyphens", parted(by: "\u{AD}")),
    Echo("with zero-width blanks", parted(by: "\u{200B}")),
    Echo("with byte order marks", parted(by: "\u{FEFF}")),
    Echo("with controls of direction", parted(by: "\u{202E}\u{2066}")),
    Echo("with tags", parted(by: "\u{E0041}")),
    Echo("with null bytes", parted(by: "\0")),
    Echo("with backspaces", parted(by: "\u{8}")),
    Echo("with C1 controls", parted(by: "\u{9B}")),
    Echo("with line breaks", parted(by: "\n")),
    Echo("with replacement characters", parted(by: "\u{FFFD}")),
    Echo("with escaped line breaks", parted(by: "\\n")),
    Echo("its first half", String(key.prefix(20))),
  ]

  @Test(arguments: echoes)
  func `A key is taken out in every spelling`(_ echo: Echo) {
    let redaction = Redaction([Secret(Self.key)])
    let text = redaction.redacting("Before <\(echo.text)> behind")
    #expect(text.hasPrefix("Before <") && text.hasSuffix("> behind"))
    #expect(text.contains("…"))
    #expect(text.unicodeScalars.count <= "Before <> behind".count + 12)
  }

  @Test func `The end of a key, and its middle, go as the key does`() {
    let redaction = Redaction([Secret(Self.key)])
    #expect(redaction.redacting("ends in \(Self.key.suffix(20))") == "ends in …")
    #expect(redaction.redacting("has \(Self.key.dropFirst(9).prefix(16)) in it") == "has … in it")
  }

  @Test(arguments: echoes)
  func `A key in pieces is taken out as one that came whole`(_ echo: Echo) {
    let redaction = Redaction([Secret(Self.key)])
    let text = "Before <\(echo.text)> behind"
    for length in [1, 2, 3, 5, 8, 13] {
      var stream = RedactionStream(redaction)
      var rest = text.unicodeScalars[...]
      var result = ""
      while !rest.isEmpty {
        result += stream.feed(String(String.UnicodeScalarView(rest.prefix(length))))
        rest = rest.dropFirst(length)
      }
      #expect(result + stream.finish() == redaction.redacting(text), "pieces of \(length)")
    }
  }

  @Test(arguments: 1..<key.count)
  func `A key that began in a text in front is taken out where it goes on`(length: Int) {
    let redaction = Redaction([Secret(Self.key)])
    let (front, rest) = ("a \(Self.key.prefix(length))", Self.key.dropFirst(length))
    var stream = RedactionStream(redaction, behind: ["nothing of it", front, ""])
    var result = rest.map { stream.feed(String($0)) }.joined()
    result += stream.feed(" b") + stream.finish()
    // What is shorter than eight letters says too little of it.
    #expect(result == "… b" || rest.count < 16 && result == "\(rest) b" || result == "… b")
    #expect(!(length >= 8) || result == "… b")
  }

  @Test(arguments: 1...100)
  func `Any text without a secret stays as it is, whole and in pieces`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let redaction = Redaction([Secret(Self.key), Secret("hunter22secret")])
    let pieces = ["sk-", "proj", "%7", "%", "\\u00", "&#1", "&", "\u{200B}", "你", "\n", "hunter"]
    var stream = RedactionStream(redaction)
    var (text, result) = ("", "")
    for _ in 0..<50 {
      let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
      text += piece
      result += stream.feed(piece)
    }
    #expect(result + stream.finish() == text)
    #expect(redaction.redacting(text) == text)
  }

  @Test func `Numbers in a row are no key of digits`() {
    let numbers = (0..<100).map { "\($0) " }.joined()
    #expect(Redaction([Secret("sk-0123456789")]).redacting(numbers) == numbers)
    #expect(Redaction([Secret("0123456789")]).redacting(numbers) == numbers)
  }

  @Test(arguments: [
    "", "sk-proj- is how they begin", "a sk-… b", "AbC123", "100% sure & \\alpha", "key: Abc…0123",
  ])
  func `What is no key stays`(text: String) {
    #expect(Redaction([Secret(Self.key)]).redacting(text) == text)
  }

  @Test(arguments: ["ollama", "none", "lm-studio", "not-needed", "sk-no-key-required", "", "k"])
  func `A word that anybody could say is no secret`(word: String) {
    #expect(Redaction([Secret(word)]).redacting("say \(word) twice") == "say \(word) twice")
  }

  @Test func `Several secrets are taken out, the longer one of two that begin alike`() {
    let redaction = Redaction([
      Secret("password12"), Secret("password123456"), Secret("z9y8x7w6v5"),
    ])
    #expect(redaction.redacting("password123456, z9y8x7w6v5; password12.") == "…, …; ….")
  }

  @Test func `A text that looks like a key for ever gets on`() {
    var stream = RedactionStream(Redaction([Secret(Self.key)]))
    let blanks = String(repeating: "\n", count: 1000)
    var count = stream.feed("sk-").count
    for _ in 0..<100 { count += stream.feed(blanks).count }
    #expect(count > 60_000)
    #expect(count + stream.finish().count == 100_003)
  }

  @Test func `Secrets that are known later are hidden from then on`() {
    let known = KnownSecrets()
    #expect(known.redaction.redacting(Self.key) == Self.key)
    known.add(Secret(Self.key))
    #expect(known.redaction.redacting(Self.key) == "…")
  }
}
