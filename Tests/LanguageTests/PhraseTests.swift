import Language
import Testing

@Suite struct PhraseTests {
  @Test func `A phrase reads as it was written, in English`() {
    let phrase = say("\("a.png")\("b.png") is 50% of \(7)")
    #expect(phrase.text() == "a.pngb.png is 50% of 7")
  }

  @Test func `A phrase's key has a mark for each argument`() {
    #expect(say("\(1) of \(2), 5%").key == "%@ of %@, 5%%")
  }

  @Test func `An argument's own percent signs are left alone`() {
    #expect(say("No file \("%@%1").").text() == "No file %@%1.")
  }

  @Test func `A phrase inside a phrase is translated with it`() {
    let inner = say("inner \(1)")
    #expect(say("outer (\(inner))").text() == "outer (inner 1)")
  }

  @Test func `A text that needs no translation is the same in every language`() {
    let phrase = Phrase.verbatim("50 % of $0.011")
    #expect(
      Language.allCases.map { phrase.text(in: $0) }
        == Language.allCases.map { _ in "50 % of $0.011" })
  }

  @Test func `A translation may take its arguments in another order`() {
    let phrase = say("\(2) of \(5, .pictures) cannot be used: \("x")")
    #expect(phrase.text(in: .simplifiedChinese) == "5 张图片中有 2 张无法使用：x")
  }

  @Test func `One thing is said in the singular, in every sentence that counts`() {
    for noun in CountedNoun.allCases {
      let (one, none) = (noun.phrase(of: 1).text(), noun.phrase(of: 0).text())
      #expect(one.hasPrefix("1 ") && none.hasPrefix("0 "))
      #expect(none.dropFirst() != one.dropFirst() && noun.phrase(of: 2).text().hasPrefix("2 "))
    }
    let phrase = say("\(1, .messages) in \(2, .conversations)")
    #expect(phrase.text() == "1 message in 2 conversations")
  }

  @Test func `A sentence without a translation is said in English`() {
    #expect(
      Phrase(key: "Unheard of %@.", arguments: [.text("x")]).text(in: .simplifiedChinese)
        == "Unheard of x.")
  }

  @Test func `A Chinese sentence leaves no room behind the full stop of one that it holds`() {
    let price = say("Any key closes.")
    let line = say("\(price) A /draw now: \("$0.04")")
    #expect(line.text(in: .simplifiedChinese) == "按任意键关闭。现在 /draw 会请求：$0.04")
    #expect(line.text() == "Any key closes. A /draw now: $0.04")
    let named = say("\("picture_size") A /draw now: \("$0.04")")
    #expect(named.text(in: .simplifiedChinese) == "picture_size 现在 /draw 会请求：$0.04")
  }

  @Test func `Every Chinese locale reads Chinese`() {
    #expect(Language(locale: "zh_TW.UTF-8") == .simplifiedChinese)
    #expect(Language(locale: "C.UTF-8") == .english)
  }
}
