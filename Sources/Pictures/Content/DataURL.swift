package import Conversation
package import JSON

/// Pictures inside a URL.
extension DataURL {
  /// The bytes that a URL holds; its media type is left to what the bytes say.
  ///
  /// - Throws: `.invalidDataURL`, `.empty`, `.tooManyBytes`.
  package static func bytes(
    of url: String, limits: PictureLimits = PictureLimits()
  ) throws(PictureError) -> [UInt8] {
    guard let data = DataURL(url) else { throw .invalidDataURL }
    guard data.byteCount <= limits.maximumBytes + 3 else {
      throw .tooManyBytes(data.byteCount, limit: limits.maximumBytes)
    }
    guard let bytes = data.bytes else { throw .invalidDataURL }
    guard !bytes.isEmpty else { throw .empty }
    return bytes
  }

  /// What stands before the letters of a picture's URL.
  package static func prefix(_ format: PictureFormat) -> String {
    prefix(mediaType: format.mediaType)
  }

  /// The length of the whole URL of a picture of `byteCount` bytes, in characters.
  package static func length(_ format: PictureFormat, byteCount: Int) -> Int {
    prefix(format).utf8.count + Base64.length(ofByteCount: byteCount)
  }
}
