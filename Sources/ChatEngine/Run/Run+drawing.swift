import Conversation
import Language

/// Requests for pictures: a message with a drawing is answered by the pictures that it asks for, and not
/// by a reply.
extension Run {
  /// The request for the pictures that the last message of the path asks for; nil where it asks for a
  /// reply.
  ///
  /// It carries that message alone: its text is the prompt, its pictures the references.
  func drawingRequest(of conversation: Conversation, _ context: EngineContext) -> ReplyRequest? {
    let leaf = conversation.messages.leaf
    guard let message = leaf.flatMap({ conversation.messages[$0] }), let drawing = message.drawing
    else { return nil }
    var request = ReplyRequest(
      id: context.moment.messageID(1, after: leaf), provider: context.target.provider.name,
      model: drawing.model, instructions: nil, messages: [message], parameters: Parameters(),
      isStreamed: options.streamsReplies)
    request.drawing = drawing
    return request
  }

  /// What is told of a whole reply whose last picture is not finished.
  var remarksOnDraft: [EngineStep] {
    guard !draftPlaces.isEmpty else { return [] }
    return [.report(.adapted(say("A picture came unfinished: /retry asks again.")))]
  }
}

extension [ContentPart] {
  /// Adds a part, in the place of an unfinished picture where one of `drafts` stands there.
  mutating func put(_ part: ContentPart, inPlaceOfDraft place: Int, _ drafts: Set<Digest>) {
    if indices.contains(place), !drafts.isDisjoint(with: [self[place]].digests) {
      self[place] = part
    } else {
      append(part)
    }
  }
}

extension ContentPart {
  /// A picture marked as one that was to be drawn further; any other part as it is.
  var asUnfinished: ContentPart {
    guard var picture else { return self }
    picture.isUnfinished = true
    return .picture(picture)
  }
}

extension Conversation {
  /// The marks of the last question: a reply that goes on, also behind calls of tools, has them too.
  var replyMask: PictureReference? {
    messages.path.last { $0.role == .user }?.parts.replyMask
  }

  /// Whether the path ends in a message that asks for pictures.
  var asksForPictures: Bool { messages.leaf.flatMap { messages[$0] }?.drawing != nil }

  /// Whether the path ends in pictures that were stopped, or broke off: they are asked for anew, since
  /// nothing goes on from them.
  var endsInStoppedDrawing: Bool {
    guard let last = messages.leaf.flatMap({ messages[$0] }), last.role == .assistant,
      last.status == .stopped || last.status == .cutOff
    else { return false }
    return last.parent.flatMap { messages[$0] }?.drawing != nil
  }
}

extension EngineStep {
  /// The step by which a message comes into being, with one more part; any other as it is.
  func adding(_ part: ContentPart) -> EngineStep {
    switch self {
    case .change(.append(var message)):
      message.parts.append(part)
      return .change(.append(message))
    case .change(.replace(var message)):
      message.parts.append(part)
      return .change(.replace(message))
    default: return self
    }
  }
}
