import Conversation
import JSON
import ModelCatalog

/// A call of the Images API as the demo understands it (OpenAI API reference, images/create,
/// images/createEdit and images/createVariation), from JSON or from a form.
struct DemoImageRequest: Sendable {
  enum Call {
    case generation
    case edit
    /// Pictures like one that is given; the model in the shape of DALL·E has it alone.
    case variation
  }

  var model: String
  var prompt: String
  var size: PixelSize
  var quality: String
  var count: Int
  var style: String?
  var seed: Int?
  /// How many unfinished pictures come before each; nil where the answer is not streamed.
  var partialCount: Int?
  /// Whether pictures are answered by their addresses.
  var answersAddresses: Bool
  /// The bytes of the pictures to change.
  var pictures: [[UInt8]]
  var mask: [UInt8]?

  /// What the model takes, as the real ones of its shape do.
  let rule: DrawingRule

  var isDallE: Bool { model.contains("dall-e") }

  init(_ fields: DemoImageFields, by call: Call) throws(WireFault) {
    guard let model = fields.text("model"), !model.isEmpty else { throw .noModel }
    self.model = model
    let name = model.contains("dall-e") ? "demo-dall-e" : "demo-image"
    rule = ModelCatalog.builtIn.model(named: name).drawing ?? DrawingRule()
    prompt = call == .variation ? "variation" : fields.text("prompt") ?? ""
    if prompt.isEmpty { throw .missing("prompt") }
    count = fields.text("n").flatMap { Int($0) } ?? 1
    seed = fields.text("seed").flatMap { Int($0) }
    style = fields.text("style")
    quality = fields.text("quality") ?? rule.usualQuality ?? "standard"
    let size = fields.text("size") ?? "auto"
    self.size = try Self.size(size, rule)
    let isStreamed = fields.text("stream") == "true"
    partialCount = isStreamed ? fields.text("partial_images").flatMap { Int($0) } ?? 0 : nil
    answersAddresses = model.contains("dall-e") && fields.text("response_format") != "b64_json"
    (pictures, mask) = (try fields.pictures(), try fields.mask())
    try check(fields, by: call)
  }

  private func check(_ fields: DemoImageFields, by call: Call) throws(WireFault) {
    if call == .variation, !isDallE {
      throw .badValue("model", model, supported: ["demo-dall-e"])
    }
    if let name = fields.names.first(where: { !known(by: call).contains($0) }) {
      throw WireFault(
        status: 400, message: "Unknown parameter: '\(name)'.", param: name,
        code: "unknown_parameter")
    }
    guard (1...rule.countLimit).contains(count) else {
      throw .outOfRange("n", Double(count), 1...Double(rule.countLimit))
    }
    guard rule.qualities.contains(quality) || quality == "auto" else {
      throw .badValue("quality", quality, supported: rule.qualities)
    }
    if let style, !rule.styles.contains(style) {
      throw .badValue("style", style, supported: rule.styles)
    }
    guard call != .generation else { return }
    guard let first = pictures.first else { throw .missing("image") }
    for picture in pictures where PictureHeader(picture) == nil {
      throw .unsupportedPicture("image")
    }
    if let mask { try Self.check(mask, of: first) }
  }

  private func known(by call: Call) -> Set<String> {
    if call == .variation { return ["model", "n", "size", "response_format", "user", "image"] }
    let usual: Set = ["model", "prompt", "n", "size", "quality", "seed", "user"]
    if isDallE { return usual.union(["style", "response_format"]) }
    let more: Set = [
      "background", "moderation", "output_format", "output_compression", "stream",
      "partial_images",
    ]
    return usual.union(more).union(call == .edit ? ["image", "image[]", "images", "mask"] : [])
  }

  /// A mask must have the first picture's size, and alpha.
  private static func check(_ mask: [UInt8], of picture: [UInt8]) throws(WireFault) {
    guard mask.count <= 4 << 20 else {
      throw WireFault(
        status: 400, message: "Invalid mask image: it is larger than 4 MB.", param: "mask")
    }
    guard let header = PictureHeader(mask), header.format == .png,
      DemoPNG.decode(mask)?.alpha != nil
    else {
      throw WireFault(
        status: 400, message: "Invalid mask image format - mask image missing alpha channel",
        param: "mask")
    }
    guard header.size == PictureHeader(picture)?.size else {
      throw WireFault(
        status: 400,
        message: "Invalid mask image format - mask size does not match image size", param: "mask")
    }
  }

  private static func size(_ text: String, _ rule: DrawingRule) throws(WireFault) -> PixelSize {
    guard let wanted = Drawing.Size(text) else {
      throw .badValue("size", text, supported: ["1024x1024", "1536x1024", "1024x1536"])
    }
    guard case .pixels(let size) = wanted else { return PixelSize(width: 1024, height: 1024) }
    guard rule.size(nearest: wanted) == wanted else {
      throw .badValue("size", text, supported: ["1024x1024", "1536x1024", "1024x1536"])
    }
    return size
  }
}

/// The members of a call, from JSON or from a form.
enum DemoImageFields: Sendable {
  case json(JSON.JSONValue)
  case form(FormData)

  var names: [String] {
    switch self {
    case .json(.object(let members)): members.map(\.name)
    case .json: []
    case .form(let form): form.fields.map(\.name)
    }
  }

  /// A text, a number or a truth value, as text.
  func text(_ name: String) -> String? {
    switch self {
    case .json(let json): json[name]?.text ?? json[name]?.bool.map { "\($0)" }
    case .form(let form): form[name]
    }
  }

  func pictures() throws(WireFault) -> [[UInt8]] {
    switch self {
    case .form(let form):
      return form.fields.filter { ["image", "image[]"].contains($0.name) }.map { Array($0.bytes) }
    case .json(let json):
      var pictures: [[UInt8]] = []
      for item in json["images"]?.elements ?? [] {
        pictures.append(try Self.bytes(of: item, "images"))
      }
      return pictures
    }
  }

  func mask() throws(WireFault) -> [UInt8]? {
    switch self {
    case .form(let form): return form.fields.first { $0.name == "mask" }.map { Array($0.bytes) }
    case .json(let json):
      guard let mask = json["mask"] else { return nil }
      return try Self.bytes(of: mask, "mask")
    }
  }

  private static func bytes(of json: JSON.JSONValue, _ name: String) throws(WireFault) -> [UInt8] {
    guard let bytes = json["image_url"]?.string.flatMap({ DataURL($0)?.bytes }) else {
      throw .unsupportedPicture(name)
    }
    return bytes
  }
}
