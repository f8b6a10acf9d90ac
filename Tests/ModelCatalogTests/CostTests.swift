import Conversation
import ModelCatalog
import Testing

@Suite struct CostTests {
  @Test(arguments: [
    (0, "$0"), (-1, "$0"), (0.000_000_5, "<$0.000001"), (0.000_001, "$0.000001"),
    (0.000_012_3, "$0.000012"), (0.000_4, "$0.00040"), (0.011, "$0.011"), (0.099_6, "$0.10"),
    (0.5, "$0.50"), (0.999, "$1.00"), (12.345, "$12.35"), (1_234.5, "$1234.50"),
    (1e300, "$1000000000000000.00"), (.nan, "$0"),
  ])
  func `Money reads as people write it`(dollars: Double, text: String) {
    #expect(Money(dollars: dollars).description == text)
  }

  private func cost(_ model: String, _ usage: TokenUsage) -> String? {
    ModelCatalog.builtIn.model(named: model).cost(of: usage)?.description
  }

  @Test func `A request costs its input and its output`() {
    #expect(cost("gpt-4o", TokenUsage(prompt: 1_000_000, completion: 0)) == "$2.50")
    #expect(cost("gpt-4o", TokenUsage(prompt: 0, completion: 1_000_000)) == "$10.00")
  }

  @Test func `Cached input costs less where the discount is known`() {
    let usage = TokenUsage(prompt: 100_000, completion: 0, cached: 50_000)
    #expect(cost("gpt-4o", usage) == "$0.19")
    #expect(cost("o3-pro", usage) == "$2.00")
  }

  @Test func `More cached tokens than there were are not believed`() {
    #expect(
      cost("gpt-4o", TokenUsage(prompt: 1_000_000, completion: 0, cached: TokenCount(.max)))
        == "$1.25")
  }

  @Test func `A prompt beyond 272K tokens makes the whole request dearer`() {
    #expect(cost("gpt-5.5", TokenUsage(prompt: 272_000, completion: 100_000)) == "$4.36")
    #expect(cost("gpt-5.5", TokenUsage(prompt: 300_000, completion: 100_000)) == "$7.50")
    let cached = TokenUsage(prompt: 400_000, completion: 0, cached: 400_000)
    #expect(cost("gpt-5.5", cached) == "$0.40")
  }

  @Test func `A model with a smaller window has one rate`() {
    #expect(cost("gpt-5.2", TokenUsage(prompt: 300_000, completion: 0)) == "$0.53")
  }

  @Test func `Keeping a picture costs its tokens at the price of input`() {
    let model = ModelCatalog.builtIn.model(named: "gpt-4o")
    #expect(model.cost(ofPrompt: 765)?.description == "$0.0019")
  }

  @Test func `Money adds up`() {
    var sum = Money.zero
    sum += Money(dollars: 0.25)
    #expect(sum + Money(dollars: 0.25) == Money(dollars: 0.5))
    #expect(Money.zero < sum)
  }

  @Test(arguments: [
    ("", 0), ("word", 1), ("words", 2), ("你好世界", 4), ("ещё раз", 4), ("🌉", 2),
    ("こんにちは", 5), ("naïve", 2),
  ])
  func `A text is guessed by its scripts`(text: String, tokens: Int) {
    #expect(TokenEstimate.ofText(text) == .approximate(tokens))
  }

  @Test func `A sum is no surer than its least sure part`() {
    #expect(TokenEstimate.exact(1) + .exact(2) == .exact(3))
    #expect(TokenEstimate.exact(1) + .approximate(2) == .approximate(3))
    #expect(TokenEstimate.approximate(1) + .unknown == .unknown)
    #expect((TokenEstimate.unknown + .exact(1)).tokens == nil)
  }
}
