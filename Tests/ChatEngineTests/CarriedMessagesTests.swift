import ChatEngine
import ChatSamples
import Conversation
import Language
import Testing

/// Which pictures give way where fewer are taken than there are.
@Suite struct CarriedMessagesTests {
  private static func message(_ id: Int64, _ role: Role, _ parts: [ContentPart]) -> Message {
    Message(
      id: MessageID(rawValue: id), parent: nil, role: role, parts: parts,
      created: Timestamp(milliseconds: id))
  }

  /// A tool showed `b` on the way to an answer, and shows `d` on the way to the next.
  private static let turns = CarriedMessages([
    message(1, .user, [.picture(.photo("a"))]),
    message(2, .tool, [.toolResult(ToolResult(callID: "1", parts: [.picture(.photo("b"))]))]),
    message(3, .assistant, [.text("A boat.")]),
    message(4, .user, [.picture(.photo("c")), .text("And this?")]),
    message(5, .tool, [.toolResult(ToolResult(callID: "2", parts: [.picture(.photo("d"))]))]),
  ])

  @Test(arguments: [
    (4, ["a", "b", "c", "d"]), (3, ["b", "c", "d"]), (2, ["c", "d"]), (1, ["c"]), (0, ["c"]),
  ]) func `All but the question's give way, the oldest first`(limit: Int, carried: [String]) {
    var turns = Self.turns
    turns.keepPictures(atMost: limit, takenBy: "m")
    #expect(turns.pictures.map(\.name) == carried)
    #expect(turns.notes.isEmpty == (limit == 4))
    // Calls keep their results, and messages their turns.
    #expect(turns.messages.map(\.role) == Self.turns.messages.map(\.role))
    #expect(turns.messages.allSatisfy { $0.hasContent })
    #expect(turns.messages.flatMap(\.parts.toolResults).allSatisfy { !$0.parts.isEmpty })
  }

  @Test func `The question's pictures have their place among all`() {
    #expect(Self.turns.placeOfQuestion == 2..<3)
    var turns = Self.turns
    turns.leaveOutEarlierPictures(refusedBy: "h")
    #expect(turns.pictures.map(\.name) == ["c"])
    #expect(
      turns.notes.map { $0.text() } == [
        "Left out, since h refuses one: 3 pictures of earlier messages."
      ])
  }

  @Test func `Without a question all pictures are earlier ones`() {
    var turns = CarriedMessages([Self.message(1, .assistant, [.picture(.photo("a"))])])
    turns.keepPictures(atMost: 0, takenBy: "m")
    #expect(turns.pictures.isEmpty)
    #expect(turns.messages.map(\.text) == ["[a]"])
  }
}
