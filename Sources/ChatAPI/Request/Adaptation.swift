import Conversation
package import Language

/// One change to requests that a server or a model needs, known before or learned from its answers.
package enum Adaptation: Hashable, Codable, Sendable {
  /// A member of the request that is left out, by its name on the wire.
  case omit(String)
  case rename(String, to: String)
  /// Instructions go as `system`, not as `developer`.
  case systemRole
  /// The address without the `/v1` that Iris put behind it.
  case plainPath
  /// The server has no such call, like `/responses`: the other one is made.
  case missingCall(String)
  /// The model is asked at `/responses`.
  case responses
  /// Reasoning that only the server can read does not go back: it cannot read this.
  case omitSealedReasoning
  /// Documents are sent as their text, or as pictures of their pages: the server takes no files.
  case documentsAsText
  /// Sound is sent as its transcript: the model does not hear.
  case soundAsTranscript
  /// The results of tools are text; their pictures follow in a message of the user's.
  case picturesBehindResults
  /// A reply's reasoning goes back with it.
  case echoReasoning
  /// Replies bring their reasoning under this name, `reasoning_content` or `reasoning`: within a turn it goes
  /// back so, beside the calls that it led to.
  case reasoningMember(String)
  /// Neighbouring messages of one role are sent as one, and the first that is no instruction is the
  /// user's.
  case joinRoles
  /// Instructions stand at the head of the user's first message.
  case foldSystem
  /// At most so many pictures a request; 0 where the model sees none.
  case pictureCount(Int)
  /// At most so many pixels of a picture's longer side.
  case pictureSide(Int)
  /// At most so many bytes of a picture, before base64.
  case pictureByteCount(Int)
  /// Replies begin with reasoning that has no opening tag; nothing of the request changes.
  case opensInReasoning
  /// Replies are kept on the server, as the user asked: it is told, and never learned.
  case storedReplies
}

extension Adaptation {
  /// Whether it holds for every model of a server.
  var isOfServer: Bool {
    switch self {
    case .plainPath, .missingCall: true
    default: false
    }
  }

  /// Whether it is remembered; what only one conversation's history needs is not.
  var isLearned: Bool { self != .omitSealedReasoning }

  /// Whether it is learned, and told, only once the server has answered: nothing else says that the
  /// call which is made in its place is there.
  var isOfCall: Bool {
    switch self {
    case .missingCall, .responses: true
    default: false
    }
  }

  /// What is done otherwise, for the user who set it.
  package func phrase(server: String) -> Phrase {
    switch self {
    case .omit("pictures"):
      say(
        "\(server) has no tool that makes pictures: it is left out. /draw and iris draw make them.")
    case .omit("stream"): say("\(server) does not stream this model: the reply comes whole.")
    case .omit(let name): say("\(server) does not take \(name): it is left out.")
    case .rename(let old, let new): say("\(server) calls \(old) \(new): it is sent so.")
    case .systemRole: say("\(server) does not know the role developer: system is sent.")
    case .plainPath: say("\(server) has no /v1: it is asked without.")
    case .missingCall(Responses.call):
      say("\(server) has no /responses: it is asked at /chat/completions.")
    case .missingCall(ChatCompletions.call):
      say("\(server) has no /chat/completions: it is asked at /responses.")
    case .missingCall("/files"):
      say("\(server) keeps no files: they are sent inside the request.")
    case .missingCall(let call): say("\(server) has no \(call).")
    case .storedReplies:
      say("\(server) keeps replies of this model, OpenAI for 30 days: /set store off ends that.")
    case .responses: say("\(server) wants this model asked at /responses: it is.")
    case .omitSealedReasoning:
      say("\(server) cannot read the model's earlier reasoning: it is sent without.")
    case .documentsAsText:
      say("\(server) takes no files: documents are sent as text.")
    case .soundAsTranscript:
      say("The model at \(server) takes no sound: its transcript goes from now on.")
    case .picturesBehindResults:
      say("\(server) takes text alone from tools: their pictures follow in a message.")
    case .joinRoles: say("\(server) wants turns: neighbouring messages are sent as one.")
    case .foldSystem:
      say("\(server) takes no system message: it is sent before the first message.")
    case .pictureCount(0): say("The model at \(server) takes no pictures.")
    case .pictureCount(1): say("\(server) takes one picture a request.")
    case .pictureCount(let count): say("\(server) takes at most \(count, .pictures) a request.")
    case .pictureSide(let side): say("\(server) takes at most \(side) pixels a side.")
    case .pictureByteCount(let count): say("\(server) takes at most \(ByteCount(count)) a picture.")
    case .opensInReasoning:
      say("\(server) leaves out the opening tag of this model's reasoning: it is told apart.")
    case .reasoningMember(let name):
      say("\(server) gives reasoning as \(name): with calls of tools it goes back so.")
    case .echoReasoning: say("\(server) wants the model's reasoning back: it is sent.")
    }
  }
}
