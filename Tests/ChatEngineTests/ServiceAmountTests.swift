import ChatEngine
import Conversation
import Foundation
import Language
import ModelCatalog
import Testing

/// Characters, minutes and vectors as `/usage` tells them.
@Suite struct ServiceAmountTests {
  @Test(
    arguments: [
      (.characters(1), "m: 1 character, $0.020"), (.seconds(150), "m: 2.5 min of sound, $0.020"),
      (.seconds(1), "m: 0.1 min of sound, $0.020"), (.vectors(12), "m: 12 vectors, $0.020"),
    ] as [(ServiceAmount, String)])
  func `An amount stands in the place of tokens`(amount: ServiceAmount, text: String) {
    let line = UsageLine(
      label: "2026-11", model: "m", replies: 1, usage: TokenUsage(prompt: 0, completion: 0),
      cost: Money(dollars: 0.02), amount: amount)
    #expect(line.phrase.text() == text)
  }

  @Test(arguments: [
    #"{"characters":-5}"#, #"{"vectors":9223372036854775807}"#, #"{"seconds":1e300}"#,
  ]) func `Numbers of a file are held within a range`(text: String) throws {
    let amount = try JSONDecoder().decode(ServiceAmount.self, from: Data(text.utf8))
    #expect(!(amount + amount).phrase.text().contains("-"))
  }
}
