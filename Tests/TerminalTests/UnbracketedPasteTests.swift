import Terminal
import Testing

/// A paste that comes without brackets, told from keys by its speed.
struct UnbracketedPasteTests {
  private func feed(_ reads: [String], isBurst: Bool = true) -> [UnbracketedPaste.Output] {
    var paste = UnbracketedPaste()
    let outputs = reads.flatMap { paste.feed(Array($0.utf8), isBurst: isBurst) }
    return outputs + paste.expire()
  }

  @Test(arguments: [
    ("one\rtwo", "one\ntwo"), ("one\rtwo\r", "one\ntwo\n"), ("\rone\rtwo", "\none\ntwo"),
    ("a\tb\n\tc\n\n桥", "a\tb\n\tc\n\n桥"), ("one\r\ntwo", "one\ntwo"),
  ])
  func `Text with a line break inside, in one read, is one paste`(bytes: String, text: String) {
    #expect(feed([bytes]) == [.paste(text)])
  }

  @Test func `A paste that comes in several reads is one text, wherever it is cut`() {
    let bytes = "first line\r\tsecond 桥\rlast\r"
    for cut in 1..<bytes.utf8.count {
      let head = Array(bytes.utf8.prefix(cut))
      let tail = Array(bytes.utf8.dropFirst(cut))
      var paste = UnbracketedPaste()
      let outputs = paste.feed(head, isBurst: true) + paste.feed(tail, isBurst: true)
      var keys: [UInt8] = []
      var text = ""
      for output in outputs + paste.expire() {
        switch output {
        case .keys(let bytes): keys += bytes
        case .paste(let pasted): text += pasted
        }
      }
      // What came before the first line break may have been keys, which insert themselves.
      #expect(!keys.contains(0x0D) && !keys.contains(0x09))
      #expect(String(decoding: keys, as: UTF8.self) + text == "first line\n\tsecond 桥\nlast\n")
    }
  }

  @Test(arguments: ["x", "\r", "hello\r", "\rhello", "\r\r", "no break", "a\tb", "hello\r\n"])
  func `A line and Enter, as a script types them, are keys`(bytes: String) {
    let keys = feed([bytes]).flatMap { output -> [UInt8] in
      if case .keys(let bytes) = output { bytes } else { [] }
    }
    #expect(keys == Array(bytes.utf8))
  }

  @Test func `Long text without a line break is a paste, and Enter behind it a key`() {
    let text = String(repeating: "a桥 ", count: 1000)
    #expect(feed([text]) == [.paste(text)])
    #expect(feed([text, text + "\r"]) == [.paste(text + text), .keys([0x0D])])
    #expect(feed(["\r" + text + "\r\r"]) == [.keys([0x0D]), .paste(text), .keys([0x0D, 0x0D])])
    #expect(feed([text], isBurst: false) == [.keys(Array(text.utf8))])
  }

  @Test func `Sequences and control keys are never part of one`() {
    #expect(feed(["a\r\u{1B}[A\rb"]) == [.keys(Array("a\r\u{1B}[A\rb".utf8))])
    #expect(feed(["a\rb", "\u{3}"]) == [.paste("a\nb"), .keys([3])])
  }

  @Test(arguments: [
    "\u{1B}[>1;10;0c", "\u{1B}[?1;2c", "\u{1B}P1+r436f\u{1B}\\", "\u{1B}]11;?\u{7}",
  ])
  func `A terminal's answer in the same read is no part of a paste`(answer: String) {
    #expect(feed([answer + "a\rb"]) == [.keys(Array(answer.utf8)), .paste("a\nb")])
    #expect(feed(["a\rb" + answer]) == [.keys(Array(answer.utf8)), .paste("a\nb")])
    #expect(feed([answer]) == [.keys(Array(answer.utf8))])
    let bracketed = "\u{1B}[200~a\r" + answer + "b\u{1B}[201~"
    #expect(feed([bracketed]) == [.keys(Array(bracketed.utf8))])
    // What is not whole goes on in the next read.
    let part = String(answer.dropLast(2))
    #expect(feed([part]) == [.keys(Array(part.utf8))])
  }

  @Test func `Lines that were typed while the program was busy are keys`() {
    #expect(feed(["one\rtwo\r"], isBurst: false) == [.keys(Array("one\rtwo\r".utf8))])
    #expect(!UnbracketedPaste.isBurst(8, within: .milliseconds(400)))
    #expect(UnbracketedPaste.isBurst(400, within: .milliseconds(400)))
    #expect(UnbracketedPaste.isBurst(4, within: .milliseconds(2)))
  }
}
