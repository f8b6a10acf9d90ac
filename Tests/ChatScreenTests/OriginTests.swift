import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import ModelCatalog
import Testing

/// Where `/params` says that a value comes from.
@Suite struct OriginTests {
  /// A chat that was started with settings from everywhere.
  private static func chat(opening: Bool = false) -> Chat {
    var sources = SettingSources(keptModels: ["openai": "llava"])
    sources.configuration.parameters.temperature = 0.5
    sources.configuration.parameters.topP = 0.9
    sources.configuration.instructions = "Be brief."
    sources.commandLine.parameters.temperature = 0.7
    var conversation = Conversation.empty
    conversation.model = "llava"
    conversation.parameters = sources.parameters
    conversation.instructions = sources.instructions
    let settings = ChatSettings(
      catalog: .builtIn, providers: Servers.sample.providers, defaultProvider: "openai",
      given: opening ? sources.commandLine : nil, sources: sources)
    return Chat(engine: ChatEngine(conversation, settings: settings))
  }

  private static func told(_ chat: inout Chat) -> [String: String] {
    chat.enter("/params")
    let rows = chat.page?.rows ?? []
    chat.press(.cancel)
    return Dictionary(rows.map { ($0.lead, $0.phrase.text()) }) { first, _ in first }
  }

  @Test func `Each source is named`() {
    var chat = Self.chat()
    chat.enter("/set seed 7")
    let told = Self.told(&chat)
    #expect(told["temperature"] == "0.7 (command line)")
    #expect(told["top_p"] == "0.9 (configuration)")
    #expect(told["seed"] == "7 (set in this conversation)")
    #expect(told["model"] == "llava (chosen last time)")
    #expect(told["system"] == "Be brief. (configuration)")
    #expect(told["provider"] == "openai, api.openai.com (by default)")
    #expect(told["max_tokens"] == "not sent")
  }

  @Test func `A stored conversation brings its own, under what the command line says`() {
    var stored = Conversation.of("One", "Two", id: 9)
    stored.model = "gpt-4o-mini"
    stored.parameters.topP = 0.9
    var chat = Self.chat(opening: true)
    chat.store(.loaded(stored, at: nil))
    var told = Self.told(&chat)
    #expect(told["temperature"] == "0.7 (command line)")
    #expect(told["top_p"] == "0.9 (set in this conversation)")
    #expect(told["model"] == "gpt-4o-mini (set in this conversation)")
    // The next one that is opened is left as it is.
    var other = Conversation.of("Three", id: 10)
    other.parameters.temperature = 0.7
    chat.store(.loaded(other, at: nil))
    told = Self.told(&chat)
    #expect(told["temperature"] == "0.7 (set in this conversation)")
    chat.enter("/new")
    told = Self.told(&chat)
    #expect(told["temperature"] == "0.7 (command line)")
    #expect(told["top_p"] == "0.9 (configuration)")
  }
}
