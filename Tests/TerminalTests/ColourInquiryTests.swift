import Terminal
import Testing

/// What terminals answer about their colours, as each gives it.
///
/// The inquiry itself is driven through a session, in `SessionTests`.
@Suite struct ColourAnswerTests {
  @Test(arguments: [
    // xterm 379 and kitty 0.26, to `Co`.
    ("\u{1B}P1+r436F=323536\u{1B}\\", ["Co": "256"]),
    ("\u{1B}P1+r524742=38\u{1B}\\", ["RGB": "8"]),
    // foot, to `RGB`, which is a flag there.
    ("\u{1B}P1+r524742\u{1B}\\", ["RGB": ""]),
    ("\u{1B}P1+r436f=323536;544e=787465726D\u{1B}\\", ["Co": "256", "TN": "xterm"]),
  ])
  func `Capabilities are read in either case`(bytes: String, values: [String: String]) {
    var tokenizer = Tokenizer()
    #expect(tokenizer.feed(Array(bytes.utf8)) == [.answer(.capabilities(values))])
  }

  @Test(arguments: ["\u{1B}P0+r\u{1B}\\", "\u{1B}P0+r524742\u{1B}\\"])
  func `A capability that there is not is told as another answer`(bytes: String) {
    var tokenizer = Tokenizer()
    guard case .answer(.other) = tokenizer.feed(Array(bytes.utf8)).first else {
      Issue.record("\(bytes)")
      return
    }
  }

  @Test func `A colour of the palette is told by its number`() {
    var tokenizer = Tokenizer()
    let events = tokenizer.feed(Array("\u{1B}]4;255;rgb:eeee/eeee/eeee\u{07}".utf8))
    #expect(events == [.answer(.paletteColour(255))])
  }

  @Test func `The secondary attributes are no key`() {
    var tokenizer = Tokenizer()
    let events = tokenizer.feed(Array("a\u{1B}[>41;379;0cb".utf8))
    #expect(
      events == [.key([0x61]), .answer(.secondaryAttributes([41, 379, 0])), .key([0x62])])
  }

  @Test(arguments: ["\u{1B}P1+r=;=4;43=4;zz=1;436F\u{1B}\\", "\u{1B}P1+r\u{1B}\\"])
  func `Answers that are none are read without harm`(bytes: String) {
    var tokenizer = Tokenizer()
    guard case .answer(.capabilities) = tokenizer.feed(Array(bytes.utf8)).first else {
      Issue.record("\(bytes)")
      return
    }
  }
}
