import ChatAPI
import Conversation
import Foundation
import Language
import Testing

/// Every row of the facts about errors (§4, §5, §7), and every sentence of this room.
@Suite struct ChatAPIErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var status: Int
    var body: String
    var fault: AnswerFault

    init(_ description: String, _ status: Int, _ body: String, _ fault: AnswerFault) {
      testDescription = description
      self.status = status
      self.body = body
      self.fault = fault
    }
  }

  static func error(_ message: String, code: String? = nil, parameter: String? = nil) -> String {
    let code = code.map { "\"\($0)\"" } ?? "null"
    let parameter = parameter.map { "\"\($0)\"" } ?? "null"
    return "{\"error\":{\"message\":\"\(message)\",\"code\":\(code),\"param\":\(parameter)}}"
  }

  static let answers = [
    Case("a bad key", 401, error("Incorrect API key", code: "invalid_api_key"), .keyRefused),
    Case(
      "Gemini's bad key", 400, error("API key not valid. Please pass a valid API key."), .keyRefused
    ),
    Case(
      "LiteLLM's bad key, without a database", 400,
      error("No connected db.", code: "no_db_connection"), .keyRefused),
    Case("no credit (OpenRouter)", 402, error("Insufficient credits"), .quotaUsedUp),
    Case(
      "a country that is not served", 403, error("Country, region, or territory not supported"),
      .forbidden),
    Case(
      "a moderated request (OpenRouter)", 403, error("Your input was flagged by moderation"),
      .contentRefused),
    Case(
      "an unknown model", 404, error("The model `x` does not exist", code: "model_not_found"),
      .modelNotFound),
    Case(
      "Ollama's unknown model", 404, error("model 'x' not found, try pulling it first"),
      .modelNotFound),
    Case(
      "Azure's unknown deployment", 404,
      error("The API deployment for this resource does not exist", code: "404"), .modelNotFound),
    Case("an unknown path", 404, "404 page not found", .notFound),
    Case(
      "a text-only model (OpenRouter)", 404, error("No endpoints found that support image input"),
      .pictureRefused(PictureRefusal())),
    Case("a time-out of the server", 408, "", .serverFailed),
    Case("a conflict", 409, "", .serverFailed),
    Case("a body that is too large", 413, "{}", .tooLarge),
    Case("a body that is too large, says a gateway", 413, "<html><title>413</title>", .tooLarge),
    Case(
      "a rate limit", 429, error("Rate limit reached", code: "rate_limit_exceeded"), .rateLimited),
    Case(
      "a quota", 429, error("You exceeded your current quota", code: "insufficient_quota"),
      .quotaUsedUp),
    Case("a server's own failure", 500, error("The server had an error"), .serverFailed),
    Case(
      "a gateway's page", 502, "<html><head><title>502 Bad Gateway</title></head>", .serverFailed),
    Case("an overloaded engine", 503, error("The engine is currently overloaded"), .overloaded),
    Case(
      "too long a conversation", 400,
      error("This model's maximum context length is 8192 tokens", code: "context_length_exceeded"),
      .contextTooLong),
    Case(
      "too long for llama.cpp", 400, error("the request exceeds the available context size"),
      .contextTooLong),
    Case(
      "an unsupported picture", 400,
      error("You uploaded an unsupported image.", code: "invalid_image_format"),
      .pictureRefused(PictureRefusal(.unreadable))),
    Case(
      "a picture whose place is told", 400,
      error(
        "Invalid value", code: "invalid_value", parameter: "messages[1].content[2].image_url.detail"
      ),
      .pictureRefused(
        PictureRefusal(at: PictureRefusal.Place(message: 1, part: 2)))),
    Case(
      "a picture that cannot be fetched", 400,
      error("Timeout while downloading https://a/b.png", code: "invalid_value", parameter: "url"),
      .badRequest),
    Case(
      "Ollama refuses picture URLs", 400,
      error("image URLs are not currently supported, please use base64 encoded data instead"),
      .pictureRefused(PictureRefusal(.notFetched))),
    Case(
      "LM Studio's error is a text", 400,
      "{\"error\":\"'url' field must be a base64 encoded image.\"}",
      .pictureRefused(PictureRefusal(.notFetched))),
    Case(
      "a parameter", 400,
      error("Unsupported parameter", code: "unsupported_parameter", parameter: "top_p"),
      .parameterRefused(name: "top_p")),
    Case(
      "a content policy", 400, error("Rejected", code: "content_policy_violation"), .contentRefused),
    Case(
      "Mistral's list of what is wrong", 422,
      "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"model\"],\"msg\":\"Field required\"}]}",
      .badRequest),
    Case(
      "LiteLLM's unknown model", 400,
      error("/chat/completions: Invalid model name passed in model=x", code: "400"), .modelNotFound),
    Case("OpenRouter's unknown model", 400, error("x is not a valid model ID"), .modelNotFound),
    Case("DeepSeek's unknown model", 400, error("Model Not Exist"), .modelNotFound),
    Case(
      "Mistral's error without a wrapping", 400,
      "{\"object\":\"error\",\"message\":\"Prompt is too long\",\"type\":\"invalid\",\"code\":3051}",
      .contextTooLong),
    Case(
      "Gemini's array around an error", 429,
      "[{\"error\":{\"code\":429,\"message\":\"Slow down\",\"status\":\"RESOURCE_EXHAUSTED\"}}]",
      .rateLimited),
    Case("a page for a browser", 405, "<!doctype html><title>Login</title>", .page),
    Case("anything else", 400, error("No"), .badRequest),
    Case("an answer without words", 418, "", .badRequest),
  ]

  private func answer(_ status: Int, _ body: String, key: APIKey? = APIKey("key")) -> ChatAPIError?
  {
    var reader = ReplyReader(head: ResponseHead(status: status), server: "s", key: key)
    reader.feed(Array(body.utf8))
    reader.finish()
    if case .failed(let error)? = reader.ending { return error }
    return nil
  }

  @Test(arguments: answers) func `An answer is told by its status, codes and words`(_ row: Case) {
    let error = answer(row.status, row.body)
    #expect(error?.kind == .answer(row.fault))
    #expect(error?.status == row.status)
  }

  @Test func `Without a key, a 401 asks for one`() {
    #expect(answer(401, "{}", key: nil)?.kind == .answer(.keyMissing))
  }

  @Test func `FastAPI's place and words are kept`() {
    let error = answer(
      422,
      "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stop\"],\"msg\":\"Extra inputs\"}]}"
    )
    #expect(error?.message == "Extra inputs")
    #expect(error?.code == "extra_forbidden")
    #expect(error?.parameter == "stop")
  }

  @Test func `A sentence carries status, words and the request's identifier`() {
    var error = ChatAPIError(
      .answer(.overloaded), server: "a.com", status: 503, message: "Slow Down")
    error.requestID = "req_1"
    error.retryAfter = .seconds(300)
    #expect(
      error.phrase.text() == "a.com is overloaded: wait a while, and send again. "
        + "(HTTP 503: Slow Down, retry-after 300 s, x-request-id req_1)")
  }

  @Test func `A long answer is cut and put on one line`() {
    let error = answer(500, Self.error(String(repeating: "a\\n b", count: 1000)))
    #expect(error?.message?.count == 500)
    #expect(error?.message?.contains("\n") == false)
  }

  @Test(arguments: ErrorSentences.all) func `Every fault has its own sentence`(
    _ row: ErrorSentences.Row
  ) {
    let text = ChatAPIError(row.kind, server: "api.a.com").phrase.text()
    #expect(text.contains(row.words))
    #expect(text.hasSuffix(".") || text.hasSuffix(")."))
    #expect(ErrorSentences.all.filter { $0.words == row.words }.count == 1)
  }

  @Test func `Every sentence stands in docs/ERRORS.md`() throws {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/ERRORS.md"), encoding: .utf8)
    let sentences = ErrorSentences.all.map {
      ChatAPIError($0.kind, server: "api.a.com").phrase.text()
    }
    #expect(sentences.filter { !text.contains("- \($0)\n") } == [])
  }
}
