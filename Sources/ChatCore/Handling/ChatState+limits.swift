import ChatEngine
import Conversation
import Language
import ModelCatalog

extension ChatState {
  /// What the next request would do that the server is known not to take; nil when nothing is
  /// known against it.
  func requestRisk() -> RequestRisk? {
    let limits = currentProvider.limits
    let messages = conversation.messages.path.compactMap(\.forRequest)
    let pictures = messages.flatMap(\.pictures)
    return visionRisk(pictures, limits) ?? countRisk(pictures, limits)
      ?? urlRisk(pictures, limits) ?? pictures.lazy.compactMap { originalRisk($0, limits) }.first
      ?? bytesRisk(pictures, limits) ?? windowRisk() ?? formatRisk(messages)
  }

  /// The commands that lead around a risk, best first.
  func offers(against risk: RequestRisk) -> [String] {
    switch risk {
    case .noVision: pictureOffers(nil) + ["/models"]
    case .tooManyPictures, .tooManyBytes: pictureOffers(nil)
    case .remotePicture(let name, _), .originalTooLarge(let name, _, _, _),
      .originalTooWide(let name, _, _, _):
      pictureOffers(indexOfPicture { $0.name == name })
    case .tooManyTokens: contextOffers() + ["/context"]
    case .jsonUnmentioned: ["/unset response_format"]
    }
  }

  /// The place of a picture among those of the request, from 0.
  private func indexOfPicture(where isIt: (PictureReference) -> Bool) -> Int? {
    conversation.messages.path.compactMap(\.forRequest).flatMap(\.pictures).firstIndex(where: isIt)
  }

  private func visionRisk(_ pictures: [PictureReference], _ limits: RequestLimits) -> RequestRisk? {
    // What the user says of the server goes before what the table says of the model.
    let takesPictures = limits.takesPictures ?? model.hasVision ?? true
    return pictures.isEmpty || takesPictures ? nil : .noVision(model: currentModel ?? "")
  }

  private func countRisk(_ pictures: [PictureReference], _ limits: RequestLimits) -> RequestRisk? {
    guard let most = limits.pictureCount, pictures.count > most else { return nil }
    return .tooManyPictures(count: pictures.count, most: most, host: currentProvider.host)
  }

  private func urlRisk(_ pictures: [PictureReference], _ limits: RequestLimits) -> RequestRisk? {
    guard !limits.takesURLs, let remote = pictures.first(where: { $0.stored == nil }) else {
      return nil
    }
    return .remotePicture(name: remote.name, host: currentProvider.host)
  }

  /// A picture that shall go untouched, but is more than the server takes: it can only be fitted.
  private func originalRisk(_ picture: PictureReference, _ limits: RequestLimits) -> RequestRisk? {
    guard picture.detail == .original, let stored = picture.stored else { return nil }
    let (name, host) = (picture.name, currentProvider.host)
    if let most = limits.pictureByteCount, stored.byteCount.bytes > most {
      return .originalTooLarge(name: name, bytes: stored.byteCount.bytes, most: most, host: host)
    }
    let side = max(stored.size.width, stored.size.height)
    guard let most = limits.pictureSide, side > most else { return nil }
    return .originalTooWide(name: name, side: side, most: most, host: host)
  }

  private func formatRisk(_ messages: [Message]) -> RequestRisk? {
    guard conversation.parameters.responseFormat == .jsonObject else { return nil }
    let texts = [conversation.instructions ?? ""] + messages.map(\.text)
    return texts.contains { $0.lowercased().contains("json") } ? nil : .jsonUnmentioned
  }

  private func bytesRisk(_ pictures: [PictureReference], _ limits: RequestLimits) -> RequestRisk? {
    guard let most = limits.byteCount else { return nil }
    // Base64 makes four bytes of three.
    let bytes = pictures.reduce(ByteCount(0)) { $0 + sentByteCount(of: $1, limits) }.bytes / 3 * 4
    guard bytes > most else { return nil }
    return .tooManyBytes(bytes: bytes, most: most, host: currentProvider.host)
  }

  /// How many bytes go over the wire for a picture, before base64; 0 for a URL.
  ///
  /// A picture that is fitted becomes a JPEG of a quarter of a byte for each pixel, or hardly more.
  private func sentByteCount(of picture: PictureReference, _ limits: RequestLimits) -> ByteCount {
    guard let stored = picture.stored else { return 0 }
    let size = model.plan(for: stored.size, detail: picture.detail).size
    let isFitted = size != stored.size
    let bytes = isFitted ? ByteCount(size.pixelCount / 4) : stored.byteCount
    return min(bytes, stored.byteCount, ByteCount(limits.pictureByteCount ?? .max))
  }

  private func windowRisk() -> RequestRisk? {
    guard let tokens = requestTokens.tokens, let limit = model.promptLimit, tokens > limit else {
      return nil
    }
    return .tooManyTokens(requestTokens.phrase, model: currentModel ?? "", most: limit)
  }

  /// What helps when a server refuses a picture: leave it out, send it smaller, another model.
  ///
  /// `index` is the picture's place among those of the request, from 0; nil for the last message
  /// that has any.
  func pictureOffers(_ index: Int?) -> [String] {
    let path = conversation.messages.path
    var places: [(message: Int, picture: Int)] = []
    var number = 0
    for (place, message) in path.enumerated() {
      for _ in message.pictures {
        number += 1
        if message.forRequest?.pictures.isEmpty == false { places.append((place + 1, number)) }
      }
    }
    let place = index.flatMap { places.indices.contains($0) ? places[$0] : nil } ?? places.last
    guard let place else { return ["/models"] }
    // “sent”, because other pictures may be waiting by the time that this is accepted.
    return ["/forget \(place.message) pictures", "/detail low \(place.picture) sent", "/models"]
  }

  /// What to leave out of a history that is too long: the oldest pictures, then the oldest
  /// messages.
  func contextOffers() -> [String] {
    let path = conversation.messages.path
    let picture = path.firstIndex { !($0.forRequest?.pictures ?? []).isEmpty }
    let pictures = picture.map { ["/forget \($0 + 1) pictures"] } ?? []
    let sent = path.indices.filter { path[$0].forRequest != nil }
    guard sent.count > 2, let first = sent.first else { return pictures }
    let last = sent[sent.count / 2 - 1]
    return pictures + ["/forget \(first + 1)-\(last + 1)"]
  }
}
