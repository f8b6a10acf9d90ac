import ChatEngine
import ChatScreen
import Conversation
import Testing

/// An API key that is typed in the wrong place is kept nowhere.
@Suite struct KeyTextTests {
  private static let key = "sk-proj-0123456789abcdef"

  private func keeps(_ effects: [ChatEffect]) -> Bool {
    effects.contains { "\($0)".contains("0123456789abcdef") }
  }

  @Test(arguments: [
    "/key \(key)", "/KEY \(key)", " /key \(key)", "/key\n\(key)",
    "/key not-like-any-key-0123456789abcdef",
  ])
  func `What stands behind the command for keys is dropped, and it is said`(line: String) {
    var chat = Chat()
    var effects = chat.type(line)
    effects += chat.tick()
    effects += chat.enter(line)
    effects += chat.tick()
    #expect(!keeps(effects.filter { $0 != .composer(.setText(line)) }))
    #expect(
      chat.says
        == "What stands behind /key was dropped: here a key is seen and kept. /key alone asks for it."
    )
    #expect(chat.state.notice?.offers == [.key])
    #expect(chat.line.isEmpty && chat.path.isEmpty)
    #expect(!"\(chat.conversation)".contains("0123456789abcdef"))
  }

  @Test(arguments: [
    ("/set api_key \(key)", "/set api_key …"), ("/keys \(key)", "/keys …"),
    ("/set api_key=\"\(key)\" x", "/set api_key=\"…\" x"),
    ("/provider xai-0123456789abcdef", "/provider …"),
    ("/model sk-short", "/model sk-short"), ("/find sk-…", "/find sk-…"),
  ])
  func `Another command is remembered without the key in it`(line: String, kept: String) {
    var chat = Chat()
    #expect(chat.enter(line).contains(.composer(.remember(kept))))
  }

  @Test func `Clearing a line with Ctrl-C keeps no key either`() {
    var chat = Chat()
    chat.type("/key \(Self.key)")
    #expect(!keeps(chat.press(.interrupt)))
  }

  @Test func `A message that is a key is held back once`() throws {
    var chat = Chat()
    let effects = chat.enter(Self.key) + chat.tick()
    #expect(effects.request == nil)
    #expect(!keeps(effects.filter { $0 != .composer(.setText(Self.key)) }))
    #expect(
      chat.says
        == "That looks like a key, and was not sent. /key asks for one; Enter again sends it.")
    #expect(chat.line == Self.key)
    try chat.ask(Self.key)
    #expect(chat.path == ["user: \(Self.key)"])
  }

  @Test func `A message about keys is sent as it is`() throws {
    var chat = Chat()
    try chat.ask("Is \(Self.key) an API key?")
    #expect(chat.path == ["user: Is \(Self.key) an API key?"])
  }
}
