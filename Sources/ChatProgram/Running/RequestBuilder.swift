package import ChatAPI
package import ChatEngine
import Conversation
import Language
import Pictures

/// Makes what goes over the wire from what the engine asks for: messages in order, pictures fitted,
/// documents as the server takes them, the results of tools each as a message of its own.
package struct RequestBuilder {
  private let pipeline: ImagePipeline
  private let queue: PictureQueue
  /// How files are put on the server; nil where all of them go inside the request.
  private let uploads: UploadPlan?
  private let sounds: SoundAttachments

  /// Without `sounds` that ask a server, recordings go as transcripts that are there already.
  init(
    pipeline: ImagePipeline, queue: PictureQueue, uploads: UploadPlan? = nil,
    sounds: SoundAttachments? = nil
  ) {
    self.pipeline = pipeline
    self.queue = queue
    self.uploads = uploads
    self.sounds = sounds ?? SoundAttachments(pipeline)
  }

  package init(_ services: Services) {
    self.init(pipeline: services.pipeline, queue: services.pictureQueue)
  }

  /// The request as it is encoded; an error names the picture that is gone.
  ///
  /// `takesDocuments` says whether the server takes documents as files, `takesSound` whether the model
  /// hears.
  package func modelRequest(
    for request: ReplyRequest, rules: PictureRules, takesDocuments: Bool = false,
    takesSound: Bool = false
  ) async throws -> ModelRequest {
    var messages: [RequestMessage] = []
    var pictureCount = 0
    if let instructions = request.instructions {
      messages.append(RequestMessage(.system, instructions))
    }
    let question = request.messages.lastIndex { $0.role == .user } ?? -1
    for (index, message) in request.messages.enumerated() {
      let rules = Rules(
        pictures: rules, takesDocuments: takesDocuments, takesSound: takesSound)
      let next = try await self.messages(message, after: &pictureCount, request, rules)
      let isOfTurn = index > question && message.reply?.provider == request.provider
      messages += next.map { $0.returningReasoning(isOfTurn) }
    }
    return ModelRequest(
      model: request.model, messages: messages, parameters: request.parameters,
      isStreamed: request.isStreamed)
  }

  private func messages(
    _ message: Message, after pictureCount: inout Int, _ request: ReplyRequest, _ rules: Rules
  ) async throws -> [RequestMessage] {
    guard message.role == .tool else {
      // What only one server understands goes to no other.
      let isOwn = message.reply?.provider == request.provider
      let parts = try await self.parts(
        isOwn ? message.parts : message.parts.compactMap(\.unsealed), after: &pictureCount,
        model: request.model, rules)
      return [RequestMessage(role: message.role, parts: parts)]
    }
    var answers: [RequestMessage] = []
    for result in message.parts.toolResults {
      let parts = try await self.parts(
        result.partsSent, after: &pictureCount, model: request.model, rules)
      answers.append(RequestMessage(answering: result.callID, parts: parts))
    }
    return answers
  }

  private func parts(
    _ content: [ContentPart], after pictureCount: inout Int, model: String, _ rules: Rules
  ) async throws -> [RequestMessage.Part] {
    var parts: [RequestMessage.Part] = []
    for part in content {
      switch part {
      case .text(let text): parts.append(.text(text))
      case .reasoning(let reasoning): parts.append(.reasoning(reasoning))
      case .toolCall(let call): parts.append(.call(call))
      case .hostedCall(let call):
        if !call.opaque.isEmpty { parts.append(.serverItem(call.opaque)) }
      case .toolResult, .citations, .drawing, .unknown: break
      case .media(let media) where media.isSound && media.isKeptDocument:
        parts.append(try await sounds.part(for: media, takesSound: rules.takesSound))
      case .media(let media) where media.isKeptDocument:
        for part in try await document(media, takesFiles: rules.takesDocuments) {
          parts.append(try await uploads?.placing(part, named: media) ?? part)
        }
      case .media(let media):
        guard let reference = media.picture else { break }
        let part = try await picture(
          reference, number: pictureCount, model: model, rules: rules.pictures)
        parts.append(try await uploads?.placing(part, named: media) ?? part)
        pictureCount += 1
      }
    }
    return parts
  }

  /// What a server takes.
  private struct Rules {
    var pictures: PictureRules
    var takesDocuments: Bool
    var takesSound: Bool
  }

  private func document(
    _ media: MediaReference, takesFiles: Bool
  ) async throws(ImagePipeline.Failure) -> [RequestMessage.Part] {
    let documents = DocumentPipeline(pipeline)
    let result = await queue.run { () -> Result<[RequestMessage.Part], ImagePipeline.Failure> in
      Result { () throws(ImagePipeline.Failure) in
        try documents.parts(for: media, takesFiles: takesFiles)
      }
    }
    guard let result else { throw Self.stopped }
    return try result.get()
  }

  /// Nobody waits for the request.
  private static let stopped = ImagePipeline.Failure(phrase: say("The request was stopped."))

  private func picture(
    _ reference: PictureReference, number: Int, model: String, rules: PictureRules
  ) async throws(ImagePipeline.Failure) -> RequestMessage.Part {
    let pipeline = pipeline
    let result = await queue.run { () -> Result<RequestMessage.Part, ImagePipeline.Failure> in
      Result { () throws(ImagePipeline.Failure) in
        try pipeline.part(for: reference, model: model, rules: rules)
      }
    }
    guard let result else { throw Self.stopped }
    do {
      return try result.get()
    } catch var failure {
      if failure.lostPicture != nil { failure.lostPicture = number }
      throw failure
    }
  }
}

extension RequestMessage {
  /// The message, whose reasoning goes back with its calls where it is of the turn that goes on.
  fileprivate func returningReasoning(_ isOfTurn: Bool) -> RequestMessage {
    var message = self
    message.returnsReasoning = isOfTurn && !calls.isEmpty
    return message
  }
}

extension ContentPart {
  /// The part without what only the server that gave it understands; nil where nothing else is in it.
  fileprivate var unsealed: ContentPart? {
    switch self {
    case .reasoning(let reasoning): return .reasoning(reasoning.text)
    case .toolCall(var call):
      call.opaque = nil
      return .toolCall(call)
    case .hostedCall: return nil
    default: return self
    }
  }
}
