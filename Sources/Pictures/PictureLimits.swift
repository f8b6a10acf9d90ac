/// What is refused from the header alone, before anything is decoded.
package struct PictureLimits: Hashable, Sendable {
  /// The largest file that is read.
  package var maximumBytes = 256 << 20
  /// The largest picture, in pixels; a picture of few bytes can unpack to any size.
  ///
  /// Telephones make pictures of up to 199,756,800 pixels (16,320 × 12,240).
  package var maximumPixels = 200_000_000
  /// The memory that decoding may take beyond a few rows, in bytes.
  ///
  /// Only some ways of storing pixels need any: progressive JPEG, interlaced PNG, animated WebP, HEIC.
  package var maximumDecodingBytes = 256 << 20

  /// The processor time that decoding may take, in seconds, and a fifth more for each megapixel.
  ///
  /// A decoder that does nothing for as long is stopped too.
  package var maximumDecodingSeconds = 5

  package init() {}
}
