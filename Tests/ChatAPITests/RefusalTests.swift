import ChatAPI
import Conversation
import Testing

/// Refusals as servers write them, each row named after the server: what is understood, what is
/// learned, and whether the same request is sent again.
@Suite struct RefusalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var status: Int
    var body: String
    var pictureCount = 1
    var settings: [String] = []
    var fault: AnswerFault
    /// The change of the request that the refusal asks for.
    var change: Adaptation?

    init(
      _ server: String, _ status: Int, _ body: String, pictures: Int = 1, settings: [String] = [],
      _ fault: AnswerFault, changes change: Adaptation? = nil
    ) {
      testDescription = server
      self.status = status
      self.body = body
      pictureCount = pictures
      self.settings = settings
      self.fault = fault
      self.change = change
    }
  }

  private static func error(_ message: String, code: String = "null") -> String {
    "{\"error\":{\"message\":\"\(message)\",\"type\":\"invalid_request_error\",\"code\":\(code)}}"
  }

  static let all =
    pictures + turns + tools + parameters + replyLimits + others + chinese + bare

  static let pictures = [
    Case(
      "vLLM 0.6 and later, limit-mm-per-prompt", 400,
      #"{"object":"error","message":"At most 1 image(s) may be provided in one request.","type":"BadRequestError","code":400}"#,
      pictures: 3, .pictureRefused(PictureRefusal(.tooMany(limit: 1)))),
    Case(
      "vLLM, a model that sees none", 400,
      #"{"object":"error","message":"At most 0 image(s) may be provided in one prompt.","code":400}"#,
      .pictureRefused(PictureRefusal(.notSeen))),
    Case(
      "Anthropic behind a relay", 400, error("Could not process image"),
      .pictureRefused(PictureRefusal(.unreadable))),
    Case(
      "Anthropic's limit of pixels", 400,
      error(
        "messages.0.content.30.image.source.base64.data: At least one of the image dimensions exceed max allowed size for many-image requests: 2000 pixels"
      ), pictures: 31, .pictureRefused(PictureRefusal(.tooLarge(side: 2000)))),
    Case(
      "Anthropic's limit of bytes", 400,
      error("image exceeds 5 MB maximum: 6412080 bytes > 5242880 bytes"),
      .pictureRefused(PictureRefusal(.tooHeavy(byteCount: 3_750_000)))),
    Case(
      "Pillow behind vLLM, SGLang and others", 500,
      error("cannot identify image file <_io.BytesIO object at 0x7f>"),
      .pictureRefused(PictureRefusal(.unreadable))),
    Case(
      "llama.cpp's mtmd", 400, error("Failed to load image or audio file"),
      .pictureRefused(PictureRefusal(.unreadable))),
    Case(
      "llama.cpp b5400 and later, without mmproj", 500,
      #"{"error":{"code":500,"message":"image input is not supported - hint: if this is unexpected, you may need to provide the mmproj","type":"server_error"}}"#,
      .pictureRefused(PictureRefusal(.notSeen))),
    Case(
      "OpenAI, a text model", 400,
      error("Invalid content type. image_url is only supported by certain models."),
      .pictureRefused(PictureRefusal(.notSeen))),
    Case(
      "DeepSeek", 400,
      error(
        "Failed to deserialize the JSON body into the target type: messages[0]: unknown variant `image_url`, expected `text` at line 1 column 283"
      ), .pictureRefused(PictureRefusal(.notSeen))),
    Case(
      "Groq", 400, error("Too many images provided. This model supports up to 5 images"),
      pictures: 8, .pictureRefused(PictureRefusal(.tooMany(limit: 5)))),
    Case(
      "a relay that names both numbers", 400,
      error("You provided 12 images but only 10 are allowed"), pictures: 12,
      .pictureRefused(PictureRefusal(.tooMany(limit: 10)))),
    Case(
      "a size by two sides", 400, error("Image size 4096x3000 is over the limit of 2048x2048"),
      .pictureRefused(PictureRefusal(.tooLarge(side: 2048)))),
    Case(
      "Qwen-VL, a picture that is too small", 400,
      error("The image length and width must be larger than 10 pixels"),
      .pictureRefused(PictureRefusal())),
    Case(
      "a text model, with a picture and nothing said of it", 500, error("something broke"),
      .serverFailed),
    Case(
      "words of pictures where none was sent", 500, error("image of the container is missing"),
      pictures: 0, .serverFailed),
  ]

  static let turns = [
    Case(
      "Gemma and Mistral templates in vLLM", 400,
      #"{"object":"error","message":"Conversation roles must alternate user/assistant/user/assistant/...","type":"BadRequestError","code":400}"#,
      pictures: 0, .turnsRefused, changes: .joinRoles),
    Case(
      "the same in llama.cpp, as a failure", 500,
      error("After the optional system message, conversation roles must alternate user/assistant"),
      pictures: 0, .turnsRefused, changes: .joinRoles),
    Case(
      "deepseek-reasoner", 400,
      error(
        "deepseek-reasoner does not support successive user or assistant messages (messages[1] and messages[2] in your input). You should interleave the user/assistant messages in the message list."
      ), pictures: 0, .turnsRefused, changes: .joinRoles),
    Case(
      "Gemma 2's template", 500, error("System role not supported"), pictures: 0, .turnsRefused,
      changes: .foldSystem),
  ]

  static let tools = [
    Case(
      "OpenAI, tools with reasoning", 400,
      #"{"error":{"message":"Function tools with reasoning_effort are not supported for gpt-5.6-luna in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.","type":"invalid_request_error","param":"reasoning_effort","code":null}}"#,
      pictures: 0, settings: ["tools", "reasoning_effort"], .toolsRefusedWithReasoning),
    Case(
      "Ollama, a model without tools", 400,
      error("registry.ollama.ai/library/gemma3:4b does not support tools"), pictures: 0,
      settings: ["tools"], .toolsRefused),
    Case(
      "vLLM without its flags", 400,
      #"{"object":"error","message":"\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set","type":"BadRequestError","code":400}"#,
      pictures: 0, settings: ["tools"], .toolsRefused),
    Case(
      "OpenRouter, no endpoint", 404,
      error("No endpoints found that support tool use."), pictures: 0, settings: ["tools"],
      .toolsRefused),
    Case(
      "Groq, in quotes of its own", 400, error("`tool calling` is not supported with this model"),
      pictures: 0, settings: ["tools"], .toolsRefused),
    Case(
      "OpenAI, by the parameter", 400,
      #"{"error":{"message":"Unsupported parameter: 'tools' is not supported with this model.","type":"invalid_request_error","param":"tools","code":"unsupported_parameter"}}"#,
      pictures: 0, settings: ["tools"], .toolsRefused),
    Case(
      "DeepSeek's reasoner", 400,
      error("deepseek-reasoner does not support Function Calling"), pictures: 0,
      settings: ["tools"], .toolsRefused),
    Case(
      "llama.cpp without its flag", 500, error("tools param requires --jinja flag"), pictures: 0,
      settings: ["tools"], .toolsRefused),
    Case(
      "OpenAI, one tool's schema", 400,
      #"{"error":{"message":"Invalid schema for function 'time': 'oneOf' of tools is not supported.","type":"invalid_request_error","param":"tools[0].function.parameters","code":"invalid_function_parameters"}}"#,
      pictures: 0, settings: ["tools"], .badRequest),
    Case(
      "the same words where no tools were sent", 400, error("it does not support tools"),
      pictures: 0, settings: ["stream"], .badRequest),
  ]

  static let parameters = [
    Case(
      "llama-cpp-python 0.3, an unknown role", 500,
      error(
        "[{'loc': ('body', 'messages', 0, 'role'), 'msg': \\\"Input should be 'system'\\\", 'input': 'developer'}]"
      ),
      pictures: 0, settings: ["stream"], .serverFailed, changes: .systemRole),
    Case(
      "llama-cpp-python 0.3, a field", 500,
      error(
        "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': \\\"Input should be 'text' or 'json_object'\\\"}]"
      ),
      pictures: 0, settings: ["stream", "response_format"],
      .parameterRefused(name: "response_format")),
    Case(
      "a relay that wraps the status", 502,
      error("Unsupported parameter: 'top_p' is not supported with this model."), pictures: 0,
      settings: ["stream", "top_p"], .parameterRefused(name: "top_p"), changes: .omit("top_p")),
  ]

  static let replyLimits = [
    Case(
      "vLLM 0.32, more than its context", 400,
      #"{"error":{"message":"max_tokens=4000 cannot be greater than max_model_len=2048. Please request fewer output tokens. (parameter=max_tokens, value=4000)","type":"BadRequestError","param":"max_tokens","code":400}}"#,
      pictures: 0, settings: ["stream", "max_tokens"], .replyLimitTooHigh(most: 2048)),
    Case(
      "the same on /responses", 400,
      error(
        "max_output_tokens=4000 cannot be greater than max_model_len=2048. Please request fewer output tokens."
      ), pictures: 0, settings: ["max_output_tokens"], .replyLimitTooHigh(most: 2048)),
    Case(
      "vLLM 0.9, what the question leaves", 400,
      error(
        "'max_tokens' or 'max_completion_tokens' is too large: 500. This model's maximum context length is 2048 tokens and your request has 1900 input tokens (500 > 2048 - 1900). (parameter=max_tokens, value=500)"
      ), pictures: 0, settings: ["max_tokens"], .replyLimitTooHigh(most: 148)),
    Case(
      "OpenAI, a model's own limit", 400,
      error(
        "max_tokens is too large: 5000. This model supports at most 4096 completion tokens, whereas you provided 5000."
      ), pictures: 0, settings: ["max_tokens"], .replyLimitTooHigh(most: 4096)),
    Case(
      "Groq", 400,
      error("`max_tokens` must be less than or equal to `8192`, the maximum value for this model"),
      pictures: 0, settings: ["max_tokens"], .replyLimitTooHigh(most: 8192)),
    Case(
      "DashScope, the limit of a reply", 400, error("Range of max_tokens should be [1, 8192]"),
      pictures: 0, settings: ["max_tokens"], .replyLimitTooHigh(most: 8192)),
    Case(
      "a conversation that is too long, where a limit was sent", 400,
      error(
        "This model's maximum context length is 2048 tokens. However, you requested 3100 tokens (3000 in the messages, 100 in the completion). Please reduce the length of the messages or completion."
      ), pictures: 0, settings: ["max_tokens"], .contextTooLong),
    Case(
      "the same words where none was sent", 400,
      error("max_tokens=4000 cannot be greater than max_model_len=2048."), pictures: 0,
      settings: ["stream"], .contextTooLong),
  ]

  static let others = [
    Case(
      "LiteLLM, a key that its database does not know", 400,
      error("No connected db.", code: "\"no_db_connection\""), .keyRefused),
    Case(
      "llama-cpp-python, too long", 400,
      error("Requested tokens (9000) exceed context window of 2048"), .contextTooLong),
    Case(
      "OpenAI, more than a minute's tokens at once", 429,
      error(
        "Request too large for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000, Requested 40000"
      ),
      pictures: 0, .contextTooLong),
    Case(
      "vLLM, too long", 400,
      error("The decoder prompt (length 5000) is longer than the maximum model length of 4096."),
      .contextTooLong),
    Case(
      "LiteLLM 1.108, a path that the server behind has not", 404,
      error(
        "litellm.BadRequestError: OpenAIException - Invalid URL (POST /v1/responses) LiteLLM: model group 'demo' failed"
      ),
      pictures: 0, .notFound),
    Case("a load balancer", 500, error("The model is overloaded, image tier"), .overloaded),
  ]

  static let chinese = [
    Case("new-api, a key", 401, error("无效的令牌"), .keyRefused),
    Case("new-api, a key, with another status", 403, error("该令牌状态不可用"), .keyRefused),
    Case("new-api, money", 403, error("预扣费额度失败, 用户剩余额度: 0"), .quotaUsedUp),
    Case("new-api, no channel", 503, error("当前分组 default 下对于模型 gpt-9 无可用渠道"), .modelNotFound),
    Case("new-api, load", 500, error("当前分组上游负载已饱和，请稍后再试"), .overloaded),
    Case("a relay, length", 400, error("输入过长，超出模型的上下文长度"), .contextTooLong),
    Case(
      "a relay, pictures", 400, error("该模型不支持图片输入"), .pictureRefused(PictureRefusal(.notSeen))),
    Case(
      "a relay, their number", 400, error("最多上传2张图片"), pictures: 4,
      .pictureRefused(PictureRefusal(.tooMany(limit: 2)))),
    Case(
      "a relay, their bytes", 400, error("图片大小不能超过10MB"),
      .pictureRefused(PictureRefusal(.tooHeavy(byteCount: 7_500_000)))),
    Case("Zhipu's filter", 400, error("系统检测到输入或生成内容可能包含不安全或敏感内容"), .contentRefused),
    Case("a cloud, requests", 400, error("您的请求过于频繁"), .rateLimited),
    Case(
      "a relay, turns", 400, error("user 和 assistant 必须交替出现"), .turnsRefused, changes: .joinRoles),
  ]

  static let bare = [
    Case(
      "a relay's 200, a key", 200,
      #"{"code":401,"success":false,"msg":"\u65e0\u6548\u7684\u4ee4\u724c"}"#,
      .keyRefused),
    Case("a relay's 200, requests", 200, #"{"code":429,"message":"slow down"}"#, .rateLimited),
    Case(
      "Baidu", 200, #"{"error_code":110,"error_msg":"Access token invalid or no longer valid"}"#,
      .keyRefused),
    Case(
      "MiniMax", 200,
      #"{"choices":null,"base_resp":{"status_code":1004,"status_msg":"login fail"}}"#,
      .keyRefused),
    Case(
      "DashScope", 200, #"{"code":"InvalidApiKey","message":"Invalid API-key provided."}"#,
      .keyRefused),
    Case("a relay's failure", 200, #"{"success":false,"message":"upstream died"}"#, .badRequest),
    Case(
      "the same in a stream", 200, "data: {\"code\":429,\"message\":\"slow down\"}\n\n",
      .rateLimited),
  ]

  private func read(
    _ row: Case, key: String? = "key", pictureHosts: [String] = []
  ) -> ChatAPIError? {
    var facts = RequestFacts(pictureCount: row.pictureCount, settings: row.settings)
    facts.pictureHosts = pictureHosts
    var reader = ReplyReader(
      head: ResponseHead(status: row.status), server: "s", key: key.flatMap { APIKey($0) },
      request: facts)
    reader.feed(Array(row.body.utf8))
    reader.finish()
    if case .failed(let error)? = reader.ending { return error }
    return nil
  }

  @Test(arguments: all) func `A refusal is understood by its words and by what was sent`(
    _ row: Case
  ) throws {
    let error = try #require(read(row))
    #expect(error.kind == .answer(row.fault))
    #expect(ParameterRules.adaptation(to: error, sent: row.settings) == row.change)
  }

  @Test(arguments: all) func `Nothing that cannot change is sent again`(_ row: Case) throws {
    let error = try #require(read(row))
    let delay = RetryPolicy().delay(
      after: error, head: ResponseHead(status: row.status), made: 0, jitter: 0, now: 0)
    let passing: [AnswerFault] = [.rateLimited, .overloaded, .serverFailed]
    #expect((delay != nil) == passing.contains(row.fault))
  }

  @Test func `A bare failure where no key was sent says so, and is not asked again`() throws {
    let row = Case("LiteLLM 1.108, no key", 500, "Internal Server Error", .badRequest)
    let error = try #require(read(row, key: nil))
    #expect(error.kind == .answer(.serverFailedWithoutKey))
    let head = ResponseHead(status: 500)
    #expect(RetryPolicy().delay(after: error, head: head, made: 0, jitter: 0, now: 0) == nil)
    #expect(read(row)?.kind == .answer(.serverFailed))
    let told = Case("a local server", 500, Self.error("CUDA error"), .badRequest)
    #expect(read(told, key: nil)?.kind == .answer(.serverFailed))
  }

  @Test(arguments: [
    "Cannot connect to host example.com:443 ssl:default [Temporary failure in name resolution]",
    "404, message='Not Found', url='https://example.com/x.png'",
    "[Errno -2] Name or service not known",
  ]) func `A picture that the server cannot fetch is not sent again and again`(_ words: String)
    throws
  {
    let row = Case("vLLM 0.32", 500, Self.error(words), .badRequest)
    let error = try #require(read(row, pictureHosts: ["example.com"]))
    #expect(error.kind == .answer(.pictureRefused(PictureRefusal(.notFetched))))
    let head = ResponseHead(status: 500)
    #expect(RetryPolicy().delay(after: error, head: head, made: 0, jitter: 0, now: 0) == nil)
    // Without a picture at an address it is the server's own trouble, which may pass.
    let other = try #require(read(row))
    #expect(other.kind == .answer(.serverFailed))
  }

  @Test func `A reply that holds a code is a reply`() {
    let body = #"{"code":7,"message":"x","choices":[{"message":{"content":"ok"}}]}"#
    #expect(read(Case("", 200, body, .badRequest)) == nil)
  }
}
