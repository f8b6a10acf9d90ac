/// What a refusal is about, told by its words in English and Chinese.
///
/// Servers, and the relays before them, disagree about statuses and codes: a picture for a model that
/// cannot see is a 400, 404, 422 or 500, a wrong key a 400, a 401 or a 200. Their words agree better.
enum RefusalTopic: CaseIterable {
  // In the order in which they are looked for: what is told apart more surely comes first.
  case quota
  case tooMuchAtOnce
  case rate
  case load
  case length
  case key
  case content
  case turns
  case systemRole
  case model
  case parameter

  /// Words of which each alone tells the topic, in lower case.
  var words: [String] {
    switch self {
    case .quota: Self.quotaWords
    case .tooMuchAtOnce: ["request too large for"]
    case .rate: Self.rateWords
    case .load: Self.loadWords
    case .length: Self.lengthWords
    case .key: Self.keyWords
    case .content: Self.contentWords
    case .turns: Self.turnWords
    case .systemRole:
      ["system role not supported", "system role is not supported", "不支持system", "不支持 system"]
    case .model: Self.modelWords
    case .parameter:
      [
        "unsupported_parameter", "unsupported_value", "unknown_parameter", "extra_forbidden",
        "extra inputs are not permitted", "unrecognized request argument", "不支持的参数", "参数错误",
        "参数不合法",
      ]
    }
  }

  /// Whether `text`, in lower case, is about pictures, in whatever words.
  static func isAboutPictures(_ text: String) -> Bool {
    pictureWords.contains { text.contains($0) }
  }

  private static let quotaWords = [
    "insufficient_quota", "exceeded your current quota", "insufficient balance",
    "insufficient credit", "insufficient_user_quota", "out of credit", "credit balance is too low",
    "payment required", "arrearage", "overdue", "余额不足", "额度不足", "额度已用尽", "额度已用完", "预扣费",
    "配额不足", "配额已用", "欠费",
  ]
  private static let rateWords = [
    "rate_limit", "rate limit", "ratelimit", "too many requests", "throttl", "requests per minute",
    "频率", "频繁", "限流", "速率限制", "并发数", "请求数限制",
  ]
  private static let loadWords = [
    "overloaded", "slow_down", "server is busy", "server busy", "负载", "繁忙", "稍后再试", "稍后重试",
  ]
  private static let lengthWords = [
    "context_length_exceeded", "maximum context length", "context length", "context window",
    "context size", "exceed_context_size", "prompt is too long", "input is too long",
    "prompt too long", "input too long", "maximum model length", "max_model_len",
    "reduce the length", "too many tokens", "range of input length", "上下文长度", "上下文过长", "输入过长",
    "输入长度", "超出最大长度", "超过最大长度", "长度超过", "长度超出", "token数超", "tokens超",
  ]
  private static let keyWords = [
    "invalid_api_key", "invalidapikey", "api key not valid", "invalid api key", "incorrect api key",
    "api key is invalid", "invalid api-key", "no api key", "missing api key", "api key is missing",
    "api key is required", "api key required", "no_db_connection", "invalid authentication",
    "authentication_error", "authentication failed", "unauthorized", "access token invalid",
    "invalid access token", "login fail", "令牌", "密钥", "鉴权", "未授权", "认证失败", "身份验证", "未登录",
    "apikey无效", "api key无效", "api key 无效",
  ]
  private static let contentWords = [
    "content_filter", "content_policy", "moderation", "data_inspection_failed",
    "datainspectionfailed", "inappropriate content", "safety system", "敏感内容", "敏感词", "敏感信息",
    "违规", "不安全",
  ]
  private static let turnWords = [
    "must alternate", "should alternate", "alternating", "successive user", "successive assistant",
    "consecutive user", "consecutive assistant", "consecutive messages", "interleave the user",
    "role 'user' after role 'user'", "same role", "交替", "连续的用户", "连续的user",
  ]
  private static let modelWords = [
    "model_not_found", "invalid model", "not a valid model", "unknown model", "model not exist",
    "model not found", "no such model", "model does not exist", "无可用渠道", "no available channel",
    "模型不存在", "模型未找到", "不支持的模型", "模型不支持",
  ]
  private static let pictureWords = [
    "image", "picture", "photo", "vision", "multimodal", "multi-modal", "multi modal", "mmproj",
    "图片", "图像", "照片", "视觉", "多模态",
  ]
}

extension ServerFault {
  /// Code, type and message in one text, in lower case.
  var words: String {
    [code, type, message].compactMap { $0?.lowercased() }.joined(separator: " ")
  }

  /// The first topic that the words tell.
  var topic: RefusalTopic? {
    let words = words
    return RefusalTopic.allCases.first { $0.words.contains { words.contains($0) } }
  }
}
