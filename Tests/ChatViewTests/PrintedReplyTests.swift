import ChatScreen
import ChatView
import Language
import Screen
import Testing

/// What `iris ask` writes to a terminal.
@Suite struct PrintedReplyTests {
  private func reply(columns: Int = 40, colors: ColorDepth = .indexed) -> PrintedReply {
    var capabilities = TerminalCapabilities(
      size: Size(columns: columns, rows: 24), language: .english)
    capabilities.colors = colors
    return PrintedReply(capabilities)
  }

  /// The text without its sequences of colours and attributes.
  private func plain(_ text: String) -> String {
    var result = ""
    var isInside = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" { isInside = true }
      if !isInside { result.unicodeScalars.append(scalar) }
      if scalar == "m" { isInside = false }
    }
    return result
  }

  private static let markdown = """
    # Title

    Some **bold** and `code` words that go on until the row is full.

    - one
    - 二

    ```swift
    let a = 1
    ```

    | a | b |
    |---|---|
    | 1 | 2 |

    The end.
    """

  @Test func `Blocks are laid out as on the screen, and end with line breaks`() {
    var reply = reply()
    let text = plain(reply.append(Self.markdown) + reply.finish())
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows.first == "Title")
    #expect(rows.last == "")
    #expect(rows.contains("Some bold and code words that go on"))
    #expect(rows.contains { $0.hasSuffix("let a = 1") })
    #expect(!text.contains("**") && !text.contains("```") && !text.contains("|---"))
    #expect(rows.allSatisfy { DisplayWidth.columns(of: String($0)) < 40 })
  }

  @Test(arguments: [1, 2, 7, 50])
  func `A reply in pieces comes out as the whole one`(length: Int) {
    var whole = reply()
    let expected = whole.append(Self.markdown) + whole.finish()
    var pieces = reply()
    var result = ""
    var rest = Self.markdown[...]
    while !rest.isEmpty {
      result += pieces.append(String(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    #expect(result + pieces.finish() == expected)
  }

  @Test func `A block is given when the line that ends it has come, and not before`() {
    var reply = reply()
    #expect(reply.append("# He") == "")
    #expect(plain(reply.append("ad\n")) == "Head\n")
    #expect(reply.append("First para") == "")
    #expect(reply.append("graph.\n") == "")
    #expect(plain(reply.append("\n")) == "\nFirst paragraph.\n")
    #expect(reply.append("Second") == "")
    #expect(plain(reply.append("\n\nThird")) == "\nSecond\n")
    #expect(plain(reply.finish()) == "\nThird\n")
    #expect(reply.finish() == "")
  }

  @Test func `Plain prose comes row by row, and what markup may change waits`() {
    var reply = reply()
    let words = (1...30).map(String.init).joined(separator: " ")
    let rows = plain(reply.append(words))
    #expect(rows.hasPrefix("1 2 3 ") && rows.hasSuffix("\n"))
    #expect(plain(reply.append(" **31")) == "")
    let rest = plain(reply.append("** 32\n\n") + reply.finish())
    #expect(
      (rows + rest).split(whereSeparator: \.isWhitespace).map(String.init)
        == (1...32).map(String.init))
  }

  @Test(arguments: [1, 3, 100])
  func `A short paragraph at the end is given`(length: Int) {
    var reply = reply(columns: 80)
    var result = ""
    var rest = "Say `long`, or `count 100`.\n\n1 2 3"[...]
    while !rest.isEmpty {
      result += reply.append(String(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    #expect(plain(result + reply.finish()) == "Say long, or count 100.\n\n1 2 3\n")
  }

  @Test(arguments: ["2 ** 3", "a *b", "`x"])
  func `Signs that nothing closed are there at the end`(text: String) {
    var reply = reply()
    #expect(plain(reply.append(text + "\n\n") + reply.finish()) == text + "\n")
  }

  @Test func `What the model wrote steers no terminal`() {
    var reply = reply(colors: .none)
    let text = reply.append("a\u{1B}]2;owned\u{7}b\u{9B}2J\u{202E}c\n\n    \u{1B}[2J\n")
    let rest = reply.finish()
    #expect(!(text + rest).contains("\u{1B}]") && !(text + rest).contains("\u{1B}[2J"))
    #expect(!(text + rest).unicodeScalars.contains { (0x7F...0x9F).contains($0.value) })
    #expect(!(text + rest).contains("\u{202E}"))
  }

  @Test func `Without colours nothing but attributes is set`() {
    var reply = reply(colors: .none)
    let text = reply.append(Self.markdown) + reply.finish()
    let sequences = text.split(separator: "\u{1B}[").dropFirst().map { $0.prefix { $0 != "m" } }
    let codes = sequences.flatMap { $0.split(separator: ";") }.compactMap { Int($0) }
    #expect(codes.contains(1))
    #expect(codes.allSatisfy { $0 < 30 })
  }
}
