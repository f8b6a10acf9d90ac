import Conversation
import JSON

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
    guard DataURL.isDataURL(url) else {
      source = .url(url)
      return
    }
    source = try Self.inline(url, at: "\(place).image_url.url")
  }

  /// Reads the bytes of a file that the demo keeps.
  init(fileBytes bytes: [UInt8], detail: JSONValue?, at place: String) throws(WireFault) {
    guard let header = PictureHeader(bytes) else { throw .unsupportedPicture(place) }
    self.detail = try Self.detail(detail, at: "\(place).detail")
    source = .inline(format: header.format, size: header.size, byteCount: bytes.count)
  }

  private static func detail(_ json: JSONValue?, at place: String) throws(WireFault) -> Detail? {
    guard let json else { return nil }
    let supported = ["low", "high", "auto"]
    guard let name = json.string, supported.contains(name), let detail = Detail(rawValue: name)
    else { throw .badValue(place, json.string ?? "\(json)", supported: supported) }
    return detail
  }

  /// What the bytes of a `data:` URL are; the media type that it claims is not believed.
  private static func inline(_ url: String, at place: String) throws(WireFault) -> Source {
    guard let data = DataURL(url) else { throw .unsupportedPicture(place) }
    // A header is near the start: only a picture that hides it deep is decoded whole.
    let header = data.firstBytes(ofLetters: 65_536).flatMap { PictureHeader($0) }
    guard let header = header ?? data.bytes.flatMap({ PictureHeader($0) }) else {
      throw .unsupportedPicture(place)
    }
    return .inline(format: header.format, size: header.size, byteCount: data.byteCount)
  }
}
