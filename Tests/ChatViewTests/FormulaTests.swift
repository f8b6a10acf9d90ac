import ChatEngine
import ChatScreen
import Conversation
import Testing

@Suite struct FormulaTests {
  @Test(arguments: [
    (#"$w \le 2n$"#, "$w ≤ 2n$"),
    (#"$\sum_{i=1}^{n} \alpha_i$"#, "$∑_{i=1}^{n} α_i$"),
    (#"$\alpha\beta\gammax$"#, #"$αβ\gammax$"#),
    (#"$\frac{a}{b} \\ \left( x \right)$"#, #"$\frac{a}{b} \\ \left( x \right)$"#),
    (#"`\le` and \\le"#, #"\le and \le"#),
  ])
  func `Simple signs of a formula are shown as signs`(source: String, shown: String) {
    var stage = Stage(80, 24)
    stage.add(.assistant, source)
    #expect(Screenful(stage.draw()).rows.contains(shown))
  }

  @Test func `Without UTF-8 a formula stays as it was written`() {
    var stage = Stage(80, 24)
    stage.capabilities.isUTF8 = false
    stage.add(.assistant, #"$w \le 2n$"#)
    #expect(Screenful(stage.draw()).rows.contains(#"$w \le 2n$"#))
  }
}
