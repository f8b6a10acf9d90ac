import ChatAPI
import ChatEngine
import Configuration
import Conversation
import JSON
import Language
import ModelCatalog
import Pictures

extension EffectRunner {
  /// Asks for a reply and posts what comes, until it ends or the task is cancelled.
  func reply(to request: ReplyRequest) async {
    let id = request.id
    do {
      let provider = try await directory.provider(
        named: request.provider, model: request.model)
      do {
        try await askChangingRequest(request, at: provider)
      } catch let error as ChatAPIError where error.mayMissModel(request.model) {
        try Task.checkCancellation()
        throw await modelMissing(request.model, at: provider) ?? error
      }
    } catch {
      guard !Task.isCancelled else { return }
      post(.replyFailed(id, failure(error, of: request)))
    }
  }

  /// Asks, and once more where a refusal says how the request has to be.
  private func askChangingRequest(_ request: ReplyRequest, at provider: Provider) async throws {
    let request = withoutEarlierPictures(of: request, at: provider)
    do {
      try await ask(request, at: provider)
    } catch let error as ChatAPIError where error.namesPictureSize {
      // Learned by now: the pictures are fitted to it.
      try await ask(request, at: provider)
    } catch let error as ChatAPIError where error.refusesDocuments {
      // So it is with documents, which go as text.
      try await ask(request, at: provider)
    } catch let error as ChatAPIError {
      guard let less = withoutEarlierPictures(of: request, after: error, at: provider) else {
        throw error
      }
      try await ask(less, at: provider)
    }
  }

  private func failure(_ error: any Error, of request: ReplyRequest) -> ReplyFailure {
    var failure = ReplyFailure(error, request: request)
    if request.drawing != nil, let error = error as? ChatAPIError {
      failure.phrase = error.phrase(
        drawingWith: installation.catalog.model(named: request.model), named: request.model)
    }
    return failure
  }

  private func ask(_ request: ReplyRequest, at provider: Provider) async throws {
    if let drawing = request.drawing { return try await draw(drawing, for: request, at: provider) }
    let modelRequest = try await modelRequest(for: request, at: provider, isUploading: true)
    do {
      try await receive(modelRequest, of: request, from: provider)
    } catch let error as ChatAPIError where error.kind == .answer(.fileGone) {
      forget(modelRequest.uploads, after: error, of: request, on: provider)
      let whole = try await self.modelRequest(for: request, at: provider, isUploading: false)
      try await receive(whole, of: request, from: provider)
    }
  }

  private func receive(
    _ modelRequest: ModelRequest, of request: ReplyRequest, from provider: Provider
  ) async throws {
    for try await event in client.reply(to: modelRequest, at: provider) {
      if case .finished(.length) = event, request.parameters.maxTokens == nil {
        await tellFacts(of: provider, as: request.provider)
      }
      let tool = modelRequest.pictureTool
      for event in await keeping(event, of: provider, offering: tool) {
        post(.reply(request.id, event))
      }
      // A server that is faster than the screen is slowed, not queued.
      await waitForRoom()
    }
  }

  /// What goes over the wire; `isUploading` says whether it names files of the server, `isAsked` whether it
  /// is sent for a reply: for a count nothing is put on the server, and no recording is transcribed, which
  /// costs money.
  func modelRequest(
    for request: ReplyRequest, at provider: Provider, isUploading: Bool, isAsked: Bool = true
  ) async throws -> ModelRequest {
    let learned = client.learnedRules
    var rules = directory.pictureRules(of: request.provider)
      .keeping(to: learned.pictureLimits(for: request.model, at: provider))
    // A picture and its mask are of one format, and of one size.
    if request.mask != nil { rules.formats = [.png] }
    let known = learned.adaptations(for: request.model, at: provider)
    let builder = RequestBuilder(
      pipeline: pipeline, queue: pictureQueue,
      uploads: isUploading
        ? uploadPlan(for: request, at: provider, knowing: known, isAsked: isAsked) : nil,
      sounds: isAsked ? sounds : nil)
    var modelRequest = try await builder.modelRequest(
      for: request, rules: rules, takesDocuments: provider.takesDocuments(knowing: known),
      takesSound: request.takesSound && provider.takesSound(knowing: known))
    modelRequest.tools = await definitions(for: request)
    modelRequest.pictureTool = try await pictureTool(for: request, at: provider, rules)
    modelRequest.ignoresPictureLimit = request.ignoresPictureLimit
    if wire(of: request, at: provider, knowing: known) is Responses {
      modelRequest.vectorStores = try await client.vectorStores(
        named: request.parameters.libraries ?? [], at: provider)
    }
    return modelRequest
  }

  /// Nil where the request puts no file on the server.
  private func uploadPlan(
    for request: ReplyRequest, at provider: Provider, knowing known: Set<Adaptation>,
    isAsked: Bool
  ) -> UploadPlan? {
    let wish = request.parameters.upload
    guard wish ?? provider.dialect.keepsFiles else { return nil }
    let wire = wire(of: request, at: provider, knowing: known)
    return UploadPlan(
      uploads: services.uploads, provider: provider, placesSmallDocuments: wish == true,
      placesPictures: wish == true && wire is Responses, namesHeldAlone: !isAsked,
      tell: { [post] in
        // Nobody waits any more for a reply that was stopped.
        post(Task.isCancelled ? .server(.told($0)) : .reply(request.id, .adapted($0)))
      })
  }

  private func wire(
    of request: ReplyRequest, at provider: Provider, knowing known: Set<Adaptation>
  ) -> any WireProtocol {
    provider.wire(
      knowing: known, wantsServerTools: !request.parameters.serverToolNames.isEmpty)
  }

  /// Forgets files that the server has no longer, and says that they are sent again: those that the error
  /// names, or all of the request.
  private func forget(
    _ files: [UploadedFile], after error: ChatAPIError, of request: ReplyRequest,
    on provider: Provider
  ) {
    let named = files.filter { error.message?.contains($0.id) == true }
    let gone = named.isEmpty ? files : named
    services.uploads.forget(gone.map(\.id), on: provider)
    let names = Set(gone.map(\.name)).sorted().joined(separator: ", ")
    let phrase = say("\(provider.name) has \(names) no longer: it goes inside the request.")
    post(.reply(request.id, .adapted(phrase)))
  }

  /// The events in the place of one, with the picture or the file that it holds kept; a sentence where that
  /// cannot be kept.
  private func keeping(
    _ event: ReplyEvent, of provider: Provider, offering tool: PictureTool?
  ) async -> [ReplyEvent] {
    switch event {
    case .media(.serverFile(let call, let name)):
      [await fetching(call, name: name, of: provider)]
    case .media(.made(let bytes, let prompt, let isFinished, let call)):
      await keeping(bytes, prompt: prompt, isFinished: isFinished, of: call)
    case .media(.address(let url)): await keeping(pictureAt: url)
    case .part(.hostedCall(let call)): [.part(.hostedCall(call.asked(with: tool)))]
    default: [event]
    }
  }

  private func keeping(pictureAt url: String) async -> [ReplyEvent] {
    let name = "picture"
    if !DataURL.isDataURL(url) {
      guard let address = SafeURL(rawValue: url) else {
        return [.adapted(say("The reply has a picture at an address that is not kept."))]
      }
      let picture = PictureReference(source: .remote(address), name: name, detail: .auto)
      return [.media(.kept(.picture(picture)))]
    }
    let bytes = DataURL(url)?.bytes ?? []
    do throws(ImagePipeline.Failure) {
      return [.media(.kept(.picture(try pipeline.keep(bytes, name: name, detail: .auto))))]
    } catch  where error.isOfStore {
      // What the store does not take may find room elsewhere.
      return await keeping(PictureBytes(bytes), prompt: nil, isFinished: true, of: 0)
    } catch {
      return [error.event(telling: say("A picture of the reply is not kept: \(error.phrase)"))]
    }
  }

  /// The most bytes of a file that a tool of the server's wrote.
  private static let fileLimit = 100 << 20

  /// Fetches a file that a tool of the server's wrote, before its container ends, and keeps it.
  private func fetching(_ call: String?, name: String, of provider: Provider) async -> ReplyEvent {
    guard let call else {
      let reason = say("\(provider.name) names it so that it cannot be fetched. Ask again.")
      return .adapted(say("\(name), which the server's Python wrote, is lost: \(reason)"))
    }
    do {
      let bytes = try await client.file(at: call, of: provider, byteLimit: Self.fileLimit)
      return .media(.kept(try DocumentPipeline(pipeline).keep(made: bytes, name: name)))
    } catch let error as ChatAPIError {
      return .adapted(say("\(name), which the server's Python wrote, is lost: \(error.phrase)"))
    } catch {
      let failure = error as? ImagePipeline.Failure
      let phrase = say(
        "\(name), which the server's Python wrote, is lost: \(failure?.phrase ?? "")")
      return failure?.event(telling: phrase) ?? .lost(phrase)
    }
  }

  /// Remembers whether a model takes pictures, as the list of a server says that is configured.
  func learn(takesPictures: Bool, for model: String, at provider: String) async {
    guard let server = try? await directory.lockedProvider(named: provider, model: model) else {
      return
    }
    client.learn(takesPictures: takesPictures, for: model, at: server)
  }

  /// Takes back what was learned of a model on a server that is configured.
  func forgetLearned(of model: String, at provider: String) async {
    guard let server = try? await directory.lockedProvider(named: provider, model: model) else {
      return
    }
    client.forgetRules(for: model, at: server)
  }

  /// Asks what a server tells of its models, such as how long their context is, after a reply that was cut
  /// without being asked to: it may have been that.
  private func tellFacts(of provider: Provider, as name: String) async {
    guard let models = await client.probe(provider, limit: .seconds(2)) else { return }
    post(.server(.listed(models.facts, of: name)))
  }

  /// Asks a server for its models.
  func listModels(of provider: String) async {
    do {
      let server = try await directory.provider(named: provider)
      let models = try await client.models(at: server)
      post(.server(.models(models.map(\.id), of: provider)))
      post(.server(.listed(models.facts, of: provider)))
    } catch ServerDirectory.Failure.configuration(let error) where error.isMissingKey {
      post(.server(.keyMissing(error.phrase)))
    } catch {
      let failure = ReplyFailure(error)
      post(.server(.modelsFailed(failure.phrase, kind: failure.kind)))
    }
  }
}

extension [ModelListing] {
  /// What the list tells of its models; of those of which it tells nothing, nothing.
  fileprivate var facts: [String: ListedModel] {
    reduce(into: [:]) { facts, model in
      guard
        model.contextLength != nil || model.readsPictures != nil || model.hearsSound != nil
      else { return }
      facts[model.id] = ListedModel(
        contextLength: model.contextLength, takesPictures: model.readsPictures,
        hearsSound: model.hearsSound)
    }
  }
}

extension ImagePipeline.Failure {
  /// What is told of a part of a reply that is not kept for this reason: a machine that takes nothing is
  /// another matter than a part that is damaged.
  func event(telling phrase: Phrase) -> ReplyEvent { isOfStore ? .lost(phrase) : .adapted(phrase) }
}
