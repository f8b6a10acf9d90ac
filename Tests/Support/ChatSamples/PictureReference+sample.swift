package import ChatEngine
package import Conversation
import SampleValues

extension PictureReference {
  /// A telephone's picture, of 3 MB.
  package static func telephone(_ name: String) -> Self {
    PictureReference(
      source: .stored(
        StoredPicture(
          digest: Digest.sample(name), format: .jpeg,
          size: PixelSize(width: 4032, height: 3024), byteCount: 3_000_000)),
      name: name, detail: .auto)
  }

  /// A picture that is kept; 765 tokens for GPT-4o unless it is sent with `low`.
  package static func photo(
    _ name: String = "bridge.jpg", _ detail: Detail = .auto, bytes: ByteCount = 300_000,
    hasLocation: Bool = false
  ) -> Self {
    PictureReference(
      source: .stored(
        StoredPicture(
          digest: Digest.sample(name), format: .jpeg,
          size: PixelSize(width: 1024, height: 768), byteCount: bytes, hasLocation: hasLocation)),
      name: name, detail: detail)
  }

  package static func url(_ address: String = "https://example.com/walk.jpg") -> Self {
    PictureReference(source: .remote(SafeURL(stringLiteral: address)), name: address, detail: .auto)
  }
}

extension PreparedPicture {
  /// As it comes when the original is sent.
  package static func untouched(_ reference: PictureReference) -> Self {
    guard let stored = reference.stored else { return Self(reference: reference, fitted: nil) }
    return Self(
      reference: reference,
      fitted: FittedFacts(
        format: stored.format, size: stored.size, byteCount: stored.byteCount.bytes,
        isUntouched: true))
  }

  /// As it comes when a smaller form is sent.
  package static func fitted(_ reference: PictureReference) -> Self {
    Self(
      reference: reference,
      fitted: FittedFacts(
        format: .png, size: PixelSize(width: 512, height: 384), byteCount: 12_000,
        isUntouched: false))
  }
}
