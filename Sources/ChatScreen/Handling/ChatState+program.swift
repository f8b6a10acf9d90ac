import ChatEngine
import Conversation
import Language

/// The start of the program, and what it tells of itself.
extension ChatState {
  mutating func handleProgramEvent(_ event: ProgramEvent) -> [ChatEffect] {
    switch event {
    case .begun(let query): return query.map { [.store(.load($0, at: nil))] } ?? []
    case .shown(let isUnconfigured): return lookAround(isUnconfigured: isUnconfigured)
    case .remarked(let phrase, let kind):
      if notice == nil || kind != .information { notice = Notice(kind, phrase) }
      return []
    case .schema(let format): return use(format)
    case .schemaFailed(let phrase): return missSchema(phrase)
    case .tokensCounted(let count): return showCount(count)
    case .countFailed(let reason): return showCountFailure(reason)
    case .filesListed(let files, let provider): return receive(files, of: provider)
    case .serverAnswered(let effect, let phrase, let kind):
      return showAnswer(phrase, kind, to: effect)
    case .librariesListed(let list): return showLibraries(list)
    case .librariesUnknown(let phrase): return missLibraries(phrase)
    case .keyTaken(let phrase):
      return send(.settings(.listModels)) + tell(phrase, offers: offerToSend)
    case .foundLocally(let names): return offer(local: names)
    case .keyNotGiven: return tell(say("No key was given. /key asks again."))
    case .keyUnusable(let phrase): return fail(phrase, offers: [.key])
    }
  }

  /// Begins with what may not delay the first frame: the list of conversations, the models of a
  /// server of which none is chosen, the key, the servers of this machine.
  private mutating func lookAround(isUnconfigured: Bool) -> [ChatEffect] {
    let provider = currentProvider.name
    let server =
      currentModel == nil ? send(.settings(.listModelsOnce)) : [.checkKey(provider: provider)]
    return [.store(.list)] + server + (isUnconfigured ? [.findLocalServers] : [])
  }
}
