import Conversation
import JSON
import Language

/// How a call of an Images API is made, and what is changed of it where the server does not take it.
struct ImageAttempt {
  private(set) var request: ImageRequest
  private(set) var call: ImageRequest.Call
  private let calls: Dialect.ImageCalls
  /// Whether it is known that the server varies no pictures.
  private let knowsNoVariations: Bool
  /// Whether pictures go as files of a form.
  private var isForm: Bool
  /// The members that the server does not take.
  private var omitted: Set<String> = []
  private var withoutVersion = false
  /// The call that the server does not have, where a chat is asked in its place.
  private var missingCall: ImageRequest.Call?
  private var changesMade = 0

  private static let changeLimit = 5
  /// The settings that a picture can do without, with a word to the user.
  private static let droppable: Set = [
    "response_format", "style", "seed", "background", "output_format", "stream", "partial_images",
    "n",
  ]

  /// An attempt at `provider`, of which `learned` is known.
  init(_ request: ImageRequest, at provider: Provider, knowing learned: Set<Adaptation> = []) {
    self.request = request
    calls = provider.dialect.imageCalls
    // At OpenAI the call went with the model that it had; OpenRouter never had it.
    knowsNoVariations = calls != .usual || learned.contains(Self.missingVariations)
    call = request.call(calls)
    isForm = false
    if call == .variations, knowsNoVariations, !request.prompt.isEmpty { drawInPlaceOfVarying() }
    isForm = Self.isForm(call, calls)
  }

  /// What is learned of a server that varies no pictures.
  private static let missingVariations = Adaptation.missingCall(
    ImageRequest.Call.variations.rawValue)

  private static func isForm(_ call: ImageRequest.Call, _ calls: Dialect.ImageCalls) -> Bool {
    switch call {
    case .generations, .images, .responses, .chat: false
    case .variations: true
    case .edits: calls != .openAI
    }
  }

  /// Asks for the prompt once more, in the place of pictures like one that is there.
  private mutating func drawInPlaceOfVarying() {
    request.varied = nil
    call = request.call(calls)
    isForm = Self.isForm(call, calls)
  }

  /// What an error teaches of the server, whatever is asked of it next; nil for nothing.
  func lesson(of error: ChatAPIError) -> Adaptation? {
    guard case .answer(.picturesNotMade(ImageRequest.Call.variations.rawValue)) = error.kind else {
      return nil
    }
    return Self.missingVariations
  }

  private var encoder: ImageRequestEncoder {
    ImageRequestEncoder(request: request, call: call, isForm: isForm, omitted: omitted)
  }

  /// The exchange as it is made now.
  func transfer(at provider: Provider) throws(ChatAPIError) -> TransferRequest {
    if request.model.isEmpty { throw ChatAPIError(.request(.modelMissing), server: provider.name) }
    if call == .variations, knowsNoVariations {
      throw ChatAPIError(
        .answer(.picturesNotMade(call: call.rawValue)), server: provider.name)
    }
    if isForm, let url = request.pictures.firstURL {
      throw ChatAPIError(.request(.pictureURLNotAccepted(url: url)), server: provider.name)
    }
    let (body, contentType) = encoder.encode()
    var exchange = try provider.transfer(
      .post(body), call: call.rawValue, contentType: contentType, withoutVersion: withoutVersion)
    exchange.limits.firstByte = provider.timeLimits.image
    exchange.limits.idle = provider.timeLimits.image
    return exchange
  }

  /// What an answer that is an error means.
  func error(_ head: ResponseHead, _ fault: ServerFault, at provider: Provider) -> ChatAPIError {
    // As if it held no pictures: all that is said here is about pictures, also of those to be made.
    let facts = RequestFacts(
      pictureCount: 0, settings: encoder.settings, call: call.rawValue)
    var error = ChatAPIError(
      head, fault: fault, server: provider.name, key: provider.apiKey, request: facts)
    switch error.kind {
    case .answer(.notFound), .answer(.callMissing), .answer(.page):
      error.kind = .answer(.picturesNotMade(call: (missingCall ?? call).rawValue))
    case .answer(.forbidden) where fault.words.contains("verif"):
      error.kind = .answer(.organisationUnverified)
    default: break
    }
    return error.redacted(by: provider.redaction)
  }
}

extension ImageAttempt {
  /// Changes what the server does not take; what is then told, nil where nothing would help.
  mutating func change(after error: ChatAPIError, at provider: Provider) -> Phrase? {
    guard changesMade < Self.changeLimit else { return nil }
    let phrase =
      addressChange(after: error, at: provider) ?? settingChange(after: error)
      ?? variationChange(after: error) ?? formChange(after: error) ?? callChange(after: error)
    if phrase != nil { changesMade += 1 }
    return phrase
  }

  private mutating func addressChange(
    after error: ChatAPIError, at provider: Provider
  ) -> Phrase? {
    guard error.status == 404, case .answer(.picturesNotMade) = error.kind,
      provider.hasAssumedVersion, !withoutVersion,
      // Whoever asks for a form has this call.
      error.message?.lowercased().contains("multipart") != true
    else { return nil }
    withoutVersion = true
    return Adaptation.plainPath.phrase(server: provider.name)
  }

  private mutating func settingChange(after error: ChatAPIError) -> Phrase? {
    guard [400, 415, 422, 500].contains(error.status) else { return nil }
    if let phrase = sizeChange(after: error) { return phrase }
    guard let name = ParameterRules.refusedName(by: error, sent: encoder.settings),
      Self.droppable.contains(name)
    else { return nil }
    omitted.insert(name)
    return Adaptation.omit(name).phrase(server: error.server)
  }

  /// The nearest of the sizes that a refusal names.
  private mutating func sizeChange(after error: ChatAPIError) -> Phrase? {
    let old = request.size
    let words = error.message ?? ""
    let offered = words.pixelSizes.filter { .pixels($0) != old }
    guard error.parameter == "size" || words.contains(old.description),
      case .pixels(let wanted) = old,
      let nearest = offered.min(by: { $0.distance(to: wanted) < $1.distance(to: wanted) })
    else { return nil }
    request.size = .pixels(nearest)
    return say("\(error.server) does not draw \("\(wanted)"): \("\(nearest)") is asked for.")
  }

  /// A server, or a model, that varies no pictures draws the prompt once more.
  private mutating func variationChange(after error: ChatAPIError) -> Phrase? {
    guard call == .variations, !request.prompt.isEmpty,
      [400, 404, 405, 415, 422, 500, 501].contains(error.status)
    else { return nil }
    switch error.kind {
    case .answer(.moderated), .answer(.contentRefused), .answer(.quotaUsedUp): return nil
    default:
      drawInPlaceOfVarying()
      if error.status == 404 { withoutVersion = false }
      return say("\(error.server) varies no pictures: the prompt is drawn once more.")
    }
  }

  /// A server without an Images API may have models that talk and draw.
  private mutating func callChange(after error: ChatAPIError) -> Phrase? {
    guard case .answer(.picturesNotMade(let missing)) = error.kind, request.mask == nil,
      call == .generations || call == .edits
    else { return nil }
    missingCall = call
    call = .chat
    isForm = false
    if error.status == 404 { withoutVersion = false }
    return say("\(error.server) has no \(missing): the model is asked in a chat.")
  }

  /// A server that does not read pictures inside JSON is given them as files.
  private mutating func formChange(after error: ChatAPIError) -> Phrase? {
    guard call == .edits, !isForm, request.pictures.firstURL == nil,
      [400, 404, 405, 415, 422, 500, 501].contains(error.status)
    else { return nil }
    switch error.kind {
    case .answer(.moderated), .answer(.contentRefused), .answer(.modelNotFound),
      .answer(.quotaUsedUp):
      return nil
    default:
      isForm = true
      // It was not the address.
      if error.status == 404 { withoutVersion = false }
      return say("\(error.server) takes pictures to change as files alone: they are sent so.")
    }
  }
}

extension [ImageRequest.Picture] {
  fileprivate var firstURL: String? {
    lazy.compactMap { if case .url(let url) = $0 { url } else { nil } }.first
  }
}

extension PixelSize {
  /// How unlike two sizes are: by the relation of their sides first, then by their pixels.
  fileprivate func distance(to other: PixelSize) -> Double {
    let own = Double(width) / Double(max(1, height))
    let theirs = Double(other.width) / Double(max(1, other.height))
    let pixels = Double(max(1, pixelCount)) / Double(max(1, other.pixelCount))
    return max(own / theirs, theirs / own) * 100 + max(pixels, 1 / pixels)
  }
}

extension String {
  /// The sizes that are written in it, like `1024x1024`.
  fileprivate var pixelSizes: [PixelSize] {
    split { !($0.isNumber || $0 == "x" || $0 == "×") }.compactMap { word in
      guard case .pixels(let size)? = Drawing.Size(String(word)) else { return nil }
      return size
    }
  }
}
