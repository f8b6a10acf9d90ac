import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// The line of a command that fails comes back where something in it can be mended, also later.
@Suite struct PendingCommandTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var line: String
    /// What says that it failed.
    var failure: ChatEvent
    var testDescription: String { line }

    init(_ line: String, _ failure: ChatEvent) {
      self.line = line
      self.failure = failure
    }
  }

  private static let conversation = Conversation.of("One", "Two")

  static let cases = [
    Case("/attach no.png", .picture(.notFound(request: 1, "There is no file no.png."))),
    Case("/attach empty/ low", .picture(.found(request: 1, sources: []))),
    Case(
      "/load nosuch",
      .store(.notFound("There is no nosuch.", of: .load(.name("nosuch"), at: nil)))),
    Case("/load 'a b.json'", .store(.failed("It is empty.", of: .importFile(path: "a b.json")))),
    Case(
      "/export /no/x.md",
      .store(
        .failed("There is no /no.", of: .export(conversation, path: "/no/x.md", isReplacing: false))
      )),
    Case(
      "/save ./x.txt",
      .store(
        .failed(
          "No format ends so.", of: .export(conversation, path: "./x.txt", isReplacing: false)))),
    Case("/search zebra", .store(.found(query: "zebra", []))),
    Case("/set response_format no.json", .program(.schemaFailed("There is no file no.json."))),
    Case(
      "/pipe wx -c", .externalProgram(.piped(1, PipeOutcome(status: 127, output: "wx: not found")))),
    Case("/pipe! lesss", .externalProgram(.ranOnScreen("lesss", status: 127))),
  ]

  @Test(arguments: cases)
  func `It comes back, and stands in the history once`(_ row: Case) {
    var chat = Chat(Self.conversation)
    let effects = chat.enter(row.line) + chat.on(row.failure)
    #expect(chat.state.notice?.kind == .error)
    #expect(chat.line == row.line)
    #expect(effects.filter { $0 == .composer(.remember(row.line)) }.count == 1)
    #expect(chat.on(row.failure).filter { if case .composer = $0 { true } else { false } } == [])
  }

  private static let bare = [
    Case("/paste", .picture(.notFound(request: 1, "The clipboard holds no picture."))),
    Case("/usage", .store(.failed("The store is locked.", of: .usage))),
    Case("/retry", .clock), Case("/undelete", .clock), Case("/view", .clock),
  ]

  @Test(arguments: bare)
  func `One without arguments, which could only be typed as it is, leaves the line free`(
    _ row: Case
  ) {
    var chat = Chat()
    let effects = chat.enter(row.line) + chat.on(row.failure)
    #expect(chat.state.notice?.kind == .error)
    #expect(chat.line == "")
    #expect(effects.contains(.composer(.remember(row.line))))
  }

  @Test(arguments: ["/rename", "/frobnicate"])
  func `One that wants arguments, or that there is not, comes back`(_ line: String) {
    var chat = Chat()
    chat.enter(line)
    #expect(chat.state.notice?.kind == .error)
    #expect(chat.line == line)
  }

  @Test(arguments: cases)
  func `It stays away from a line that was begun meanwhile`(_ row: Case) {
    var chat = Chat(Self.conversation)
    chat.enter(row.line)
    chat.type("And")
    chat.on(row.failure)
    #expect(chat.line == "And")
    chat.type("")
    chat.on(row.failure)
    #expect(chat.line == "")
  }

  @Test func `It waits behind what stands in front`() {
    var chat = Chat(Self.conversation)
    chat.enter("/load nosuch")
    chat.press(.help)
    chat.store(.notFound("There is no nosuch.", of: .load(.name("nosuch"), at: nil)))
    #expect(chat.line == "")
    chat.press(.cancel)
    #expect(chat.line == "/load nosuch")
  }

  @Test func `What nobody typed, or another failure, gives back nothing`() {
    var chat = Chat(Self.conversation)
    chat.store(.notFound("There is no nosuch.", of: .load(.name("nosuch"), at: nil)))
    chat.enter("/load trip")
    chat.store(.news("The disk is slow."))
    chat.store(.notFound("There is no nosuch.", of: .load(.name("nosuch"), at: nil)))
    #expect(chat.line == "")
    chat.paste("/tmp/a.png")
    chat.store(.notFound("There is no trip.", of: .load(.name("trip"), at: nil)))
    #expect(chat.line == "")
  }

  @Test func `Pictures that are found and cannot be used are looked for again`() throws {
    var chat = Chat()
    chat.enter("/attach a.png b.pdf")
    chat.on(.picture(.found(request: 1, sources: ["a.png", "b.pdf"])))
    let ids = chat.state.pictures.waiting.map(\.id)
    chat.on(.picture(.failed(ids[1], "b.pdf is a PDF.")))
    #expect(chat.line == "")
    chat.on(.picture(.failed(ids[0], "a.png is empty.")))
    #expect(chat.line == "/attach a.png b.pdf")
  }

  @Test func `A line that brought one of its pictures does not come back`() throws {
    var chat = Chat()
    chat.enter("/attach a.png b.pdf")
    chat.on(.picture(.found(request: 1, sources: ["a.png", "b.pdf"])))
    let ids = chat.state.pictures.waiting.map(\.id)
    chat.on(.picture(.prepared(ids[0], .untouched(.photo("a.png")))))
    chat.on(.picture(.failed(ids[1], "b.pdf is a PDF.")))
    #expect(chat.line == "")
    #expect(chat.waiting == ["a.png"])
  }

  @Test func `A question does not lose the line`() {
    var chat = Chat(Self.conversation)
    chat.enter("/delete nosuch")
    chat.type("y")
    #expect(chat.line == "")
    chat.store(.notFound("There is no nosuch.", of: .delete(.name("nosuch"))))
    #expect(chat.line == "/delete nosuch")
  }

  @Test func `A model that changes the fit of pictures has not failed with them`() throws {
    var chat = Chat()
    chat.attach(.photo())
    chat.enter("/model gpt-4")
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.on(.picture(.failed(id, "The file has gone.")))
    #expect(chat.line == "")
  }
}
