import ChatAPI
import Conversation
import Foundation
import Language
import Testing

/// Facts §2 and §7: refusals as servers write them, and what to ask instead.
@Suite struct ParameterRulesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var status = 400
    var message: String
    var code: String?
    var parameter: String?
    var answer: Adaptation?

    init(
      _ description: String, status: Int = 400, _ message: String, code: String? = nil,
      parameter: String? = nil, _ answer: Adaptation?
    ) {
      testDescription = description
      self.status = status
      self.message = message
      self.code = code
      self.parameter = parameter
      self.answer = answer
    }
  }

  static let sent = [
    "stream", "stream_options", "store", "temperature", "max_tokens", "stop", "response_format",
  ]

  static let cases = [
    Case(
      "OpenAI's unsupported value",
      "Unsupported value: 'temperature' does not support 0 with this model.",
      code: "unsupported_value", parameter: "temperature", .omit("temperature")),
    Case(
      "OpenAI's unsupported parameter",
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      code: "unsupported_parameter", parameter: "max_tokens",
      .rename("max_tokens", to: "max_completion_tokens")),
    Case(
      "a relay that keeps only the words",
      "Unsupported parameter: 'stop' is not supported with this model.", .omit("stop")),
    Case("words without quotes", "stop is not supported by this model", .omit("stop")),
    Case("a parameter without quotes", "Unsupported parameter: stop", .omit("stop")),
    Case("a parameter among words", "The parameter stop is unknown to it.", .omit("stop")),
    Case("a word of the sentence is no parameter", "Unsupported request: please stop", nil),
    Case("Groq's words", "property 'store' is unsupported", .omit("store")),
    Case(
      "Gemini's words",
      "Invalid JSON payload received. Unknown name \\\"stream_options\\\": Cannot find field.",
      .omit("stream_options")),
    Case(
      "Mistral's list", status: 422, "Extra inputs are not permitted", code: "extra_forbidden",
      parameter: "stream_options.include_usage", .omit("stream_options")),
    Case(
      "a model that does not stream", "Your organization must be verified to stream this model.",
      code: "unsupported_value", parameter: "stream", .omit("stream")),
    Case(
      "a server that knows no developer",
      "messages[0].role: unknown variant developer, expected one of system, user", .systemRole),
    Case(
      "a server that knows no developer, by its parameter",
      "Unsupported value: 'messages[0].role' does not support 'developer'",
      code: "unsupported_value", parameter: "messages[0].role", .systemRole),
    Case(
      "DeepSeek wants its reasoning back",
      "The reasoning_content in the thinking mode must be passed back to the API.", .echoReasoning),
    Case(
      "a response format is not given up", "Unsupported parameter: 'response_format'",
      code: "unsupported_parameter", parameter: "response_format", nil),
    Case(
      "a parameter that was not sent", "Unsupported parameter: 'top_p'",
      code: "unsupported_parameter", parameter: "top_p", nil),
    Case(
      "a failure that names a parameter", status: 500, "Unsupported parameter: 'stop'",
      code: "unsupported_parameter", parameter: "stop", .omit("stop")),
    Case(
      "a status that speaks of something else", status: 429, "Unsupported parameter: 'stop'",
      code: "unsupported_parameter", parameter: "stop", nil),
    Case("another error", "Rate limit for temperature reached", nil),
  ]

  @Test(arguments: cases) func `A refusal asks for one change, or for none`(_ row: Case) {
    var error = ChatAPIError(
      .answer(.badRequest), server: "s", status: row.status, message: row.message)
    error.code = row.code
    error.parameter = row.parameter
    #expect(ParameterRules.adaptation(to: error, sent: Self.sent) == row.answer)
  }

  @Test func `Rules are learned by server and model, and survive a run`() throws {
    let (first, second) = (try Provider("https://a.com"), try Provider("https://b.com"))
    var rules = LearnedRules()
    let news = [
      rules.learn([.omit("stop")], for: "m", at: first),
      rules.learn([.omit("stop")], for: "m", at: first),
      rules.learn([.rename("a", to: "b"), .systemRole], for: "m", at: first),
    ]
    #expect(news == [true, false, true])
    rules = try JSONDecoder().decode(LearnedRules.self, from: JSONEncoder().encode(rules))
    #expect(
      rules.adaptations(for: "m", at: first) == [.omit("stop"), .rename("a", to: "b"), .systemRole])
    #expect(rules.adaptations(for: "n", at: first).isEmpty)
    #expect(rules.adaptations(for: "m", at: second).isEmpty)
  }

  @Test func `What holds for a server's address holds for all its models`() throws {
    let provider = try Provider("https://a.com")
    var rules = LearnedRules()
    rules.learn([.plainPath, .omit("stop")], for: "m", at: provider)
    #expect(rules.adaptations(for: "n", at: provider) == [.plainPath])
  }

  @Test(arguments: [
    (Adaptation.omit("stop"), "a.com does not take stop: it is left out."),
    (.omit("stream"), "a.com does not stream this model: the reply comes whole."),
    (.rename("a", to: "b"), "a.com calls a b: it is sent so."),
    (.systemRole, "a.com does not know the role developer: system is sent."),
    (.plainPath, "a.com has no /v1: it is asked without."),
    (.joinRoles, "a.com wants turns: neighbouring messages are sent as one."),
    (.foldSystem, "a.com takes no system message: it is sent before the first message."),
    (.pictureCount(0), "The model at a.com takes no pictures."),
    (.pictureCount(1), "a.com takes one picture a request."),
    (.pictureCount(2), "a.com takes at most 2 pictures a request."),
    (.pictureSide(2000), "a.com takes at most 2000 pixels a side."),
    (.pictureByteCount(3_000_000), "a.com takes at most 3.0 MB a picture."),
    (
      .opensInReasoning,
      "a.com leaves out the opening tag of this model's reasoning: it is told apart."
    ),
    (.echoReasoning, "a.com wants the model's reasoning back: it is sent."),
    (
      .reasoningMember("reasoning"),
      "a.com gives reasoning as reasoning: with calls of tools it goes back so."
    ),
  ]) func `A change is told in a sentence`(adaptation: Adaptation, sentence: String) {
    #expect(adaptation.phrase(server: "a.com").text() == sentence)
  }
}
