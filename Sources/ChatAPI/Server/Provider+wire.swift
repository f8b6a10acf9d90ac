import Conversation

extension Provider {
  /// How the server is spoken to, with what is known of it and the model.
  ///
  /// `wantsServerTools` says that a request offers tools of the server's own, `hasSound` that it carries
  /// sound: each is known to one call alone.
  package func wire(
    knowing adaptations: Set<Adaptation> = [], wantsServerTools: Bool = false,
    hasSound: Bool = false
  ) -> any WireProtocol {
    usesResponses(knowing: adaptations, wantsServerTools, hasSound: hasSound)
      ? Responses(dialect) : ChatCompletions(dialect)
  }

  /// Whether documents go to the server as files.
  package func takesDocuments(knowing adaptations: Set<Adaptation>) -> Bool {
    dialect.takesDocuments && !adaptations.contains(.documentsAsText)
  }

  /// Whether sound goes to a model that hears as it is: `/responses` has no part for it.
  package func takesSound(knowing adaptations: Set<Adaptation>) -> Bool {
    api != .responses && !adaptations.contains(.soundAsTranscript)
  }

  /// What was chosen goes first, then which call is missing, then what the server asked for.
  private func usesResponses(
    knowing adaptations: Set<Adaptation>, _ wantsServerTools: Bool, hasSound: Bool = false
  ) -> Bool {
    switch api {
    case .chat: return false
    case .responses: return true
    case .auto: break
    }
    let lacksResponses = adaptations.contains(.missingCall(Responses.call))
    // Where both are missing, neither says anything: the address is wrong, or was.
    if lacksResponses != adaptations.contains(.missingCall(ChatCompletions.call)) {
      return !lacksResponses
    }
    if hasSound { return false }
    return wantsServerTools || adaptations.contains(.responses) || prefersResponses
  }

  /// Whether the server's first call is `/responses`, as far as is known before asking: by the call
  /// that was pasted with its address, else by its row in the table of servers.
  ///
  /// An address of Azure's that names a deployment has only chat (Azure OpenAI REST API reference).
  private var prefersResponses: Bool {
    switch pastedCall {
    case Responses.call: true
    case ChatCompletions.call: false
    default: dialect.prefersResponses && !base.path.split(separator: "/").contains("deployments")
    }
  }

  /// The change to the other call that a failure asks for; nil where it asks for none, where the call
  /// was chosen, or where the other one is missing too.
  func otherCall(
    after error: ChatAPIError, knowing adaptations: Set<Adaptation>, wantsServerTools: Bool = false
  ) -> Adaptation? {
    guard api == .auto, case .answer(let fault) = error.kind else { return nil }
    let isResponses = usesResponses(knowing: adaptations, wantsServerTools)
    if !isResponses, error.message?.contains("/responses") == true,
      !adaptations.contains(.missingCall(Responses.call))
    {
      // A server that has no such path names the path that was asked for.
      return fault == .notFound ? nil : .responses
    }
    guard [404, 405, 501].contains(error.status), fault.isOfAddress else { return nil }
    let other = isResponses ? ChatCompletions.call : Responses.call
    guard !adaptations.contains(.missingCall(other)) else { return nil }
    return .missingCall(isResponses ? Responses.call : ChatCompletions.call)
  }
}

extension AnswerFault {
  /// Whether nothing but the address of the call is said to be wrong.
  var isOfAddress: Bool {
    switch self {
    case .notFound, .callMissing, .page: true
    default: false
    }
  }
}
