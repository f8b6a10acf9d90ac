/// What is refused from the header alone, before anything is decoded.
package struct PictureLimits: Hashable, Sendable {
  /// The largest file that is read.
  package var maximumBytes = 256 << 20
  /// The largest picture, in pixels; a picture of few bytes can unpack to any size.
  package var maximumPixels = 300_000_000
  /// The memory that decoding may take beyond a few rows, in bytes.
  ///
  /// Only some ways of storing pixels need any: progressive JPEG, interlaced PNG, lossless WebP.
  package var maximumDecodingBytes = 256 << 20

  package init() {}
}
