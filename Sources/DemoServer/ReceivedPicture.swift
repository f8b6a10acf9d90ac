import Conversation
import FoundationEssentials

/// A picture as it arrived in a request.
struct ReceivedPicture: Sendable {
  enum Source: Sendable {
    case inline(format: PictureFormat, size: PixelSize, byteCount: Int)
    case url(String)
  }

  let source: Source
  /// As sent; nil where the request leaves it to the server.
  let detail: Detail?

  /// Reads an `image_url` part.
  init(_ part: JSONValue, at place: String) throws(WireFault) {
    let image = part["image_url"]
    guard let url = image?["url"]?.string ?? image?.string else {
      throw .missing("\(place).image_url.url")
    }
    detail = try Self.detail(image?["detail"], at: "\(place).image_url.detail")
    guard url.hasPrefix("data:") else {
      source = .url(url)
      return
    }
    source = try Self.inline(url, at: "\(place).image_url.url")
  }

  private static func detail(_ json: JSONValue?, at place: String) throws(WireFault) -> Detail? {
    guard let json, !json.isNull else { return nil }
    let supported = ["low", "high", "auto"]
    guard let name = json.string, supported.contains(name), let detail = Detail(rawValue: name)
    else { throw .badValue(place, json.string ?? "\(json)", supported: supported) }
    return detail
  }

  /// What the bytes of a `data:` URL are; the media type that it claims is not believed.
  private static func inline(_ url: String, at place: String) throws(WireFault) -> Source {
    guard let comma = url.utf8.firstIndex(of: UInt8(ascii: ",")) else {
      throw .unsupportedPicture(place)
    }
    let base64 = url.utf8[url.utf8.index(after: comma)...]
    let padding = base64.suffix(2).count { $0 == UInt8(ascii: "=") }
    // A header is near the start: only a picture that hides it deep is decoded whole.
    for length in [min(65_536, base64.count), base64.count] {
      guard let start = Data(base64Encoded: Data(base64.prefix(length))) else { continue }
      if let header = PictureHeader([UInt8](start)) {
        let byteCount = base64.count / 4 * 3 - padding
        return .inline(format: header.format, size: header.size, byteCount: byteCount)
      }
    }
    throw .unsupportedPicture(place)
  }
}
