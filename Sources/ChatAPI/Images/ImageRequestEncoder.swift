import Conversation
import JSON

/// Writes the body of a call of the Images API (OpenAI API reference, images/create, images/createEdit,
/// images/createVariation): as JSON, or as a form where pictures go as files.
struct ImageRequestEncoder {
  let request: ImageRequest
  let call: ImageRequest.Call
  /// Whether pictures go as files of a form, and not inside JSON.
  let isForm: Bool
  /// The members that the server does not take.
  let omitted: Set<String>

  /// The names of the settings that the body holds, in its order.
  var settings: [String] { members.map(\.name).filter { !["model", "prompt"].contains($0) } }

  /// The body, and its media type.
  func encode() -> (body: RequestBody, contentType: String) {
    switch call {
    case .responses: (responses, "application/json")
    case .chat: (chat, "application/json")
    case .generations, .edits, .variations, .images: isForm ? form : (json, "application/json")
    }
  }

  /// The settings that are texts, numbers and truth values.
  var members: [JSONMember] {
    let all =
      call == .images ? openRouterMembers : call == .variations ? variationMembers : usualMembers
    return all.filter { !omitted.contains($0.name) }
  }

  private var usualMembers: [JSONMember] {
    var members = [
      JSONMember("model", .string(request.model)), JSONMember("prompt", .string(request.prompt)),
    ]
    members.add("n", request.count == 1 ? nil : JSONValue(request.count))
    members.add("size", request.size == .auto ? nil : .string(request.size.description))
    members.add("quality", request.quality.map(JSONValue.string))
    members.add("style", request.style.map(JSONValue.string))
    members.add("background", request.background.map(JSONValue.string))
    members.add("output_format", request.format.map(JSONValue.string))
    members.add("seed", request.seed.map { JSONValue($0) })
    members.add("response_format", request.asksForBase64 ? "b64_json" : nil)
    guard request.partialCount > 0, !omitted.contains("stream") else { return members }
    members.add("stream", true)
    members.add("partial_images", JSONValue(request.partialCount))
    return members
  }

  private var variationMembers: [JSONMember] {
    usualMembers.filter { ["model", "n", "size", "response_format"].contains($0.name) }
  }

  /// OpenRouter takes the relation of the sides in the place of a size in pixels.
  private var openRouterMembers: [JSONMember] {
    usualMembers.compactMap { member in
      switch member.name {
      case "size": request.size.ratio.map { JSONMember("aspect_ratio", .string($0)) }
      case "response_format", "stream", "partial_images": nil
      default: member
      }
    }
  }
}

extension [JSONMember] {
  fileprivate mutating func add(_ name: String, _ value: JSONValue?) {
    if let value { append(JSONMember(name, value)) }
  }
}

extension Drawing.Size {
  /// The relation of the sides in its smallest numbers, like `3:2`; nil where any will do.
  fileprivate var ratio: String? {
    let sides: (Int, Int)
    switch self {
    case .auto: return nil
    case .pixels(let size): sides = (size.width, size.height)
    case .ratio(let width, let height): sides = (width, height)
    }
    var (one, other) = sides
    while other != 0 { (one, other) = (other, one % other) }
    return "\(sides.0 / max(1, one)):\(sides.1 / max(1, one))"
  }
}

// MARK: - JSON

extension ImageRequestEncoder {
  private var json: RequestBody {
    var writer = RequestBody.Writer()
    writer.text.append(UInt8(ascii: "{"))
    for member in members {
      if writer.text.count > 1 { writer.text.append(UInt8(ascii: ",")) }
      writer.text.append(jsonString: member.name)
      writer.text.append(":")
      writer.text.append(json: member.value)
    }
    if !request.pictures.isEmpty { appendPictures(to: &writer) }
    if let mask = request.mask {
      writer.text.append(#","mask":{"image_url":""#)
      append(.file(mask), to: &writer)
      writer.text.append("\"}")
    }
    writer.text.append("}")
    return writer.body()
  }

  private func appendPictures(to writer: inout RequestBody.Writer) {
    let isOpenRouter = call == .images
    writer.text.append(isOpenRouter ? #","input_references":["# : #","images":["#)
    for (index, picture) in request.pictures.enumerated() {
      if index > 0 { writer.text.append(",") }
      writer.text.append(
        isOpenRouter ? #"{"type":"image_url","image_url":{"url":""# : #"{"image_url":""#)
      append(picture, to: &writer)
      writer.text.append(isOpenRouter ? "\"}}" : "\"}")
    }
    writer.text.append("]")
  }

  /// Writes an address, without the quotes around it.
  func append(_ picture: ImageRequest.Picture, to writer: inout RequestBody.Writer) {
    switch picture {
    case .url(let url): writer.text.append(String(url.quotedAsJSON.dropFirst().dropLast()))
    case .file(let file):
      writer.text.append(DataURL.prefix(mediaType: file.mediaType))
      writer.append(base64: file)
    }
  }
}

// MARK: - Form

extension ImageRequestEncoder {
  private var form: (RequestBody, String) {
    var form = MultipartBody()
    for member in members {
      form.append(member.name, member.value.string ?? member.value.description)
    }
    let pictures = call == .variations ? [request.varied].compactMap(\.self) : request.pictures
    let files = pictures.compactMap { picture in
      if case .file(let file) = picture { file } else { nil }
    }
    for (index, file) in files.enumerated() {
      // Servers that know one picture know it by the plain name.
      form.append(
        files.count == 1 ? "image" : "image[]", file: file,
        named: "image-\(index + 1).\(file.fileExtension)")
    }
    if let mask = request.mask, call == .edits {
      form.append("mask", file: mask, named: "mask.\(mask.fileExtension)")
    }
    let contentType = form.contentType
    return (form.body(), contentType)
  }
}

extension PictureFile {
  /// What a file of this type is named like: servers tell the type by it.
  fileprivate var fileExtension: String {
    PictureFormat(mediaType: mediaType)?.fileExtension ?? "png"
  }
}
