import JSON

/// A refusal in OpenAI's words and shape (OpenAI API reference, "Error codes").
struct WireFault: Error, Sendable {
  let status: Int
  let message: String
  var type = "invalid_request_error"
  var param: String?
  var code: String?
  /// The stage at which a prompt or a picture was held back; nil for any other refusal.
  var moderationStage: String?

  var body: JSONValue {
    let details = moderationStage.map { stage -> JSONMember in
      let value: JSONValue = ["moderation_stage": .string(stage), "categories": ["demo"]]
      return JSONMember("moderation_details", value)
    }
    let members = [
      JSONMember("message", .string(message)), JSONMember("type", .string(type)),
      JSONMember("param", param.map(JSONValue.string) ?? .null),
      JSONMember("code", code.map(JSONValue.string) ?? .null),
    ]
    return ["error": .object(members + [details].compactMap(\.self))]
  }
}

extension WireFault {
  static let notJSON = WireFault(
    status: 400, message: "We could not parse the JSON body of your request.")

  static let noModel = WireFault(status: 400, message: "you must provide a model parameter")

  static func missing(_ param: String) -> WireFault {
    WireFault(
      status: 400, message: "Missing required parameter: '\(param)'.", param: param,
      code: "missing_required_parameter")
  }

  static func invalid(_ param: String, _ message: String) -> WireFault {
    WireFault(status: 400, message: message, param: param, code: "invalid_value")
  }

  static func wrongType(_ param: String, expected: String) -> WireFault {
    WireFault(
      status: 400, message: "Invalid type for '\(param)': expected \(expected).", param: param,
      code: "invalid_type")
  }

  static func badValue(_ param: String, _ value: String, supported: [String]) -> WireFault {
    let list = supported.map { "'\($0)'" }.joined(separator: ", ")
    return WireFault(
      status: 400, message: "Invalid value: '\(value)'. Supported values are: \(list).",
      param: param, code: "invalid_value")
  }

  static func outOfRange(_ param: String, _ value: Double, _ range: ClosedRange<Double>)
    -> WireFault
  {
    WireFault(
      status: 400,
      message: """
        Invalid '\(param)': expected a value between \(range.lowerBound) and \
        \(range.upperBound), but got \(value) instead.
        """,
      param: param, code: "invalid_value")
  }

  static func noPictures(in role: String, _ param: String) -> WireFault {
    WireFault(
      status: 400,
      message: """
        Image URLs are only allowed for messages with role 'user', but this message with role \
        '\(role)' contains an image URL.
        """,
      param: param, code: "invalid_value")
  }

  static func unsupportedPicture(_ param: String) -> WireFault {
    WireFault(
      status: 400,
      message: """
        You uploaded an unsupported image. Please make sure your image has of one the following \
        formats: ['png', 'jpeg', 'gif', 'webp'].
        """,
      param: param, code: "invalid_image_format")
  }

  static func noVision(_ param: String) -> WireFault {
    WireFault(
      status: 400,
      message: "Invalid content type. image_url is only supported by certain models.",
      param: param)
  }

  static func unknownPath(_ method: String, _ path: String) -> WireFault {
    WireFault(status: 404, message: "Invalid URL (\(method) \(path))")
  }

  static func tooLarge(limit: Int) -> WireFault {
    WireFault(status: 413, message: "The request is larger than \(limit) bytes.")
  }

  /// The error that a real server sends with `status`; a plain one for a status of no fame.
  static func famous(_ status: Int) -> WireFault {
    switch status {
    case 401:
      WireFault(
        status: 401, message: "Incorrect API key provided: demo.", code: "invalid_api_key")
    case 404:
      WireFault(
        status: 404, message: "The model `demo-error-404` does not exist.", param: "model",
        code: "model_not_found")
    case 429:
      WireFault(
        status: 429, message: "Rate limit reached for the demo. Please try again in 1s.",
        type: "requests", code: "rate_limit_exceeded")
    default:
      WireFault(
        status: status, message: "The server had an error while processing your request.",
        type: "server_error")
    }
  }
}
