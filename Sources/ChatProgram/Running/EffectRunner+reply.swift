import ChatAPI
import ChatEngine
import Configuration
import Conversation
import Language
import Pictures

extension EffectRunner {
  /// Asks for a reply and posts what comes, until it ends or the task is cancelled.
  func reply(to order: ReplyOrder) async {
    let id = order.id
    do {
      let provider = try await directory.provider(
        named: order.provider, model: order.model)
      do {
        try await ask(order, at: provider)
      } catch let error as ChatAPIError where error.namesPictureSize {
        // Learned by now: the pictures are fitted to it.
        try await ask(order, at: provider)
      }
    } catch {
      guard !Task.isCancelled else { return }
      post(.replyFailed(id, ReplyFailure(error, order: order)))
    }
  }

  private func ask(_ order: ReplyOrder, at provider: Provider) async throws {
    let rules = directory.pictureRules(of: order.provider)
      .keeping(to: client.learnedRules.pictureLimits(for: order.model, at: provider))
    let request = try await RequestBuilder(workshop: workshop, queue: pictureQueue)
      .request(for: order, rules: rules)
    for try await event in client.reply(to: request, at: provider) {
      post(.reply(order.id, event))
      // A server that is faster than the screen is slowed, not queued.
      await waitForRoom()
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

/// Makes the request that a reply is asked for with: messages in order, pictures fitted.
struct RequestBuilder {
  let workshop: PictureWorkshop
  let queue: PictureQueue

  func request(
    for order: ReplyOrder, rules: PictureRules
  ) async throws(PictureWorkshop.Failure) -> ModelRequest {
    var messages: [RequestMessage] = []
    var pictureCount = 0
    if let instructions = order.instructions {
      messages.append(RequestMessage(.system, instructions))
    }
    for message in order.messages {
      messages.append(
        try await self.message(message, after: &pictureCount, model: order.model, rules: rules))
    }
    return ModelRequest(
      model: order.model, messages: messages, parameters: order.parameters,
      isStreamed: order.isStreamed)
  }

  private func message(
    _ message: Message, after pictureCount: inout Int, model: String, rules: PictureRules
  ) async throws(PictureWorkshop.Failure) -> RequestMessage {
    var parts: [RequestMessage.Part] = []
    for part in message.parts {
      switch part {
      case .text(let text): parts.append(.text(text))
      case .reasoning, .toolCall, .toolResult, .unknown: break
      case .media(let media):
        guard let reference = media.picture else { break }
        let workshop = workshop
        let result = await queue.run { () -> Result<RequestMessage.Part, PictureWorkshop.Failure> in
          Result { () throws(PictureWorkshop.Failure) in
            try workshop.part(for: reference, model: model, rules: rules)
          }
        }
        // Cancelled: nobody waits for the request.
        guard let result else {
          throw PictureWorkshop.Failure(phrase: say("The request was stopped."))
        }
        do {
          parts.append(try result.get())
        } catch var failure {
          if failure.lostPicture != nil { failure.lostPicture = pictureCount }
          throw failure
        }
        pictureCount += 1
      }
    }
    return RequestMessage(
      role: message.role, parts: parts, reasoning: message.reasoning)
  }
}
