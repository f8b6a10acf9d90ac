import Conversation
import JSON
import Synchronization

/// Answers the calls of the Images API: pictures as base64 or at addresses, whole or with unfinished ones
/// before them.
///
/// The prompt asks for more: `refuse …` is held back at the prompt, `refuse picture …` at the picture,
/// `slow …` comes ten times as slowly. The model says what else: `demo-dall-e` is shaped as DALL·E 3,
/// `demo-cut` breaks off before its picture, `demo-error-429` answers with that status.
final class DemoImages: Sendable {
  /// Pictures that wait to be fetched, the oldest first; at most ``mostKept``.
  private let kept = Mutex<[(number: Int, bytes: [UInt8])]>([])
  private static let mostKept = 16

  /// How a call is answered.
  enum Answer {
    case whole(JSON.JSONValue)
    case events([String], isSlow: Bool, breaksOff: Bool)
  }

  /// The address of a picture, below the server's base.
  static let folder = "/v1/images/files/"

  /// `host` is what the client called the server.
  func answer(
    _ fields: DemoImageFields, by call: DemoImageRequest.Call, created: Int64, host: String
  ) throws(WireFault) -> Answer {
    let request = try DemoImageRequest(fields, by: call)
    let model = DemoModel(name: request.model)
    if let status = model.errorStatus { throw .famous(status) }
    try Self.moderate(request.prompt)
    let drawing = DemoDrawing(request)
    guard let partialCount = request.partialCount else {
      let pictures = (0..<request.count).map { drawing.png($0) }
      return .whole(whole(pictures, request, created: created, host: host))
    }
    let name = call == .edit ? "image_edit" : "image_generation"
    var events: [String] = []
    for left in (0..<partialCount).reversed() {
      events.append(
        Self.event(
          "\(name).partial_image", drawing.partial(0, left: left), request,
          [JSONMember("partial_image_index", JSON.JSONValue(partialCount - 1 - left))], created))
    }
    for index in 0..<request.count where model.ending != .cutOff {
      let usage = [JSONMember("usage", request.usage)]
      events.append(
        Self.event("\(name).completed", drawing.png(index), request, usage, created))
    }
    return .events(
      events, isSlow: Wish(request.prompt) == .slow, breaksOff: model.ending == .cutOff)
  }

  /// The picture at an address that was told; nil for any other.
  func file(at path: String) -> [UInt8]? {
    let number = Int(path.dropFirst(Self.folder.count).prefix { $0 != "." })
    return kept.withLock { kept in kept.first { $0.number == number }?.bytes }
  }

  private func whole(
    _ pictures: [[UInt8]], _ request: DemoImageRequest, created: Int64, host: String
  ) -> JSON.JSONValue {
    let items = pictures.map { bytes -> JSON.JSONValue in
      let content: JSONMember =
        request.answersAddresses
        ? JSONMember("url", .string("http://\(host)\(Self.folder)\(keep(bytes)).png"))
        : JSONMember("b64_json", .string(Base64.text(of: bytes)))
      let revised: [JSONMember] =
        request.isDallE
        ? [JSONMember("revised_prompt", .string("\(request.prompt), in great detail"))] : []
      return .object([content] + revised)
    }
    var members = [
      JSONMember("created", JSON.JSONValue(created)), JSONMember("data", .array(items)),
    ]
    if !request.isDallE { members.append(JSONMember("usage", request.usage)) }
    return .object(members)
  }

  private func keep(_ bytes: [UInt8]) -> Int {
    kept.withLock { kept in
      let number = (kept.last?.number ?? 0) + 1
      kept = Array(kept.suffix(Self.mostKept - 1)) + [(number, bytes)]
      return number
    }
  }

  private static func event(
    _ type: String, _ png: [UInt8], _ request: DemoImageRequest, _ more: [JSONMember],
    _ created: Int64
  ) -> String {
    let members = [
      JSONMember("type", .string(type)), JSONMember("b64_json", .string(Base64.text(of: png))),
      JSONMember("created_at", JSON.JSONValue(created)),
      JSONMember("size", .string("\(request.size.width)x\(request.size.height)")),
      JSONMember("quality", .string(request.quality)), JSONMember("background", "opaque"),
      JSONMember("output_format", "png"),
    ]
    return "event: \(type)\ndata: \(JSON.JSONValue.object(members + more))\n\n"
  }

  private static func moderate(_ prompt: String) throws(WireFault) {
    let words = prompt.lowercased().split(separator: " ").prefix(2)
    guard words.first == "refuse" || prompt.hasPrefix("拒绝") else { return }
    var fault = WireFault(
      status: 400,
      message: "Your request was rejected by the safety system.",
      type: "image_generation_user_error", code: "moderation_blocked")
    fault.moderationStage = words.last == "picture" ? "output" : "input"
    throw fault
  }
}

extension DemoImageRequest {
  fileprivate var usage: JSON.JSONValue {
    let text = prompt.utf8.count / 4 + 1
    let pictures = self.pictures.count * 323
    return [
      "input_tokens": JSON.JSONValue(text + pictures),
      "input_tokens_details": [
        "text_tokens": JSON.JSONValue(text), "image_tokens": JSON.JSONValue(pictures),
      ],
      "output_tokens": JSON.JSONValue(outputTokens),
      "total_tokens": JSON.JSONValue(text + pictures + outputTokens),
    ]
  }
}
