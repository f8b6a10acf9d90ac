import ChatAPI
import ChatEngine
import Conversation
import Language
import Pictures

/// Makes what goes over the wire from what the engine asks for: messages in order, pictures fitted.
struct RequestBuilder {
  let pipeline: ImagePipeline
  let queue: PictureQueue

  func modelRequest(
    for request: ReplyRequest, rules: PictureRules
  ) async throws(ImagePipeline.Failure) -> ModelRequest {
    var messages: [RequestMessage] = []
    var pictureCount = 0
    if let instructions = request.instructions {
      messages.append(RequestMessage(.system, instructions))
    }
    for message in request.messages {
      messages.append(
        try await self.message(message, after: &pictureCount, model: request.model, rules: rules))
    }
    return ModelRequest(
      model: request.model, messages: messages, parameters: request.parameters,
      isStreamed: request.isStreamed)
  }

  private func message(
    _ message: Message, after pictureCount: inout Int, model: String, rules: PictureRules
  ) async throws(ImagePipeline.Failure) -> RequestMessage {
    var parts: [RequestMessage.Part] = []
    for part in message.parts {
      switch part {
      case .text(let text): parts.append(.text(text))
      case .reasoning, .toolCall, .toolResult, .unknown: break
      case .media(let media):
        guard let reference = media.picture else { break }
        let pipeline = pipeline
        let result = await queue.run { () -> Result<RequestMessage.Part, ImagePipeline.Failure> in
          Result { () throws(ImagePipeline.Failure) in
            try pipeline.part(for: reference, model: model, rules: rules)
          }
        }
        // Cancelled: nobody waits for the request.
        guard let result else {
          throw ImagePipeline.Failure(phrase: say("The request was stopped."))
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
