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
      ?? urlProblem(pictures, limits) ?? pictureBytesProblem(pictures, limits)
      ?? bytesProblem(pictures, limits) ?? windowProblem() ?? formatProblem(messages)
  }

  private func visionProblem(_ pictures: [PictureReference], _ limits: RequestLimits) -> Notice? {
    guard !pictures.isEmpty, model.hasVision == false || !limits.takesPictures else { return nil }
    return over(say("\(currentModel ?? "") takes no pictures."), pictureOffers(nil) + ["/models"])
  }

  private func countProblem(_ pictures: [PictureReference], _ limits: RequestLimits) -> Notice? {
    guard let most = limits.pictureCount, pictures.count > most else { return nil }
    let host = currentProvider.host
    return over(
      say("The request carries \(pictures.count) pictures; \(host) takes \(most)."),
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

  private func pictureBytesProblem(
    _ pictures: [PictureReference], _ limits: RequestLimits
  ) -> Notice? {
    // What is fitted before sending is smaller than its original.
    guard let most = limits.pictureByteCount,
      let large = pictures.firstIndex(where: { $0.detail == .original && $0.byteCount > most })
    else { return nil }
    let (name, bytes) = (pictures[large].name, ByteCount(pictures[large].byteCount))
    return over(
      say("\(name) has \(bytes); \(currentProvider.host) takes \(ByteCount(most)) a picture."),
      pictureOffers(large))
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
    // Base64 makes four bytes of three; what will be fitted is smaller than its original.
    let bytes = pictures.reduce(0) { $0 + ($1.detail == .original ? $1.byteCount : 0) } / 3 * 4
    guard bytes > most else { return nil }
    return over(
      say("The request has \(ByteCount(bytes)); \(currentProvider.host) takes \(ByteCount(most))."),
      pictureOffers(nil))
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

extension PictureReference {
  /// The original's size in bytes; 0 for a URL.
  fileprivate var byteCount: Int { stored?.byteCount ?? 0 }
}
