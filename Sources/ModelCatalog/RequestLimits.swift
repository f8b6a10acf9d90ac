package import Conversation

/// What a server takes in one request, as far as it is known; nil where it is not.
package struct RequestLimits: Hashable, Sendable {
  package var pictureCount: Int?
  /// Bytes of the whole request.
  package var byteCount: Int?
  /// Bytes of one picture.
  package var pictureByteCount: Int?
  /// Pixels of a picture's longer side.
  package var pictureSide: Int?
  package var formats: Set<PictureFormat> = [.png, .jpeg, .webp, .gif]
  /// Whether a picture may be sent as a URL that the server fetches.
  package var takesURLs = true
  /// Whether it takes pictures at all; nil where that depends on the model.
  package var takesPictures: Bool?

  package init() {}
}
