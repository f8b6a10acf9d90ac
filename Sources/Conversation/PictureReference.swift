/// A size in pixels, upright (after the EXIF orientation has been applied); each side in 0…2²⁸.
///
/// Products of two sides and a small factor fit an `Int`.
package struct PixelSize: Hashable, Sendable, CustomStringConvertible {
  /// Four times the longest side that any decoder here takes, and more.
  package static let longestSide = 1 << 28

  package let width: Int
  package let height: Int

  /// The nearest size in range.
  package init(width: Int, height: Int) {
    self.width = min(max(0, width), Self.longestSide)
    self.height = min(max(0, height), Self.longestSide)
  }

  package var description: String { "\(width)×\(height)" }
  package var pixelCount: Int { width * height }
}

/// Sides that are out of range read as the nearest of at least one pixel.
extension PixelSize: Codable {
  private enum CodingKeys: CodingKey { case width, height }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      width: max(1, try object.decode(Int.self, forKey: .width)),
      height: max(1, try object.decode(Int.self, forKey: .height)))
  }
}

/// A picture format that Iris can read, told from the content and never from the name.
package enum PictureFormat: String, Codable, CaseIterable, Sendable {
  case png
  case jpeg
  case webp
  case gif
  case heic
  case avif
  case bmp
  /// Netpbm's portable bitmap, greymap or pixmap.
  case pnm
  case qoi
  case tga
  case tiff
  /// JPEG XL.
  case jxl
  case svg

  /// The media type of a `data:` URL or a response header (IANA media types, `image/`).
  package var mediaType: String { self == .svg ? "image/svg+xml" : "image/" + rawValue }

  /// The usual file name extension, without a dot.
  package var fileExtension: String {
    switch self {
    case .jpeg: "jpg"
    case .tiff: "tif"
    default: rawValue
    }
  }

  /// The file name extensions that pictures of these formats have, without dots.
  package static let fileExtensions = [
    "png", "jpg", "jpeg", "jpe", "webp", "gif", "heic", "heif", "avif", "bmp", "pbm", "pgm", "ppm",
    "pnm", "qoi", "tga", "tif", "tiff", "jxl", "svg", "cr2", "cr3", "dng", "nef", "arw", "orf",
    "raf",
    "rw2", "pef",
  ]

  /// Whether a file is named like a picture of one of these formats; what it is, its bytes tell.
  package static func isNamed(by path: String) -> Bool {
    guard let dot = path.lastIndex(of: ".") else { return false }
    return fileExtensions.contains(path[path.index(after: dot)...].lowercased())
  }
}

/// A picture whose original bytes are kept, once, under their digest.
package struct StoredPicture: Hashable, Codable, Sendable {
  package var digest: Digest
  package var format: PictureFormat
  package var size: PixelSize
  package var byteCount: ByteCount
  /// Whether the original's metadata tells where it was taken (EXIF GPS).
  package var hasLocation: Bool

  package init(
    digest: Digest, format: PictureFormat, size: PixelSize, byteCount: ByteCount,
    hasLocation: Bool = false
  ) {
    self.digest = digest
    self.format = format
    self.size = size
    self.byteCount = byteCount
    self.hasLocation = hasLocation
  }
}

/// A picture in a message: which one, how it is called, and how closely the model shall look.
package struct PictureReference: Hashable, Codable, Sendable {
  /// Where the picture's bytes are.
  package enum Source: Hashable, Codable, Sendable {
    /// Kept on the user's machine, sent as a `data:` URL.
    case stored(StoredPicture)
    /// At an http(s) URL, which the server fetches itself.
    case remote(SafeURL)
  }

  package var source: Source
  /// The file name, or the URL, as far as a ``Label`` shows it.
  package var name: String { label.text }
  private let label: Label
  package var detail: Detail
  /// Whether it was to be drawn further, and what came of it ended here: requests leave it out.
  package var isUnfinished = false

  private enum CodingKeys: String, CodingKey {
    case source
    case label = "name"
    case detail
  }

  package init(source: Source, name: String, detail: Detail) {
    self.source = source
    label = Label(name)
    self.detail = detail
  }

  package var stored: StoredPicture? {
    if case .stored(let picture) = source { picture } else { nil }
  }
}
