import ChatAPI
import ChatEngine
import Configuration
import Conversation
import Language
import ModelCatalog

/// What servers do beside chatting.
enum SideTask: Sendable {
  case speech, transcription, embedding

  /// The model that OpenAI is asked for where none is named, and the demo's.
  fileprivate var usualModel: (openAI: String, demo: String) {
    switch self {
    case .speech: ("gpt-4o-mini-tts", "demo-voice")
    case .transcription: ("gpt-transcribe", "demo-ear")
    case .embedding: ("text-embedding-3-small", "demo-embed")
    }
  }

  /// Why a server is not asked.
  fileprivate func noModel(at server: String) -> Phrase {
    switch self {
    case .speech:
      say("No model that speaks is known of \(server). Name one: --model, or speech_model.")
    case .transcription:
      say("No model that hears is known of \(server). Name one: --model, or transcription_model.")
    case .embedding:
      say("No model for vectors is known of \(server). Name one: --model, or embedding_model.")
    }
  }

  /// The same beside a conversation, whose model `--model` names.
  fileprivate func noModelBeside(_ server: String) -> Phrase {
    switch self {
    case .speech:
      say("No model that speaks is known of \(server). Name one as speech_model in config.yaml.")
    case .transcription:
      say(
        "No model that hears is known of \(server). Name one as transcription_model in config.yaml."
      )
    case .embedding:
      say(
        "No model for vectors is known of \(server). Name one as embedding_model in config.yaml.")
    }
  }
}

/// A server that does such a task, and the model that is asked.
struct SideServer: Sendable {
  /// The server's name in the configuration.
  let name: String
  let provider: Provider
  let model: String
  /// The address without what may unlock it; the demo's does not hang on its port.
  let address: String

  /// That the model ends soon, or has ended, and what replaces it; nil where neither.
  var endNotice: Phrase? {
    ServiceModel.notice(of: model, at: SystemClock.moment().timestamp)
  }
}

/// Finds the servers that speak, hear and make vectors: the command line's, else those of the
/// configuration, else the conversation's.
struct SideServers: Sendable {
  let installation: Installation
  let directory: ServerDirectory

  /// The server for a task, with its key.
  func server(for task: SideTask, model named: String? = nil) async throws(AskFailure) -> SideServer
  {
    let options = installation.invocation.options
    let isChosen = options.provider != nil || options.baseURL != nil
    let service = settings(of: task)
    let name = isChosen ? directory.defaultName : service.server ?? directory.defaultName
    let chosen = named ?? options.model
    let kept = isChosen && service.server != name ? nil : service.model
    guard let model = chosen ?? kept ?? usualModel(for: task, at: name) else {
      throw AskFailure(.usage, task.noModel(at: name))
    }
    return try await server(named: name, model: model)
  }

  /// The server for a task beside a conversation, whose model and server the command line may have named:
  /// that of the configuration, else the conversation's, the default one where none is given.
  func serverBeside(
    for task: SideTask, conversation: String? = nil
  ) async throws(AskFailure) -> SideServer {
    let service = settings(of: task)
    let name = service.server ?? conversation ?? directory.defaultName
    guard let model = service.model ?? usualModel(for: task, at: name) else {
      throw AskFailure(.usage, task.noModelBeside(name))
    }
    return try await server(named: name, model: model)
  }

  /// The server whose vectors an index holds, by its address.
  func server(at address: String, model: String) async throws(AskFailure) -> SideServer? {
    let usual = settings(of: .embedding).server ?? directory.defaultName
    let names = [usual, directory.defaultName] + directory.providers.map(\.name)
    for name in names {
      let isDemo = name == ServerDirectory.demoName
      let locked = try? await directory.lockedProvider(named: name, model: model)
      guard isDemo ? address == name : locked.map({ $0.plainAddress == address }) == true else {
        continue
      }
      return try await server(named: name, model: model)
    }
    return nil
  }

  private func server(named name: String, model: String) async throws(AskFailure) -> SideServer {
    do throws(ServerDirectory.Failure) {
      let provider = try await directory.provider(named: name, model: model)
      let address = name == ServerDirectory.demoName ? name : provider.plainAddress
      return SideServer(name: name, provider: provider, model: model, address: address)
    } catch {
      throw AskFailure(reply: error)
    }
  }

  private func settings(of task: SideTask) -> SideService {
    let configuration = installation.configuration
    return switch task {
    case .speech: configuration.speech.service
    case .transcription: configuration.transcription
    case .embedding: configuration.embedding
    }
  }

  private func usualModel(for task: SideTask, at name: String) -> String? {
    if name == ServerDirectory.demoName { return task.usualModel.demo }
    return directory.settings(of: name)?.host == "api.openai.com" ? task.usualModel.openAI : nil
  }
}

extension Provider {
  /// Scheme, host and path: what tells a server from others.
  var plainAddress: String { base.origin + base.path }
}

extension AskFailure {
  /// What stopped a request, with the exit status that a reply's failure has.
  init(reply error: any Error) {
    let failure = ReplyFailure(error)
    self.init(failure.kind.status, failure.phrase)
  }
}

extension ServiceModel {
  /// That the model ends soon, or has ended, and what replaces it; nil where neither.
  static func notice(of model: String, at now: Timestamp) -> Phrase? {
    guard let known = ServiceModel(named: model), known.endsSoon(at: now),
      let day = known.shutdown
    else { return nil }
    guard let successor = known.successor else {
      return say("\(model) ends on \(day). Choose another model before that day.")
    }
    return say("\(model) ends on \(day). Choose another before that day, such as \(successor).")
  }
}
