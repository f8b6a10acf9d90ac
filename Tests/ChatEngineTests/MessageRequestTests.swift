import ChatEngine
import ChatSamples
import Conversation
import SampleValues
import SeededNumbers
import Testing

/// What of a message goes into requests.
@Suite struct MessageRequestTests {
  private func message(_ role: Role, _ parts: [ContentPart]) -> Message {
    Message(
      id: MessageID(rawValue: 1), parent: nil, role: role, parts: parts,
      created: Timestamp(milliseconds: 1))
  }

  private static let picture = ContentPart.picture(
    PictureReference(source: .remote("https://e.org/a"), name: "a", detail: .low))

  @Test func `Texts, reasoning, pictures and calls are sent in their order, all else is not`() {
    let call = ContentPart.toolCall(ToolCall(id: "1", name: "look", arguments: "{}"))
    let result = ContentPart.toolResult(ToolResult(callID: "1", parts: [.text("secret")]))
    let sound = ContentPart.media(
      MediaReference(source: .stored(.sample("ab")), name: "s", facts: .sound(seconds: 1)))
    let reply = message(
      .assistant,
      [
        .reasoning("hm"), .text("a"), call, result, Self.picture, sound,
        .unknown(json: #"{"type":"x"}"#), .text("b"),
      ])
    #expect(
      reply.forRequest?.parts == [
        .reasoning("hm"), .text("a"), call, result, Self.picture, .text("b"),
      ])
  }

  @Test(arguments: [Role.tool, .unknown("narrator")])
  func `Messages of tools without results, and of roles that are not known, are not sent`(
    role: Role
  ) {
    #expect(message(role, [.text("a")]).forRequest == nil)
  }

  @Test func `A message of which nothing can be sent is left out`() {
    #expect(message(.assistant, []).forRequest == nil)
    #expect(message(.assistant, [.reasoning("hm")]).forRequest == nil)
    #expect(message(.user, [.unknown(json: "17")]).forRequest == nil)
    var pictured = message(.user, [Self.picture])
    pictured.omission = .pictures
    #expect(pictured.forRequest == nil)
  }

  @Test(arguments: 0..<UInt64(50))
  func `Nothing that cannot be sent is in any request`(seed: UInt64) {
    var numbers = SeededGenerator(seed: seed)
    let message = message(.assistant, .random(using: &numbers))
    let sent = message.forRequest?.parts ?? []
    let isUnknown = sent.contains { part in
      switch part {
      case .drawing, .citations, .unknown: true
      case .media(let media): media.picture == nil && !media.isKeptDocument
      default: false
      }
    }
    #expect(!isUnknown)
    #expect(sent == message.parts.filter { sent.contains($0) })
  }
}
