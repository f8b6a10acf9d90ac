import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

@Suite struct SettingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let line: String
    let says: String
    var change: @Sendable (inout Parameters) -> Void = { _ in }
    var testDescription: String { line }

    init(
      _ line: String, _ says: String,
      _ change: @escaping @Sendable (inout Parameters) -> Void = { _ in }
    ) {
      self.line = line
      self.says = says
      self.change = change
    }
  }

  @Test(arguments: [
    Case("/temperature 0.7", "temperature is 0.7.") { $0.temperature = 0.7 },
    Case("/temperature 2", "temperature is 2.") { $0.temperature = 2 },
    Case("/temperature", "temperature is not set, and not sent."),
    Case("/top_p 0", "top_p is 0.") { $0.topP = 0 },
    Case("/top_p 1", "top_p is 1.") { $0.topP = 1 },
    Case("/set max_tokens 500", "max_tokens is 500.") { $0.maxTokens = 500 },
    Case("/set frequency_penalty -2", "frequency_penalty is -2.") { $0.frequencyPenalty = -2 },
    Case("/set presence_penalty 1.5", "presence_penalty is 1.5.") { $0.presencePenalty = 1.5 },
    Case("/set seed -7", "seed is -7.") { $0.seed = -7 },
    Case(#"/set stop END "the end""#, #"stop is "END" "the end"."#) {
      $0.stop = ["END", "the end"]
    },
    Case("/set response_format JSON", "response_format is json.") {
      $0.responseFormat = .jsonObject
    },
    Case("/set response_format json_object", "response_format is json.") {
      $0.responseFormat = .jsonObject
    },
    Case("/set response_format text", "response_format is text.") { $0.responseFormat = .text },
    Case("/set reasoning_effort xhigh", "reasoning_effort is xhigh.") {
      $0.reasoningEffort = "xhigh"
    },
    Case("/set  temperature   1", "temperature is 1.") { $0.temperature = 1 },
  ])
  func `A value is set, told and sent`(_ row: Case) {
    var chat = Chat(.of("json"))
    var parameters = Parameters()
    row.change(&parameters)
    let effects = chat.enter(row.line).storeEffects
    #expect(chat.says == row.says)
    #expect(chat.conversation.parameters == parameters)
    #expect(effects == (parameters == Parameters() ? [] : [.saveConversation(chat.conversation)]))
    #expect(chat.enter("/send").request?.parameters == parameters)
  }

  @Test(arguments: [
    Case("/temperature 7", "temperature takes a number from 0 to 2, not 7."),
    Case("/temperature -1", "temperature takes a number from 0 to 2, not -1."),
    Case("/temperature nan", "temperature takes a number from 0 to 2, not nan."),
    Case("/temperature hot", "temperature takes a number from 0 to 2, not hot."),
    Case("/top_p 1.01", "top_p takes a number from 0 to 1, not 1.01."),
    Case("/set max_tokens 0", "max_tokens takes a whole number above 0, not 0."),
    Case("/set max_tokens 1.5", "max_tokens takes a whole number above 0, not 1.5."),
    Case("/set frequency_penalty 3", "frequency_penalty takes a number from -2 to 2, not 3."),
    Case("/set presence_penalty -2.1", "presence_penalty takes a number from -2 to 2, not -2.1."),
    Case("/set seed x", "seed takes a whole number, not x."),
    Case(
      "/set stop a b c d e",
      "stop takes one to four texts, each in quotes where it has spaces, not a b c d e."),
    Case(
      "/set reasoning_effort very high",
      "reasoning_effort takes a word such as low, medium or high, not very high."),
    Case("/set store maybe", "store takes on or off, not maybe."),
  ])
  func `A bad value changes nothing, and says what would be right`(_ row: Case) {
    var chat = Chat()
    chat.enter(row.line)
    #expect(chat.state.notice?.kind == .error)
    #expect(chat.says == row.says)
    #expect(chat.line == row.line)
    #expect(chat.conversation.parameters == Parameters())
  }

  @Test func `A response format that is no word is a file with a schema`() {
    var chat = Chat()
    let effects = chat.enter("/set response_format \"my list.json\"")
    #expect(effects.contains(.readSchema(path: "my list.json")))
    chat.on(.program(.schema(.jsonSchema(name: "list", schema: "{}"))))
    #expect(chat.says == "response_format is json schema list.")
    #expect(
      chat.conversation.parameters.responseFormat == .jsonSchema(name: "list", schema: "{}"))
    chat.enter("/set response_format no.json")
    chat.on(.program(.schemaFailed("There is no file.")))
    #expect(chat.says == "There is no file.")
    #expect(chat.state.notice?.kind == .error)
  }

  @Test(arguments: ParameterName.allCases)
  func `What is set can be unset, and is not sent then`(name: ParameterName) {
    var chat = Chat()
    let values: [ParameterName: String] = [
      .stop: "END", .responseFormat: "text", .reasoningEffort: "low", .store: "on",
      .upload: "off",
    ]
    chat.enter("/set \(name.rawValue) \(values[name] ?? "1")")
    #expect(chat.conversation.parameters != Parameters())
    chat.enter("/unset \(name.rawValue)")
    #expect(chat.says == "\(name.rawValue) is not set, and not sent.")
    #expect(chat.conversation.parameters == Parameters())
  }

  @Test func `The parameters are listed, those that are not sent too`() {
    var chat = Chat()
    chat.enter("/temperature 0.7")
    chat.conversation.parameters.responseFormat = .jsonSchema(name: "list", schema: "{}")
    chat.enter("/params")
    #expect(chat.page?.title.text() == "What is sent with the next request")
    #expect(
      chat.page?.rows.map { "\($0.lead): \($0.phrase.text())" } == [
        "model: gpt-4o (by default)", "provider: openai, api.openai.com (by default)",
        "temperature: 0.7 (set in this conversation)",
        "top_p: not sent", "max_tokens: not sent", "frequency_penalty: not sent",
        "presence_penalty: not sent", "seed: not sent", "stop: not sent",
        "response_format: json schema list (set in this conversation)",
        "reasoning_effort: not sent", "store: not sent", "upload: not sent",
      ])
    #expect(chat.page?.rows.map(\.isDim).filter { $0 }.count == 9)
    chat.press(.cancel)
    chat.enter("/provider plain")
    chat.enter("/params")
    #expect(chat.page?.text.first == "none")
  }

  @Test func `The role of the next message is told and changed`() {
    var chat = Chat()
    chat.enter("/role")
    #expect(chat.says == "The next Enter writes a message of the user.")
    chat.enter("/role System")
    #expect(chat.says == "Enter adds instructions to the history; /role user goes back.")
    chat.enter("/role assistant")
    #expect(
      chat.says == "Enter adds an answer as if the model had given it; /role user goes back.")
    #expect(chat.state.session.role == .assistant)
    chat.enter("/role user")
    #expect(chat.says == "Enter sends what you write, and asks for a reply.")
  }

  @Test
  func `The system message is shown, set and removed, and the old one is kept in the history`() {
    var chat = Chat()
    chat.enter("/system")
    #expect(chat.says == "There is no system message. /system TEXT sets one.")
    chat.enter("/system Be brief.")
    #expect(chat.says == "The system message opens every request now.")
    #expect(chat.conversation.instructions == "Be brief.")
    chat.enter("/system")
    #expect(chat.says == "The system message is: Be brief.")
    #expect(
      chat.enter("/system Be\nlong.").withoutWakes == [
        .composer(.remember("/system Be\nlong.")), .composer(.remember("/system Be brief.")),
        .store(.saveConversation(chat.conversation)),
      ])
    #expect(
      chat.enter("/system -").contains(.composer(.remember("/system Be\nlong."))))
    #expect(chat.says == "The system message is removed; Up brings it back.")
    #expect(chat.conversation.instructions == nil)
  }

  @Test func `The model is told and switched`() {
    var chat = Chat()
    chat.enter("/model")
    #expect(chat.says == "The model is gpt-4o. /models lists the others.")
    #expect(chat.enter("/model llava:13b").contains(.keepModel("llava:13b", provider: "openai")))
    #expect(
      chat.says == "The model is llava:13b now. New conversations with openai begin with it.")
    #expect(chat.state.currentModel == "llava:13b")
    chat.enter("/provider plain")
    chat.enter("/model")
    #expect(chat.says == "No model is chosen. /model NAME or /models chooses one.")
    chat.enter("/provider openai")
    #expect(chat.state.currentModel == "llava:13b")
  }

  @Test func `Another server brings its own model, and its list is asked for`() {
    var chat = Chat()
    chat.enter("/provider plain")
    chat.on(.server(.models(["llava"])))
    chat.enter("/model llava")
    #expect(
      chat.enter("/provider openai").withoutWakes == [
        .composer(.remember("/provider openai")), .listModels(provider: "openai"),
      ])
    #expect(chat.says == "Requests go to api.openai.com now.")
    #expect(chat.state.currentModel == "gpt-4o")
    #expect(chat.state.engine.settings.models == [])
  }

  @Test func `A server that is not configured falls back on the first choice`() {
    var chat = Chat()
    chat.conversation.provider = "gone"
    #expect(chat.state.currentProvider.name == "openai")
    var alone = Chat(.empty, Servers(providers: []))
    alone.conversation.provider = "gone"
    #expect(alone.state.currentProvider == ProviderFacts(name: "gone", host: ""))
  }

  @Test(arguments: [(1.0, "1"), (0.7, "0.7"), (-2, "-2"), (1e20, "1e+20")])
  func `Numbers are short`(value: Double, text: String) {
    #expect(Parameters.number(value) == text)
  }
}
