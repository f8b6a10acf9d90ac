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
        try await ask(request, at: provider)
      } catch let error as ChatAPIError where error.namesPictureSize {
        // Learned by now: the pictures are fitted to it.
        try await ask(request, at: provider)
      } catch let error as ChatAPIError where error.refusesDocuments {
        // So it is with documents, which go as text.
        try await ask(request, at: provider)
      }
    } catch {
      guard !Task.isCancelled else { return }
      post(.replyFailed(id, failure(error, of: request)))
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
    let learned = client.learnedRules
    let rules = directory.pictureRules(of: request.provider)
      .keeping(to: learned.pictureLimits(for: request.model, at: provider))
    var modelRequest = try await RequestBuilder(services).modelRequest(
      for: request, rules: rules,
      takesDocuments: provider.takesDocuments(
        knowing: learned.adaptations(for: request.model, at: provider)))
    modelRequest.tools = await definitions(for: request)
    for try await event in client.reply(to: modelRequest, at: provider) {
      post(.reply(request.id, await keeping(event, of: provider)))
      // A server that is faster than the screen is slowed, not queued.
      await waitForRoom()
    }
  }

  /// The event with the picture or the file that it holds kept; a sentence where it cannot be kept.
  private func keeping(_ event: ReplyEvent, of provider: Provider) async -> ReplyEvent {
    if case .media(.serverFile(let call, let name)) = event {
      return await fetching(call, name: name, of: provider)
    }
    guard case .media(.address(let url)) = event else { return event }
    let name = "picture"
    if !DataURL.isDataURL(url) {
      guard let address = SafeURL(rawValue: url) else {
        return .adapted(say("The reply has a picture at an address that is not kept."))
      }
      return .media(
        .kept(.picture(PictureReference(source: .remote(address), name: name, detail: .auto))))
    }
    do throws(ImagePipeline.Failure) {
      let bytes = DataURL(url)?.bytes ?? []
      return .media(.kept(.picture(try pipeline.keep(bytes, name: name, detail: .auto))))
    } catch {
      return .adapted(say("A picture of the reply is not kept: \(error.phrase)"))
    }
  }

  /// The most bytes of a file that a tool of the server's wrote.
  private static let fileLimit = 100 << 20

  /// Fetches a file that a tool of the server's wrote, before its container ends, and keeps it.
  private func fetching(_ call: String, name: String, of provider: Provider) async -> ReplyEvent {
    do {
      let bytes = try await client.file(at: call, of: provider, byteLimit: Self.fileLimit)
      return .media(.kept(try DocumentPipeline(pipeline).keep(made: bytes, name: name)))
    } catch let error as ChatAPIError {
      return .adapted(say("\(name), which the server's Python wrote, is lost: \(error.phrase)"))
    } catch {
      let reason = (error as? ImagePipeline.Failure)?.phrase ?? ""
      return .adapted(say("\(name), which the server's Python wrote, is lost: \(reason)"))
    }
  }

  /// Takes back what was learned of a model on a server that is configured.
  func forgetLearned(of model: String, at provider: String) async {
    guard let server = try? await directory.lockedProvider(named: provider, model: model) else {
      return
    }
    client.forgetRules(for: model, at: server)
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
      guard model.contextLength != nil || model.readsPictures != nil else { return }
      facts[model.id] = ListedModel(
        contextLength: model.contextLength, takesPictures: model.readsPictures)
    }
  }
}
