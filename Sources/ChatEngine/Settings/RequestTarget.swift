package import Conversation
package import ModelCatalog

/// The server and the model that the next request goes to, and what is known of them.
package struct RequestTarget: Equatable, Sendable {
  package var provider: ProviderFacts
  /// The conversation's model, else the provider's; nil where none is chosen.
  package var modelName: String?
  /// What is known of the model: the server's own word goes before the catalogue's, since a server
  /// may be started with a smaller window, or without what a model needs to see.
  package var model: Model
  /// How the model takes sound; nil where it is not known to hear.
  private var hearing: HearingRule?

  init(provider: ProviderFacts, modelName: String?, model: Model, listed: ListedModel?) {
    self.provider = provider
    self.modelName = modelName
    self.model = model
    hearing = modelName.flatMap(HearingRule.init(model:))
    guard let listed else { return }
    if let hears = listed.hearsSound { hearing = hears ? hearing ?? HearingRule() : nil }
    self.model.hasVision = listed.takesPictures ?? model.hasVision
    guard let length = listed.contextLength else { return }
    self.model.contextWindow = length
    self.model.maxInput = model.maxInput.map { min($0, length) }
  }

  /// Whom pictures are fitted for.
  package var targetModel: TargetModel {
    TargetModel(provider: provider.name, model: modelName, takesSound: takesSound)
  }

  /// Whether pictures can be seen: what the user says of the server goes before what is known of the
  /// model; nil where nobody has said.
  package var takesPictures: Bool? { provider.limits.takesPictures ?? model.hasVision }

  /// Whether sound goes as it is: the model hears, and is asked by the call that has a part for it.
  package var takesSound: Bool { hearing != nil && provider.api != .responses }

  /// What sound costs that goes as it is; nil where that is not known.
  package func cost(ofSound sound: MediaReference) -> Money? {
    guard case .sound(let seconds?) = sound.facts, takesSound else { return nil }
    return hearing?.cost(ofSeconds: seconds)
  }

  /// What a picture costs in one request.
  package func tokens(of reference: PictureReference) -> TokenEstimate {
    guard let stored = reference.stored else { return .unknown }
    return model.plan(for: stored.size, detail: reference.detail).tokens
  }

  /// The form in which a document goes to the server.
  package func form(of document: MediaReference) -> DocumentForm {
    if document.isSound { return takesSound ? .sound : .transcript }
    guard case .document(let pages, let textTokens) = document.facts else { return .file }
    if document.isPlainText { return .text }
    if provider.takesDocuments {
      let isLarge = document.byteCount?.bytes ?? 0 > DocumentForm.uploadLimit
      return isLarge && provider.keepsFiles ? .upload : .file
    }
    return textTokens == 0 && pages != nil ? .pages : .text
  }

  /// What a document costs in one request: its text, and of its pages a picture each where the model sees
  /// them.
  package func tokens(of document: MediaReference) -> TokenEstimate {
    if case .sound(let seconds) = document.facts { return tokens(ofSeconds: seconds) }
    guard case .document(let pages, let textTokens) = document.facts else { return .unknown }
    let text = textTokens.map { TokenEstimate.approximate($0) } ?? .unknown
    let form = form(of: document)
    guard form != .text, document.mediaType == DocumentForm.pdf else { return text }
    let page = model.plan(for: DocumentForm.pageSize, detail: .auto).tokens
    guard let pages, let tokens = page.tokens else { return form == .pages ? .unknown : text }
    return .approximate(pages * tokens) + (form == .pages ? .exact(0) : text)
  }

  /// Words of a transcript are some 150 a minute, 4 tokens to 3 of them.
  private static let spokenTokensPerSecond = 3.4

  private func tokens(ofSeconds seconds: Double?) -> TokenEstimate {
    guard let seconds else { return .unknown }
    let rule =
      takesSound ? hearing : HearingRule(tokensPerSecond: Self.spokenTokensPerSecond)
    return rule?.tokens(ofSeconds: seconds) ?? .unknown
  }

  /// What a message costs in one request; nothing when it is left out.
  package func tokens(of message: Message) -> TokenEstimate {
    guard let sent = message.forRequest else { return .exact(0) }
    let text = sent.parts.documents.reduce(textTokens(of: message)) { $0 + tokens(of: $1) }
    return sent.shownPictures.reduce(text) { $0 + tokens(of: $1) }
  }

  /// What a message's text costs: by the server's own count where it told one, and of a tool's result
  /// what a request carries of it.
  package func textTokens(of message: Message) -> TokenEstimate {
    // What a reply with pictures counts are its pictures, too.
    if message.role == .assistant, message.pictures.isEmpty, let usage = message.reply?.usage {
      let tokens = (usage.completion - usage.reasoning).value
      return usage.isEstimated ? .approximate(tokens) : .exact(tokens)
    }
    guard message.role != .tool else {
      return message.parts.toolResults.reduce(.exact(0)) { sum, result in
        sum + .ofText(result.partsSent.text) + .perMessage
      }
    }
    let calls = message.parts.toolCalls.map { $0.name + $0.arguments }.joined()
    return TokenEstimate.ofText(message.text + calls) + .perMessage
  }

  /// What a request for `conversation` costs; a picture whose cost is unknown counts as nothing.
  package func tokens(of conversation: Conversation) -> TokenEstimate {
    let instructions = TokenEstimate.ofText(conversation.instructions ?? "")
    return conversation.messages.pathIDs.reduce(instructions) { sum, id in
      guard let message = conversation.messages[id] else { return sum }
      let tokens = tokens(of: message)
      return tokens == .unknown ? sum + textTokens(of: message) : sum + tokens
    }
  }
}
