import ChatEngine
import Conversation
import Language

extension ChatState {
  /// The commands that lead around a risk, best first.
  func offers(against risk: RequestRisk) -> [Offer] {
    switch risk {
    case .noVision: pictureLimitOffers(0)
    case .tooManyPictures(_, let most, _): pictureLimitOffers(most)
    case .tooManyBytes: pictureOffers(nil)
    case .remotePicture(let name, _), .originalTooLarge(let name, _, _, _),
      .originalTooWide(let name, _, _, _):
      pictureOffers(indexOfPicture { $0.name == name })
    case .tooManyTokens: contextOffers() + [.context]
    case .jsonUnmentioned: [.unset(ParameterName.responseFormat.rawValue)]
    }
  }

  /// The place of a picture among those of the request, from 0.
  private func indexOfPicture(where isIt: (PictureReference) -> Bool) -> Int? {
    conversation.messages.path.compactMap(\.forRequest).flatMap(\.pictures).firstIndex(where: isIt)
  }

  /// What helps when a server refuses a picture: leave it out, send it smaller, another model.
  ///
  /// `index` is the picture's place among those of the request, from 0; nil for the last message
  /// that has any.
  func pictureOffers(_ index: Int?) -> [Offer] {
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
    guard let place else { return [.models] }
    return [
      .forget(place.message...place.message, onlyPictures: true),
      .detail(.low, picture: place.picture), .models,
    ]
  }

  /// What helps where a question has more pictures than the model takes, which are so many, nil where that is
  /// not known; those of earlier messages are left out by themselves.
  ///
  /// No detail makes them fewer. Where some can be seen, the question is not robbed of all of them: it comes
  /// back to be written anew.
  func pictureLimitOffers(_ most: Int?) -> [Offer] {
    let path = conversation.messages.path
    let last = path.lastIndex { !($0.forRequest?.pictures ?? []).isEmpty }
    guard let last else { return [.models] }
    guard most != 0 else { return [.forget(last + 1...last + 1, onlyPictures: true), .models] }
    return [.undo, .models]
  }

  /// What to leave out of a history that is too long: the oldest pictures, then the oldest
  /// messages.
  func contextOffers() -> [Offer] {
    let path = conversation.messages.path
    let picture = path.firstIndex { !($0.forRequest?.pictures ?? []).isEmpty }
    let pictures = picture.map { [Offer.forget($0 + 1...$0 + 1, onlyPictures: true)] } ?? []
    let sent = path.indices.filter { path[$0].forRequest != nil }
    guard sent.count > 2, let first = sent.first else { return pictures }
    let last = sent[sent.count / 2 - 1]
    return pictures + [.forget(first + 1...last + 1, onlyPictures: false)]
  }
}
