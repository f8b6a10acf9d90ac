import ChatEngine
import Conversation
import Language

/// Takes in answers of servers.
extension ChatState {
  /// The server of a conversation that is begun beside this one.
  var providerOfNextConversation: String? {
    engine.missingProvider == nil ? conversation.provider : nil
  }

  /// What is to be said of pictures that wait for a model that sees none; nil for any other.
  var blindModelWarning: Phrase? {
    guard !(engine.target.takesPictures ?? true) else { return nil }
    return say("\(currentModel ?? "") takes no pictures. /models lists others.")
  }

  /// The server has told of its models while pictures were waiting.
  mutating func warnOfBlindModel() {
    guard !pictures.waiting.isEmpty, overlay == nil, let warning = blindModelWarning else {
      return
    }
    notice = Notice(.warning, warning, offers: [.models])
  }

  /// `/key`: the program asks, so that the key is in no line that is edited, drawn or remembered.
  mutating func askKey() -> [ChatEffect] {
    guard !currentProvider.isDemo else {
      return fail(
        say("The demo wants no key. /provider chooses a server."), offers: [.provider(nil)])
    }
    guard !engine.isBusy else { return failWhileReplyComes() }
    return [.terminal(.askKey(provider: currentProvider.name))]
  }

  /// No list came: said where somebody waits for it, or nothing can be sent without it.
  mutating func missModels(_ phrase: Phrase) -> [ChatEffect] {
    if overlays.picker(of: .models)?.items.isEmpty == true {
      return closeEmptyModelPicker() + fail(phrase)
    }
    if overlay == nil, currentModel == nil, reply.isIdle { notice = Notice(.warning, phrase) }
    return []
  }

  /// A list that is open shows them; where there is none, the only model that there is may be chosen.
  mutating func showModels() -> [ChatEffect] {
    guard overlays.picker(of: .models) != nil else { return send(.settings(.chooseModel)) }
    guard !engine.settings.models.isEmpty else {
      return closeEmptyModelPicker()
        + fail(say("The server lists no models. /model NAME chooses one all the same."))
    }
    let items = modelItems
    overlays.updatePicker(of: .models) { $0.replace(items: items) }
    return []
  }

  /// Says how to choose among several.
  mutating func offerModels(_ count: Int) {
    let host = currentProvider.host
    mention(say("\(host) offers \(count, .models). /models chooses one."), [.models])
  }

  mutating func tellChosen(_ name: String) {
    mention(say("The model is \(name), the only one at \(currentProvider.host)."), offerToSend)
  }

  /// Tells something that nobody asked for, unless a warning stands there.
  private mutating func mention(_ phrase: Phrase, _ offers: [Offer]) {
    guard notice.map({ $0.kind == .information }) ?? true else { return }
    notice = Notice(.information, phrase, offers: offers)
  }

  /// Offers a server of this machine in the place of the demo.
  mutating func offer(local names: [String]) -> [ChatEffect] {
    let found = names.compactMap { engine.settings.provider(named: $0) }
    guard let first = found.first, currentProvider.isDemo else { return [] }
    let offers = found.map { Offer.provider($0.name) }
    mention(
      say("\(first.name) answers at \(first.host). \(offers[0].text) uses it instead of the demo."),
      offers)
    return []
  }
}
