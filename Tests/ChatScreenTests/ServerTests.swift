import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import ModelCatalog
import Testing

/// Which server a conversation goes to: never another one than its own without a word.
@Suite struct ServerTests {
  private static let warning =
    "This conversation was with gone, which is not configured here. "
    + "/send sends it to api.openai.com, /provider chooses."

  private static func lost() -> Chat {
    var conversation = Conversation.of("Uno", id: 3)
    conversation.provider = "gone"
    conversation.model = "theirs"
    var chat = Chat()
    chat.store(.loaded(conversation, at: nil))
    return chat
  }

  @Test func `A server that is gone is told when its conversation is opened`() {
    let chat = Self.lost()
    #expect(chat.says == Self.warning)
    #expect(chat.state.notice?.kind == .warning)
    #expect(chat.state.notice?.offers == [.provider(nil), .send])
  }

  @Test func `Nothing is sent to another server by Enter`() {
    var chat = Self.lost()
    #expect(chat.commit(chat.enter("Secret")).request == nil)
    #expect(chat.says == Self.warning)
    #expect(chat.conversation.messages.path.last?.status == .unsent)
    #expect(chat.commit(chat.enter("More")).request == nil)
  }

  @Test func `Whoever was told and sends moves the conversation, once and for all`() throws {
    var chat = Self.lost()
    let effects = chat.enter("/send")
    let request = try #require(effects.request)
    #expect(request.provider == "openai")
    #expect(request.model == "gpt-4o")
    #expect(chat.conversation.provider == "openai")
    #expect(effects.storeEffects.contains(.saveConversation(chat.conversation)))
    chat.answer("Dos")
    #expect(chat.commit(chat.enter("Tres")).request?.provider == "openai")
  }

  @Test func `A request that was not told of is told of first, whatever asks for it`() {
    var conversation = Conversation.of("Uno", "Dos")
    conversation.provider = "gone"
    var chat = Chat(conversation)
    #expect(chat.enter("/retry").request == nil)
    #expect(chat.says == Self.warning)
    #expect(chat.path == ["user: Uno", "assistant: Dos"])
  }

  @Test func `Choosing a server settles it`() throws {
    var chat = Self.lost()
    chat.enter("/provider plain")
    chat.enter("/model mine")
    #expect(try chat.ask("Dos").provider == "plain")
  }

  @Test func `A new conversation begins with a server that is configured`() throws {
    var chat = Self.lost()
    chat.enter("/new")
    #expect(chat.conversation.provider == nil)
    chat.enter("/model mine")
    #expect(try chat.ask("One").provider == "openai")
  }

  @Test func `What the command line says goes before the settings of the first conversation`()
    throws
  {
    var loaded = Conversation.of("Uno", id: 3)
    loaded.provider = "gone"
    loaded.model = "theirs"
    loaded.parameters.seed = 7
    var parameters = Parameters()
    parameters.temperature = 0
    var chat = Chat(given: GivenSettings(provider: "openai", parameters: parameters))
    chat.store(.loaded(loaded, at: nil))
    #expect(chat.says == nil)
    let request = try chat.ask("Dos")
    #expect(request.provider == "openai")
    #expect(request.model == "gpt-4o")
    #expect(request.parameters.temperature == 0)
    #expect(request.parameters.seed == 7)
    var other = Conversation.of("Tres", id: 4)
    other.provider = "plain"
    chat.answer("Si")
    chat.store(.loaded(other, at: nil))
    #expect(chat.conversation.provider == "plain")
  }

  // MARK: - What servers tell of themselves

  /// A chat with a server that has no usual model.
  private static func plain() -> Chat {
    var servers = Servers.sample
    servers.defaultProvider = "plain"
    return Chat(.empty, servers)
  }

  @Test func `The only model of a server is taken`() throws {
    var chat = Self.plain()
    chat.on(.server(.models(["llava"], of: "plain")))
    #expect(chat.says == "The model is llava, the only one at localhost:8080.")
    #expect(try chat.ask("One").model == "llava")
  }

  @Test func `Of several models the user chooses`() {
    var chat = Self.plain()
    chat.on(.server(.models(["llava", "qwen"], of: "plain")))
    #expect(chat.says == "localhost:8080 offers 2 models. /models chooses one.")
    #expect(chat.state.notice?.offers == [.models])
    #expect(chat.state.currentModel == nil)
  }

  @Test func `A server's own word on its model goes before the catalogue's`() {
    var chat = Self.plain()
    chat.on(.server(.models(["llama"], of: "plain")))
    chat.on(
      .server(
        .listed(["llama": ListedModel(contextLength: 2048, takesPictures: false)], of: "plain")))
    #expect(chat.state.model.hasVision == false)
    #expect(chat.state.model.promptLimit == 2048)
  }

  @Test func `What was learned of a server is forgotten where that is asked for`() {
    var chat = Self.plain()
    chat.on(.server(.models(["llama"], of: "plain")))
    chat.on(.server(.listed(["llama": ListedModel(takesPictures: false)], of: "plain")))
    let effects = chat.enter("/forget learned")
    #expect(effects.contains(.forgetLearned(provider: "plain", model: "llama")))
    #expect(chat.state.model.hasVision == nil)
    #expect(chat.says == "What was learned of llama at localhost:8080 is found out anew.")
  }

  @Test func `A picture for a model that nobody knows has the server asked, once, and warned of`()
    throws
  {
    var chat = Self.plain()
    chat.on(.server(.models(["llama"], of: "plain")))
    chat.enter("/attach a.png")
    let found = chat.on(.picture(.found(request: chat.lastSearch, sources: ["/a.png"])))
    #expect(found.contains(.listModels(provider: "plain")))
    chat.on(.server(.listed(["llama": ListedModel(takesPictures: false)], of: "plain")))
    #expect(chat.says == "llama takes no pictures. /models lists others.")
    #expect(chat.state.notice?.offers == [.models])
    let id = try #require(chat.state.pictures.waiting.last?.id)
    chat.on(.picture(.prepared(id, .untouched(.photo("a.png")))))
    #expect(chat.says?.hasSuffix("llama takes no pictures. /models lists others.") == true)
    chat.enter("/attach b.png")
    let again = chat.on(.picture(.found(request: chat.lastSearch, sources: ["/b.png"])))
    #expect(!again.contains(.listModels(provider: "plain")))
  }

  @Test func `The models of a server that was left are not taken for the new one's`() {
    var chat = Self.plain()
    chat.on(.server(.models(["gpt-4o"], of: "openai")))
    #expect(chat.state.engine.settings.models == [])
    #expect(chat.state.currentModel == nil)
  }

  @Test func `Without a model, a server that lists none is told`() {
    var chat = Self.plain()
    chat.on(.server(.modelsFailed("localhost:8080 refuses the key.")))
    #expect(chat.says == "localhost:8080 refuses the key.")
    var other = Chat()
    other.on(.server(.modelsFailed("No network.")))
    #expect(other.says == nil)
  }

  @Test func `A warning stays where models are found`() {
    var chat = Self.plain()
    chat.notice = Notice(.warning, "Look out.")
    chat.on(.server(.models(["llava"], of: "plain")))
    #expect(chat.says == "Look out.")
    #expect(chat.state.currentModel == "llava")
  }

  @Test func `Servers of this machine are offered in the demo's place, and nowhere else`() {
    var chat = Chat(.empty, .demo)
    chat.on(.program(.foundLocally(["plain", "openai"])))
    #expect(
      chat.says == "plain answers at localhost:8080. /provider plain uses it instead of the demo.")
    #expect(chat.state.notice?.offers == [.provider("plain"), .provider("openai")])
    var other = Chat()
    other.on(.program(.foundLocally(["plain"])))
    #expect(other.says == nil)
    chat.notice = nil
    chat.on(.program(.foundLocally([])))
    #expect(chat.says == nil)
  }
}
