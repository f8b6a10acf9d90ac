import Conversation
import JSON

/// The picture that the demo's model makes in its reply, where the tool for it is offered and the user's words
/// ask for one: `draw …`, `paint …`, or `画…`.
///
/// As for the Images API, `draw refuse …` is held back, and an earlier picture of the request is changed,
/// where a mask is transparent if there is one.
struct DemoToolPicture {
  /// The item of the call (OpenAI API reference, `image_generation_call`), with what OpenAI adds to it.
  let item: JSONValue
  /// The unfinished pictures, in base64.
  let partials: [String]

  private static let words = ["draw", "paint", "redraw"]

  /// Nil where the words ask for no picture.
  init?(_ tool: JSONValue, for text: String, input: JSONValue?) throws(WireFault) {
    guard let prompt = Self.prompt(of: text) else { return nil }
    try Self.check(tool)
    let partialCount = tool["partial_images"]?.integer ?? 0
    guard !prompt.lowercased().hasPrefix("refuse") else {
      item = [
        "id": "ig_demo", "type": "image_generation_call", "status": "failed", "result": .null,
        "revised_prompt": .string(prompt),
      ]
      partials = []
      return
    }
    let picture = Self.lastPicture(in: input)
    var members = [
      JSONMember("model", tool["model"] ?? "demo-image"), JSONMember("prompt", .string(prompt)),
    ]
    members += ["size", "quality"].compactMap { name in
      tool[name].map { JSONMember(name, $0) }
    }
    if let picture { members.append(JSONMember("images", [["image_url": .string(picture)]])) }
    if let mask = tool["input_image_mask"] { members.append(JSONMember("mask", mask)) }
    let request = try DemoImageRequest(
      .json(.object(members)), by: picture == nil ? .generation : .edit)
    let drawing = DemoDrawing(request)
    partials = (0..<partialCount).reversed().map {
      Base64.text(of: drawing.partial(0, left: $0))
    }
    item = [
      "id": "ig_demo", "type": "image_generation_call", "status": "completed",
      "revised_prompt": .string("\(prompt), in great detail"), "output_format": "png",
      "size": .string("\(request.size.width)x\(request.size.height)"),
      "quality": .string(request.quality), "background": "opaque",
      "result": .string(Base64.text(of: drawing.png(0))),
    ]
  }

  private static func prompt(of text: String) -> String? {
    // Pictures of the model's own go back before the words, each behind a line of its own.
    let lines = text.split(separator: "\n").drop { $0.hasPrefix("[picture ") }
    let trimmed = lines.joined(separator: "\n").drop(while: \.isWhitespace)
    if trimmed.hasPrefix("画") { return String(trimmed.dropFirst()) }
    let word = trimmed.prefix(while: \.isLetter)
    guard words.contains(word.lowercased()) else { return nil }
    let rest = trimmed.dropFirst(word.count).drop(while: \.isWhitespace)
    return rest.isEmpty ? nil : String(rest)
  }

  /// Refuses members that the tool does not have, as OpenAI does.
  private static func check(_ tool: JSONValue) throws(WireFault) {
    guard case .object(let members) = tool else { return }
    let known: Set = [
      "type", "model", "quality", "size", "output_format", "output_compression", "moderation",
      "background", "input_fidelity", "input_image_mask", "partial_images", "action",
    ]
    guard let other = members.first(where: { !known.contains($0.name) }) else { return }
    throw WireFault(
      status: 400, message: "Unknown parameter: 'tools[0].\(other.name)'.",
      param: "tools[0].\(other.name)", code: "unknown_parameter")
  }

  /// The last picture of a request's items that comes as a `data:` URL.
  private static func lastPicture(in input: JSONValue?) -> String? {
    let parts = (input?.elements ?? []).flatMap { $0["content"]?.elements ?? [] }
    return parts.last {
      $0["type"] == "input_image" && DataURL.isDataURL($0["image_url"]?.string ?? "")
    }?[
      "image_url"]?.string
  }
}
