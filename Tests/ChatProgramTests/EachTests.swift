import ChatProgram
import Language
import ModelCatalog
import Testing

/// What `--each` decides: how many go at once, what goes out when, how far it has come.
@Suite struct EachTests {
  @Test func `A refusal halves how many go side by side, and successes bring them back`() {
    var pacing = EachPacing(most: 4)
    #expect(pacing.allowsAnother(beside: 3, at: 0))
    #expect(!pacing.allowsAnother(beside: 4, at: 0))
    pacing.backOff(until: 1_000)
    // The others that went with it are refused too, and count once.
    pacing.backOff(until: 900)
    #expect(pacing.limit == 2)
    #expect(!pacing.allowsAnother(beside: 0, at: 999))
    #expect(pacing.allowsAnother(beside: 1, at: 1_000))
    pacing.succeed()
    pacing.succeed()
    #expect(pacing.limit == 3)
    for _ in 0..<9 { pacing.succeed() }
    #expect(pacing.limit == 4)
    for time in 1...9 { pacing.backOff(until: Int64(time) * 10_000) }
    #expect(pacing.limit == 1)
    #expect(EachPacing(most: 0).most == 1)
  }

  @Test func `Replies come out in the request of the pictures, each whole behind its header`() {
    var text = EachText(names: ["a", "b", "c", "d"])
    var out = text.add("one", of: 1)
    #expect(out == "")
    out += text.add("nu", of: 0)
    #expect(out == "==> a <==\nnu")
    out += text.add("ll", of: 0) + text.end(2)
    out += text.end(0)
    #expect(out == "==> a <==\nnull\n\n==> b <==\none")
    out += text.add(" more\n", of: 1) + text.end(1) + text.add("three", of: 3) + text.end(3)
    #expect(out == "==> a <==\nnull\n\n==> b <==\none more\n\n==> d <==\nthree\n")
  }

  @Test(arguments: [
    (EachProgress(total: 9, ended: 0, failed: 0, left: nil, money: nil), "0 of 9 pictures"),
    (
      EachProgress(total: 200, ended: 12, failed: 1, left: 180_000, money: Money(dollars: 0.12)),
      "12 of 200 pictures, 1 failed, ≈3 min left, $0.12"
    ),
    (
      EachProgress(
        total: 3, ended: 3, failed: 1, left: 0, money: Money(dollars: 0.12), isEstimated: true),
      "3 of 3 pictures, 1 failed, ≈$0.12"
    ),
    (
      EachProgress(total: 3, ended: 2, failed: 0, left: 400, money: nil),
      "2 of 3 pictures, ≈1 s left"
    ),
    (EachProgress(total: 3, ended: 3, failed: 0, left: 0, money: nil), "3 of 3 pictures"),
  ])
  func `How far it has come is told`(progress: EachProgress, text: String) {
    #expect(progress.phrase.text() == text)
  }
}
