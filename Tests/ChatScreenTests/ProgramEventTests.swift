import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// The start of the program, and what it tells of itself: decided like everything else.
@Suite struct ProgramEventTests {
  private static let plain: Conversation = {
    var conversation = Conversation.empty
    conversation.provider = "plain"
    return conversation
  }()

  @Test func `The conversation that was named is opened`() {
    var chat = Chat()
    #expect(chat.on(.program(.begun(opening: .last))) == [.store(.load(.last, at: nil))])
    #expect(chat.on(.program(.begun(opening: nil))) == [])
  }

  @Test func `Behind the first frame the key is looked for, or the models where none is chosen`() {
    var chat = Chat()
    #expect(
      chat.on(.program(.shown(isUnconfigured: false)))
        == [.store(.list), .checkKey(provider: "openai")])
    var other = Chat(Self.plain)
    #expect(
      other.on(.program(.shown(isUnconfigured: true)))
        == [.store(.list), .listModels(provider: "plain"), .findLocalServers])
  }

  @Test(arguments: [("/model ", true), ("/models", true), ("/mode", false), ("model", false)])
  func `A command that completes models has them asked for, once for each server`(
    line: String, asks: Bool
  ) {
    var chat = Chat(Self.plain)
    let request = ChatEffect.listModels(provider: "plain")
    #expect(chat.type(line).contains(request) == asks)
    chat.type(line + "x")
    #expect(!chat.type(line + " y").contains(request))
  }

  @Test func `What is told at the start takes no warning's place, and a warning takes its`() {
    var chat = Chat()
    chat.on(.program(.remarked("It is logged.", .information)))
    #expect(chat.state.notice == Notice(.information, "It is logged."))
    chat.on(.program(.remarked("A mistake.", .warning)))
    chat.on(.program(.remarked("It is logged.", .information)))
    #expect(chat.state.notice == Notice(.warning, "A mistake."))
  }

  @Test func `A key that was not given is told, with how to give one`() {
    var chat = Chat()
    chat.on(.program(.keyNotGiven))
    #expect(chat.says == "No key was given. /key asks again.")
    chat.on(.program(.keyUnusable("It has a line break.")))
    #expect(chat.state.notice == Notice(.error, "It has a line break.", offers: [.key]))
  }
}
