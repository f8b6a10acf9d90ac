import Conversation
import ModelCatalog

/// Checks of a request against the limits that are known of its server and its model.
extension RequestLimits {
  /// The first thing that is known against a request for a conversation, which carries `messages`; nil
  /// when nothing is.
  static func risk(
    of conversation: Conversation, carrying messages: [Message], to target: RequestTarget
  ) -> RequestRisk? {
    let limits = target.provider.limits
    let pictures = CarriedMessages(messages).pictures
    return target.visionRisk(pictures) ?? limits.countRisk(pictures, target.provider.host)
      ?? limits.urlRisk(pictures, target.provider.host)
      ?? pictures.lazy.compactMap { limits.originalRisk($0, target.provider.host) }.first
      ?? target.bytesRisk(pictures) ?? target.windowRisk(conversation)
      ?? conversation.formatRisk(messages)
  }

  private func countRisk(_ pictures: [PictureReference], _ host: String) -> RequestRisk? {
    guard let most = pictureCount, pictures.count > most else { return nil }
    return .tooManyPictures(count: pictures.count, most: most, host: host)
  }

  private func urlRisk(_ pictures: [PictureReference], _ host: String) -> RequestRisk? {
    guard !takesURLs, let remote = pictures.first(where: { $0.stored == nil }) else { return nil }
    return .remotePicture(name: remote.name, host: host)
  }

  /// A picture that shall go untouched, but is more than the server takes: it can only be fitted.
  private func originalRisk(_ picture: PictureReference, _ host: String) -> RequestRisk? {
    guard picture.detail == .original, let stored = picture.stored else { return nil }
    let name = picture.name
    if let most = pictureByteCount, stored.byteCount.bytes > most {
      return .originalTooLarge(name: name, bytes: stored.byteCount.bytes, most: most, host: host)
    }
    let side = max(stored.size.width, stored.size.height)
    guard let most = pictureSide, side > most else { return nil }
    return .originalTooWide(name: name, side: side, most: most, host: host)
  }
}

extension RequestTarget {
  fileprivate func visionRisk(_ pictures: [PictureReference]) -> RequestRisk? {
    pictures.isEmpty || takesPictures ?? true ? nil : .noVision(model: modelName ?? "")
  }

  func bytesRisk(_ pictures: [PictureReference]) -> RequestRisk? {
    guard let most = provider.limits.byteCount else { return nil }
    // Base64 makes four bytes of three.
    let bytes = pictures.reduce(ByteCount(0)) { $0 + sentByteCount(of: $1) }.bytes / 3 * 4
    guard bytes > most else { return nil }
    return .tooManyBytes(bytes: bytes, most: most, host: provider.host)
  }

  /// How many bytes go over the wire for a picture, before base64; 0 for a URL.
  ///
  /// A picture that is fitted becomes a JPEG of a quarter of a byte for each pixel, or hardly more.
  private func sentByteCount(of picture: PictureReference) -> ByteCount {
    guard let stored = picture.stored else { return 0 }
    let size = model.plan(for: stored.size, detail: picture.detail).size
    let isFitted = size != stored.size
    let bytes = isFitted ? ByteCount(size.pixelCount / 4) : stored.byteCount
    return min(bytes, stored.byteCount, ByteCount(provider.limits.pictureByteCount ?? .max))
  }

  fileprivate func windowRisk(_ conversation: Conversation) -> RequestRisk? {
    guard let limit = model.promptLimit else { return nil }
    let estimate = tokens(of: conversation)
    guard let tokens = estimate.tokens, tokens > limit else { return nil }
    return .tooManyTokens(estimate.phrase, model: modelName ?? "", most: limit)
  }
}

extension Conversation {
  fileprivate func formatRisk(_ messages: [Message]) -> RequestRisk? {
    guard parameters.responseFormat == .jsonObject else { return nil }
    let texts = [instructions ?? ""] + messages.map(\.text)
    return texts.contains { $0.lowercased().contains("json") } ? nil : .jsonUnmentioned
  }
}
