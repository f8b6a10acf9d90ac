import ChatAPI
import ChatEngine
import Conversation
import Language

/// What is made of a refusal: the request without what was refused, or a sentence that says more.
extension EffectRunner {
  /// The request without earlier pictures that its model was learned not to take, which is told.
  func withoutEarlierPictures(of request: ReplyRequest, at provider: Provider) -> ReplyRequest {
    guard request.drawing == nil, !request.ignoresPictureLimit,
      let limit = client.learnedRules.pictureLimits(for: request.model, at: provider).count
    else { return request }
    var carried = CarriedMessages(request.messages)
    // What the question itself is refused for is told alone.
    guard carried.placeOfQuestion.count <= limit else { return request }
    carried.keepPictures(atMost: limit, takenBy: limit == 0 ? request.model : provider.name)
    return replacing(carried, in: request)
  }

  /// The request without earlier pictures after one was refused; nil where there are none, or one of the
  /// question is what was refused.
  func withoutEarlierPictures(
    of request: ReplyRequest, after error: ChatAPIError, at provider: Provider
  ) -> ReplyRequest? {
    let failure = ReplyFailure(error, request: request).kind
    var carried = CarriedMessages(request.messages)
    guard request.drawing == nil, !request.ignoresPictureLimit, !Task.isCancelled,
      carried.placeOfQuestion.count < carried.pictures.count
    else { return nil }
    switch failure {
    case .pictureLimit(let limit?, _) where carried.placeOfQuestion.count > limit: return nil
    case .pictureLimit(let limit?, _):
      let taker = limit == 0 ? request.model : provider.name
      carried.keepPictures(atMost: limit, takenBy: taker)
    case .pictureRefused(let index?) where carried.placeOfQuestion.contains(index): return nil
    case .pictureLimit, .pictureRefused:
      carried.leaveOutEarlierPictures(refusedBy: provider.name)
    default: return nil
    }
    return carried.notes.isEmpty ? nil : replacing(carried, in: request)
  }

  private func replacing(_ carried: CarriedMessages, in request: ReplyRequest) -> ReplyRequest {
    for note in carried.notes { post(.reply(request.id, .adapted(note))) }
    var request = request
    request.messages = carried.messages
    return request
  }

  /// What a failure is where the server's list of models has not the one that was asked; nil where it has,
  /// and where no list comes in a moment.
  func modelMissing(_ model: String, at provider: Provider) async -> UnknownModel? {
    guard let models = await client.probe(provider, limit: .seconds(5)), !models.isEmpty,
      !models.contains(where: { $0.isCalled(model) })
    else { return nil }
    return UnknownModel(name: model, server: provider.name, offered: models.map(\.id).sorted())
  }
}

/// A model that the server's list does not have.
struct UnknownModel: Error, Equatable {
  var name: String
  var server: String
  /// The names of those that it has, in order.
  var offered: [String]

  /// What is missing, and what there is.
  var phrase: Phrase {
    let names = offered.prefix(5).joined(separator: ", ") + (offered.count > 5 ? ", …" : "")
    return say("\(server) has no model \(name); it offers \(names). Choose with /model or --model.")
  }
}

extension ModelListing {
  /// Whether the listing is of a model by this name: servers add a tag, or the maker's name.
  fileprivate func isCalled(_ name: String) -> Bool {
    let (id, name) = (id.lowercased(), name.lowercased())
    return id == name || id.hasPrefix(name + ":") || id.hasSuffix("/" + name)
  }
}

extension ChatAPIError {
  /// Whether it may be that the server does not know the model: it says so, names the model, or fails
  /// without a word.
  func mayMissModel(_ model: String) -> Bool {
    guard case .answer(let fault) = kind else { return false }
    switch fault {
    case .modelNotFound, .serverFailedWithoutKey: return true
    case .badRequest, .serverFailed, .notFound:
      let words = message?.lowercased() ?? ""
      return words.isEmpty || words == "internal server error"
        || words.contains(model.lowercased())
    default: return false
    }
  }
}
