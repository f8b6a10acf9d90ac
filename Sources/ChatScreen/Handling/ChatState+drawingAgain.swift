import ChatEngine
import Conversation
import Language

/// `/again` for a picture that a model made in its reply.
extension ChatState {
  /// Asks for a picture of a reply once more, with the settings that its server told; a sentence where they
  /// are not known.
  mutating func drawAgain(
    ofReply picture: (message: Message, reference: PictureReference), number: Int, _ line: DrawLine
  ) -> [ChatEffect] {
    let message = picture.message
    guard message.role == .assistant else {
      return fail(say("Picture \(number) was not drawn here: /redraw WORDS changes the last one."))
    }
    guard let call = message.parts.call(thatMade: picture.reference), var drawing = call.drawing
    else {
      return fail(
        say("Picture \(number) came in a reply, without its settings: /draw PROMPT asks for one."))
    }
    let question = question(answeredBy: message)
    if drawing.model.isEmpty {
      guard let usual = usualDrawing(line) else { return failWithoutDrawingModel() }
      drawing.model = usual.model
    }
    let marked = question?.parts.replyMask
    drawing.mask = marked
    let pictures = marked == nil ? question?.pictures : lastPicture(before: message).map { [$0] }
    let prompt = call.input.isEmpty ? question?.text ?? "" : call.input
    return draw(line.over(drawing), prompt, pictures ?? [], takesWaiting: false)
  }

  /// The message of the user that a reply answers, also behind calls of tools.
  private func question(answeredBy message: Message) -> Message? {
    let path = conversation.messages.path.prefix { $0.id != message.id }
    return path.last { $0.role == .user }
  }

  /// The picture that the marks of a reply's question are of: the last one that went with it.
  private func lastPicture(before message: Message) -> PictureReference? {
    sentPictures.prefix { $0.message.id != message.id }
      .last { !$0.reference.isUnfinished }?.reference
  }
}

extension [ContentPart] {
  /// The call of the server's own that made a picture among these parts: they come in one order, the pictures
  /// of calls that draw at the same time before the calls.
  fileprivate func call(thatMade picture: PictureReference) -> HostedToolCall? {
    let calls = compactMap { part -> HostedToolCall? in
      guard case .hostedCall(let call) = part, call.tool == .imageGeneration, !call.isFailed else {
        return nil
      }
      return call
    }
    let made = pictures.filter { !$0.isUnfinished }
    guard made.count == calls.count else { return calls.count == 1 ? calls[0] : nil }
    return made.firstIndex(of: picture).map { calls[$0] }
  }
}
