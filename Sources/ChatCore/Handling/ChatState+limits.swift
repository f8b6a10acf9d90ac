import Conversation
import Language
import ModelCatalog

extension ChatState {
  /// What the next request would do that the server is known not to take; nil when nothing is
  /// known against it.
  func requestProblem() -> Notice? {
    let limits = currentProvider.limits
    let messages = conversation.messages.path.compactMap(\.forRequest)
    let pictures = messages.flatMap(\.pictures)
    return visionProblem(pictures, limits) ?? countProblem(pictures, limits)
      ?? urlProblem(pictures, limits) ?? originalProblem(pictures, limits)
      ?? bytesProblem(pictures, limits) ?? windowProblem() ?? formatProblem(messages)
  }

  private func visionProblem(_ pictures: [PictureReference], _ limits: RequestLimits) -> Notice? {
    // What the user says of the server goes before what the table says of the model.
    guard !pictures.isEmpty, !(limits.takesPictures ?? model.hasVision ?? true) else { return nil }
    return over(say("\(currentModel ?? "") takes no pictures."), pictureOffers(nil) + ["/models"])
  }

  private func countProblem(_ pictures: [PictureReference], _ limits: RequestLimits) -> Notice? {
    guard let most = limits.pictureCount, pictures.count > most else { return nil }
    let host = currentProvider.host
    return over(
      pictures.count == 1
        ? say("The request carries 1 picture; \(host) takes \(most).")
        : say("The request carries \(pictures.count) pictures; \(host) takes \(most)."),
      pictureOffers(nil))
  }

  private func urlProblem(_ pictures: [PictureReference], _ limits: RequestLimits) -> Notice? {
    guard !limits.takesURLs, let remote = pictures.firstIndex(where: { $0.stored == nil }) else {
      return nil
    }
    let name = pictures[remote].name
    return over(
      say("\(currentProvider.host) fetches no pictures itself: attach \(name) as a file."),
      pictureOffers(remote))
  }

  /// A picture that shall go untouched, but is more than the server takes: it can only be fitted.
  private func originalProblem(
    _ pictures: [PictureReference], _ limits: RequestLimits
  ) -> Notice? {
    let originals = pictures.enumerated().filter { $0.element.detail == .original }
    for (index, picture) in originals {
      guard let stored = picture.stored, let excess = excess(of: stored, picture.name, limits)
      else { continue }
      return Notice(
        .warning, say("\(excess) /send sends it smaller."), offers: pictureOffers(index))
    }
    return nil
  }

  /// What a server would say against the untouched picture, of its bytes or of its pixels.
  private func excess(
    of picture: StoredPicture, _ name: String, _ limits: RequestLimits
  ) -> Phrase? {
    let host = currentProvider.host
    let side = max(picture.size.width, picture.size.height)
    if let most = limits.pictureByteCount, picture.byteCount > most {
      let bytes = ByteCount(picture.byteCount)
      return say("\(name) has \(bytes); \(host) takes \(ByteCount(most)) a picture.")
    }
    guard let most = limits.pictureSide, side > most else { return nil }
    return say("\(name) has a side of \(side) pixels; \(host) takes \(most).")
  }

  /// Servers refuse JSON mode where no message speaks of JSON (OpenAI API reference, chat/create,
  /// `response_format`).
  private func formatProblem(_ messages: [Message]) -> Notice? {
    guard conversation.parameters.responseFormat == .jsonObject else { return nil }
    let texts = [conversation.instructions ?? ""] + messages.map(\.text)
    guard !texts.contains(where: { $0.lowercased().contains("json") }) else { return nil }
    return over(
      say("JSON is asked for, but no message says “JSON”, which servers demand."),
      ["/unset response_format"])
  }

  private func bytesProblem(_ pictures: [PictureReference], _ limits: RequestLimits) -> Notice? {
    guard let most = limits.byteCount else { return nil }
    // Base64 makes four bytes of three.
    let bytes = pictures.reduce(0) { $0 + sentByteCount(of: $1, limits) } / 3 * 4
    guard bytes > most else { return nil }
    return over(
      say(
        "The request has ≈\(ByteCount(bytes)); \(currentProvider.host) takes \(ByteCount(most))."),
      pictureOffers(nil))
  }

  /// How many bytes go over the wire for a picture, before base64; 0 for a URL.
  ///
  /// A picture that is fitted becomes a JPEG of a quarter of a byte for each pixel, or hardly more.
  private func sentByteCount(of picture: PictureReference, _ limits: RequestLimits) -> Int {
    guard let stored = picture.stored else { return 0 }
    let size = model.plan(for: stored.size, detail: picture.detail).size
    let isFitted = size != stored.size
    let bytes = isFitted ? size.width * size.height / 4 : stored.byteCount
    return min(bytes, stored.byteCount, limits.pictureByteCount ?? .max)
  }

  private func windowProblem() -> Notice? {
    guard let tokens = requestTokens.tokens, let limit = model.promptLimit, tokens > limit else {
      return nil
    }
    return over(
      say("The history has \(requestTokens.phrase); \(currentModel ?? "") takes \(limit)."),
      contextOffers() + ["/context"])
  }

  private func over(_ phrase: Phrase, _ offers: [String]) -> Notice {
    Notice(.warning, say("\(phrase) /send sends it all the same."), offers: offers)
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
