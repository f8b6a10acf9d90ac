import ChatAPI
import Conversation
import Foundation
import JSON
import Language
import Testing

/// What a server cannot read of a conversation's history is left out of the same request, and told.
@Suite struct HealingTests {
  private static let reasoning =
    #"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"sealed"}"#
  private static let search =
    #"{"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"x"}}"#

  private static let request = ModelRequest(
    model: "gpt-5.1",
    messages: [
      RequestMessage(.user, "hi"),
      RequestMessage(
        role: .assistant,
        parts: [
          .reasoning(Reasoning(text: "hm", opaque: reasoning)), .serverItem(search),
          .text("Hello."),
        ]),
      RequestMessage(.user, "and now?"),
    ], isStreamed: false)

  private static let reply =
    #"{"object":"response","status":"completed","output":[{"type":"message","id":"m","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Fine.","annotations":[]}]}]}"#

  @Test(arguments: [
    #"{"message":"The encrypted content could not be verified.","code":"invalid_encrypted_content"}"#,
    #"{"message":"Item with id 'rs_1' not found. Items are not persisted when `store` is set to false."}"#,
    #"{"message":"Invalid value","param":"input[1].encrypted_content"}"#,
    #"{"message":"unknown input item type: reasoning"}"#,
    #"{"message":"Container is expired."}"#,
  ]) func `What another account sealed is left out, once and told`(error: String) async throws {
    let server = try FaultServer(
      answering: answer(400, #"{"error":\#(error)}"#), answer(200, Self.reply))
    var provider = try Provider.local(server)
    provider.api = .responses
    let client = ChatClient()
    let outcome = await Outcome(client.reply(to: Self.request, at: provider))
    #expect(outcome.error == nil)
    #expect(outcome.text == "Fine.")
    let told = outcome.events.compactMap { event -> String? in
      if case .adapted(let phrase) = event { phrase.text() } else { nil }
    }
    #expect(told.contains { $0.contains("cannot read the model's earlier reasoning") })
    let types = server.requests.map { request in
      (request.json?["input"] as? [NSDictionary] ?? []).compactMap { $0["type"] as? String }
    }
    #expect(
      types == [
        ["message", "reasoning", "web_search_call", "message", "message"],
        ["message", "message", "message"],
      ])
    // The next reply's reasoning can be read.
    #expect(client.learnedRules.adaptations(for: "gpt-5.1", at: provider) == [])
  }

  @Test func `A file of a container that is gone is an error of its own`() async throws {
    let server = try FaultServer(
      answering: answer(404, #"{"error":{"message":"Container with id 'c' not found."}}"#))
    var provider = try Provider.local(server)
    provider.hasAssumedVersion = false
    let error = await #expect(throws: ChatAPIError.self) {
      _ = try await ChatClient().file(
        at: "/containers/c/files/f/content", of: provider, byteLimit: 100)
    }
    #expect(error?.status == 404)
    #expect(error?.message == "Container with id 'c' not found.")
    #expect(server.requests.map(\.target) == ["/v1/containers/c/files/f/content"])
  }
}
