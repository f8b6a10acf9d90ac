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
    let rules = directory.pictureRules(of: request.provider)
      .keeping(to: client.learnedRules.pictureLimits(for: request.model, at: provider))
    var modelRequest = try await RequestBuilder(services)
      .modelRequest(for: request, rules: rules)
    modelRequest.tools = await definitions(for: request)
    for try await event in client.reply(to: modelRequest, at: provider) {
      post(.reply(request.id, await keeping(event)))
      // A server that is faster than the screen is slowed, not queued.
      await waitForRoom()
    }
  }

  /// The event with the picture that it holds kept; a sentence where it cannot be kept.
  private func keeping(_ event: ReplyEvent) async -> ReplyEvent {
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
