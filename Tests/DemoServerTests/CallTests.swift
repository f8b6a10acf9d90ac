import Language
import Testing

/// The demo calls tools that are named to it.
@Suite struct DemoCallTests {
  private static let tools =
    #""tools":[{"type":"function","function":{"name":"weather","description":"","parameters":{"type":"object","required":["city"]}}}]"#

  private func ask(_ text: String, isStreamed: Bool = true) async throws -> String {
    let message = #""messages":[{"role":"user","content":\#(text.debugDescription)}]"#
    let body = #"{"model":"demo","stream":\#(isStreamed),\#(Self.tools),\#(message)}"#
    let answer = try await withDemo { client, _ in try await client.ask(body) }
    #expect(answer.status == 200)
    return isStreamed ? answer.events.joined(separator: "\n") : answer.text
  }

  @Test(arguments: [true, false])
  func `A city is a call, with OpenAI's form and reason`(isStreamed: Bool) async throws {
    let reply = try await ask(
      "What is the weather in Paris, Rome and Oslo?", isStreamed: isStreamed)
    #expect(reply.contains("call_demo_2") && !reply.contains("call_demo_3"))
    #expect(reply.contains("tool_calls\""))
  }

  @Test(arguments: [
    ("index0", #""index":0,"id":"call_demo_1""#, true), ("unnumbered", "call_demo", false),
    ("objects", #""arguments":{"city":"Rome"}"#, true),
    ("stop", #""finish_reason":"stop""#, true),
  ]) func `A word has calls come as other servers send them`(
    word: String, sign: String, isThere: Bool
  ) async throws {
    let reply = try await ask("Is it \(word) weather in Paris and Rome?")
    #expect(reply.contains(sign) == isThere)
  }

  @Test func `No tool is called that nobody names`() async throws {
    #expect(try await !ask("Hello").contains("call_demo"))
  }
}
