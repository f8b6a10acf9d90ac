import JSON

/// What a server says of an error, in whichever of its shapes (facts of compatible servers, §4, §7).
struct ServerFault: Equatable, Sendable {
  var message: String?
  var type: String?
  var code: String?
  var parameter: String?
  /// Why a prompt or a picture was held back; nil for any other error.
  var moderation: Moderation?
  /// Whether the answer was a page for a browser: a gateway spoke, not the API.
  var isPage = false

  /// The stage at which something was held back, and the categories that it fell into (OpenAI image
  /// generation guide, `moderation_details`).
  struct Moderation: Equatable, Sendable {
    var stage: String
    var categories: [String]
  }

  init(message: String? = nil, type: String? = nil, code: String? = nil, parameter: String? = nil) {
    self.message = message
    self.type = type
    self.code = code
    self.parameter = parameter
  }

  /// The error inside a JSON answer; nil where there is none.
  ///
  /// Reads `{"error": {…}}`, `{"error": "…"}`, `[{"error": …}]` (Gemini), `{"response": {"error": {…}}}`
  /// (the end of a stream of `/responses`), `{"object": "error", …}`
  /// (vLLM, Mistral), `{"type": "error", …}`, `{"detail": …}` (FastAPI), and a code with words where
  /// no reply is (`{"code": 401, "msg": "…"}`, as relays and Chinese clouds write it).
  init?(_ json: JSONValue) {
    if let error = json["error"] ?? json[0]?["error"] ?? json["response"]?["error"] {
      guard error != false, error != "" else { return nil }
      self.init(body: error)
    } else if json["object"]?.string == "error" || json["type"]?.string == "error" {
      self.init(body: json)
    } else if let detail = json["detail"] {
      self.init(detail: detail)
    } else if json["choices"]?.elements?.isEmpty != false,
      let fault = Self.bareFault(json) ?? json["base_resp"].flatMap(Self.bareFault)
    {
      self = fault
    } else {
      return nil
    }
  }

  /// A code that is no success, or `success: false`, and the words beside it (MiniMax's `base_resp`,
  /// Baidu's `error_code`).
  private static func bareFault(_ json: JSONValue) -> ServerFault? {
    let message = messageNames.lazy.compactMap { json[$0]?.string }.first { !$0.isEmpty }
    let code = codeNames.lazy.compactMap { json[$0]?.text }.first
    let hasFailed =
      json["success"]?.bool == false || code.map { !successes.contains($0.lowercased()) } ?? false
    guard hasFailed, let message else { return nil }
    return ServerFault(message: message, type: json["type"]?.text, code: code)
  }

  private static let messageNames = [
    "message", "msg", "error_msg", "error_message", "errmsg", "err_msg", "status_msg", "reason",
  ]
  private static let codeNames = [
    "code", "error_code", "errcode", "errno", "status_code", "statusCode", "status", "ret",
  ]
  private static let successes: Set = ["", "0", "200", "ok", "success", "true"]

  /// Reads the object that stands behind `error`, or the text that stands in its place.
  init(body: JSONValue) {
    if let text = body.string {
      self.init(message: text)
      return
    }
    self.init(
      message: Self.message(of: body), type: body["type"]?.text ?? body["status"]?.string,
      code: body["code"]?.text, parameter: body["param"]?.text)
    let details = body["moderation_details"]
    guard details != nil || code == "moderation_blocked" else { return }
    moderation = Moderation(
      stage: details?["moderation_stage"]?.string ?? "unknown",
      categories: details?["categories"]?.elements?.compactMap(\.string) ?? [])
  }

  /// The answer of a server that failed, whatever it is.
  init(answer: [UInt8]) {
    if let json = JSONValue(parsing: answer) {
      self = ServerFault(json) ?? ServerFault(body: json)
      return
    }
    let text = String(decoding: answer.prefix(64 << 10), as: UTF8.self)
    isPage = text.drop(while: \.isWhitespace).first == "<"
    message = isPage ? Self.title(of: text) : text.isEmpty ? nil : text
  }

  /// FastAPI's list of what is wrong where, or its text.
  private init(detail: JSONValue) {
    guard let first = detail[0] else {
      self.init(message: detail.string ?? Self.message(of: detail))
      return
    }
    let place = first["loc"]?.elements?.compactMap(\.text).filter { $0 != "body" }
    self.init(
      message: first["msg"]?.string, type: first["type"]?.string,
      parameter: place?.joined(separator: "."))
  }

  /// An error's own words; those of the server behind a relay where the relay passes them on.
  private static func message(of body: JSONValue) -> String? {
    if let behind = body["metadata"]?["raw"]?.string, !behind.isEmpty {
      return JSONValue(parsing: behind).flatMap { ServerFault($0)?.message } ?? behind
    }
    if let message = body["message"]?.string { return message }
    return (body["message"] ?? body["detail"] ?? body["msg"]).map {
      $0.string ?? ServerFault(detail: $0["detail"] ?? $0).message
        ?? String(decoding: $0.bytes, as: UTF8.self)
    }
  }

  private static func title(of page: String) -> String? {
    let bytes = Array(page.utf8)
    let folded = bytes.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
    guard let start = folded.firstRange(of: "<title>".utf8)?.upperBound else { return nil }
    let title = String(decoding: bytes[start...].prefix { $0 != UInt8(ascii: "<") }, as: UTF8.self)
    return title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
