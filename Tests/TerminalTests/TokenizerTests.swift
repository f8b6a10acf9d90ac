import Screen
import Terminal
import Testing

/// Input from a terminal, cut into keys, pastes, mouse reports and answers.
struct TokenizerTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let input: String
    let events: [TerminalEvent]
    var testDescription: String { name }

    init(_ name: String, _ input: String, _ events: TerminalEvent...) {
      self.name = name
      self.input = input
      self.events = events
    }
  }

  static let cases = [
    Case("letters", "ab", key("a"), key("b")),
    Case("a Chinese character and an emoji", "桥🌉", key("桥"), key("🌉")),
    Case("control bytes", "\u{3}\u{1A}\r", key("\u{3}"), key("\u{1A}"), key("\r")),
    Case("arrows", "\u{1B}[A\u{1B}OB", key("\u{1B}[A"), key("\u{1B}OB")),
    Case("modified keys", "\u{1B}[1;5C\u{1B}[5~", key("\u{1B}[1;5C"), key("\u{1B}[5~")),
    Case("Alt keys", "\u{1B}b\u{1B}é\u{1B}\r", key("\u{1B}b"), key("\u{1B}é"), key("\u{1B}\r")),
    Case("the Linux console's F1", "\u{1B}[[Ax", key("\u{1B}[[A"), key("x")),
    Case("Esc before another sequence", "\u{1B}\u{1B}[A", key("\u{1B}"), key("\u{1B}[A")),
    Case("a paste", "a\u{1B}[200~x\u{1B}[201~b", key("a"), .paste("x"), key("b")),
    Case("lines of a paste", "\u{1B}[200~1\r\n2\r3\n4\u{1B}[201~", .paste("1\n2\n3\n4")),
    Case(
      "a paste with a sequence in it", "\u{1B}[200~\u{1B}[31m\u{7}red\t!\u{1B}[201~",
      .paste("[31mred\t!")),
    Case("an empty paste", "\u{1B}[200~\u{1B}[201~", .paste("")),
    Case("the wheel anywhere", "\u{1B}[<64;5;9M\u{1B}[<65;1;1M", wheel(64), wheel(65)),
    Case("the wheel with Shift", "\u{1B}[<68;5;9M", wheel(64)),
    Case(
      "a click", "\u{1B}[<0;5;9M\u{1B}[<0;5;9m", mouse(.press, 0, 4, 8), mouse(.release, 0, 4, 8)),
    Case("a drag", "\u{1B}[<34;1;1M", mouse(.drag, 2, 0, 0)),
    Case("an old terminal's click", "\u{1B}[M !!x", mouse(.press, 0, 0, 0), key("x")),
    Case("focus", "\u{1B}[I\u{1B}[O", .focus(true), .focus(false)),
    Case("device attributes", "\u{1B}[?62;4;22c", .answer(.attributes([62, 4, 22]))),
    Case(
      "a background ended by BEL", "\u{1B}]11;rgb:ffff/8080/0000\u{7}",
      .answer(.background(red: 255, green: 128, blue: 0))),
    Case(
      "a background ended by ST", "\u{1B}]11;rgb:1/22/333\u{1B}\\",
      .answer(.background(red: 17, green: 34, blue: 51))),
    Case("kitty's graphics", "\u{1B}_Gi=31;OK\u{1B}\\", .answer(.graphics("OK"))),
    Case("the size of a cell", "\u{1B}[6;18;9t", .answer(.cellSize(width: 9, height: 18))),
    Case("another report of the window", "\u{1B}[8;24;80t", other("\u{1B}[8;24;80t")),
    Case("any other answer", "\u{1B}[?2026;2$yq", other("\u{1B}[?2026;2$y"), key("q")),
    Case("a device string", "\u{1B}P1$r0m\u{1B}\\q", other("\u{1B}P1$r0m"), key("q")),
    Case("Alt keys that begin strings", "\u{1B}]a\u{1B}_b", alt("]"), key("a"), alt("_"), key("b")),
  ]

  @Test(arguments: cases)
  func `Whole input gives its events`(example: Case) {
    var tokenizer = Tokenizer()
    #expect(tokenizer.feed(example.input.utf8) == example.events)
    #expect(tokenizer.patience == nil)
  }

  @Test(arguments: cases)
  func `Any split of the input gives the same events`(example: Case) {
    let bytes = Array(example.input.utf8)
    for split in bytes.indices {
      var tokenizer = Tokenizer()
      let events = tokenizer.feed(bytes[..<split]) + tokenizer.feed(bytes[split...])
      #expect(events == example.events, "split at \(split)")
    }
  }

  @Test func `Esc alone is a key once nothing follows`() {
    var tokenizer = Tokenizer()
    #expect(tokenizer.feed([0x1B]).isEmpty)
    #expect(tokenizer.patience == .milliseconds(30))
    #expect(tokenizer.expire() == [Self.key("\u{1B}")])
    #expect(tokenizer.patience == nil)
    #expect(tokenizer.expire().isEmpty)
  }

  @Test func `Half a sequence is dropped, and the keys after it are whole`() {
    var tokenizer = Tokenizer()
    #expect(tokenizer.feed("\u{1B}[1;".utf8).isEmpty)
    #expect(tokenizer.patience == .milliseconds(500))
    #expect(tokenizer.expire().isEmpty)
    #expect(tokenizer.feed("x".utf8) == [Self.key("x")])
  }

  @Test func `A paste that never ends is taken as far as it came`() {
    var tokenizer = Tokenizer()
    #expect(tokenizer.feed("\u{1B}[200~half".utf8).isEmpty)
    #expect(tokenizer.patience == .seconds(5))
    #expect(tokenizer.expire() == [.paste("half")])
  }

  @Test(
    arguments: [
      [0xFF], [0x80], [0xC0, 0x80], [0xE6, 0xA1], [0xED, 0xA0, 0x80], [0xF8],
    ] as [[UInt8]])
  func `Bytes that are no UTF-8 become replacement characters`(bytes: [UInt8]) {
    var tokenizer = Tokenizer()
    let events = tokenizer.feed(bytes + Array("x".utf8))
    #expect(events.last == Self.key("x"))
    #expect(events.count > 1)
    #expect(events.dropLast().allSatisfy { $0 == Self.key("\u{FFFD}") })
  }

  @Test func `A paste of two megabytes comes out whole`() {
    var tokenizer = Tokenizer()
    let text = String(repeating: "~0123456789桥\n", count: 140_000)
    var events = tokenizer.feed("\u{1B}[200~".utf8)
    var rest = ArraySlice(text.utf8)
    while !rest.isEmpty {
      events += tokenizer.feed(rest.prefix(4_096))
      rest = rest.dropFirst(4_096)
    }
    events += tokenizer.feed("\u{1B}[201~".utf8)
    #expect(events == [.paste(text)])
  }

  @Test func `An endless string does not take the keys with it for ever`() {
    var tokenizer = Tokenizer()
    #expect(tokenizer.feed("\u{1B}]52;\(String(repeating: "A", count: 100_000))".utf8).isEmpty)
    let events = tokenizer.feed("\u{1B}\\q".utf8)
    #expect(events.last == Self.key("q"))
  }

  private static func key(_ text: String) -> TerminalEvent { .key(Array(text.utf8)) }
  private static func alt(_ text: String) -> TerminalEvent { key("\u{1B}" + text) }
  private static func wheel(_ button: Int) -> TerminalEvent { key("\u{1B}[<\(button)M") }
  @Test func `An answer that does not end is not kept whole`() {
    var tokenizer = Tokenizer()
    let endless = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
    let events = tokenizer.feed(Array("\u{1B}]0;".utf8) + endless + [0x07])
    guard case .answer(.other(let bytes)) = events.first else {
      Issue.record("\(events.count) events")
      return
    }
    #expect(bytes.count < 10_000)
  }

  private static func other(_ text: String) -> TerminalEvent { .answer(.other(Array(text.utf8))) }
  private static func mouse(
    _ action: MouseEvent.Action, _ button: Int, _ column: Int, _ row: Int
  ) -> TerminalEvent {
    .mouse(MouseEvent(action, button: button, at: Point(column: column, row: row)))
  }
}
