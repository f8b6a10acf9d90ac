import Audio
import ChatAPI
import ChatEngine
import Configuration
import Conversation
import Language
import ModelCatalog

/// What `iris speak` was asked for.
package struct SpeakOptions: Sendable {
  /// The text's words; none for standard input.
  package var words: [String] = []
  package var voice: String?
  package var speed: Double?
  /// As the API calls it; nil for what the file's name says.
  package var format: String?
  package var instructions: String?
  /// A file, or `-`; nil to play.
  package var output: String?
  /// Whether a file that is there already is replaced.
  package var isReplacing = false

  package init() {}
}

/// `iris speak`: has a text spoken, and plays it, writes it to a file, or gives it to a pipe.
package struct SpeakCall: Sendable {
  private let installation: Installation
  private let directory: ServerDirectory
  private let options: SpeakOptions

  package init(_ installation: Installation, _ options: SpeakOptions) {
    self.installation = installation
    self.options = options
    directory = ServerDirectory(installation)
  }

  /// Speaks, and blocks until all is heard or written.
  package func run() -> ExitStatus {
    directory.callBlocking(installation) { () async throws(AskFailure) in
      try await speak()
      return Task.isCancelled ? .interrupted : .done
    }
  }

  private func speak() async throws(AskFailure) {
    let target = try target()
    let players = PlayerChoice(
      command: installation.configuration.speech.player, environment: installation.environment)
    // Before anything is paid for.
    if case .player = target, !players.isAny { throw AskFailure(AudioError.noPlayer) }
    let pieces = SpokenPieces.pieces(of: try text())
    guard !pieces.isEmpty else { throw AskFailure(AudioError.textEmpty) }
    let server = try await SideServers(installation: installation, directory: directory)
      .server(for: .speech)
    let voice = SpokenText(
      speaker: Speaker(ChatClient(timing: .quiet), at: server.provider),
      cache: SpeechCache(installation.folders), server: server,
      request: try request(to: server, for: target),
      ledger: ServiceLedger(installation, tell: tell))
    tellPrice(of: pieces.filter { !voice.isKept($0) }, server, voice.request.voice)
    var output = SpeechOutput(target, players, pieceCount: pieces.count)
    do throws(AudioError) {
      try await voice.speak(pieces, to: &output)
      try await output.finish()
    } catch {
      output.stop()
      keepPart(of: output)
      throw AskFailure(error)
    }
  }

  private func keepPart(of output: borrowing SpeechOutput) {
    do throws(AudioError) {
      if let path = try output.keep() { tell(PartOfFile.sentence(path)) }
    } catch {
      tell(error.phrase)
    }
  }

  private func text() throws(AskFailure) -> String {
    guard options.words.isEmpty || options.words == ["-"] else {
      return options.words.joined(separator: " ")
    }
    return try StandardInput(tell: tell).question(nil, imageIsRead: false) ?? ""
  }

  private func target() throws(AskFailure) -> SpeechTarget {
    guard let output = options.output else { return .player }
    guard output == "-" else {
      let path = installation.folders.expand(output)
      try OutputFile.check(path, isReplacing: options.isReplacing)
      return .file(path)
    }
    guard !StandardOutput.isTerminal else {
      throw AskFailure(.usage, say("Sound is no text. Send it to a file or a pipe: -o FILE"))
    }
    return .standardOutput
  }

  private func request(
    to server: SideServer, for target: SpeechTarget
  ) throws(AskFailure) -> SpeechRequest {
    let speech = installation.configuration.speech
    return SpeechRequest(
      model: server.model, text: "",
      voice: options.voice ?? speech.voice ?? SpeechRequest.usualVoice(of: server.model),
      format: try format(for: target), speed: options.speed ?? speech.speed,
      instructions: options.instructions)
  }

  /// As asked for, else as the file's name says; samples for a player, which can begin at once with them.
  private func format(for target: SpeechTarget) throws(AskFailure) -> SoundFormat {
    if let name = options.format {
      guard let format = SoundFormat(name: name), Self.formats.contains(format) else {
        throw AskFailure(.usage, unknown(name))
      }
      return format
    }
    switch target {
    case .player: return .pcm
    case .standardOutput: return .wav
    case .file(let path):
      let name = path.split(separator: "/").last ?? ""
      guard let dot = name.lastIndex(of: ".") else { return .wav }
      let ending = String(name[dot...].dropFirst())
      guard let format = SoundFormat(name: ending), Self.formats.contains(format) else {
        throw AskFailure(.usage, unknown(ending))
      }
      return format
    }
  }

  private static let formats: [SoundFormat] = [.mp3, .ogg, .aac, .flac, .wav, .pcm]

  private func unknown(_ name: String) -> Phrase {
    say("\(name) is no form of sound that is spoken: take mp3, opus, aac, flac, wav or pcm.")
  }

  /// Says what it costs, that the model ends, and once for each voice that it is made by AI.
  private func tellPrice(of pieces: [String], _ server: SideServer, _ voice: String) {
    if ToldVoices.isFirst(voice, in: installation.folders) {
      tell(say("The voice \(voice) is made by AI: whoever listens is to be told."))
    }
    server.endNotice.map(tell)
    let count = pieces.reduce(0) { $0 + $1.count }
    guard count > 0, let known = ServiceModel(named: server.model) else { return }
    guard let cost = known.cost(ofSpoken: count) else { return }
    tell(
      say(
        "\(server.provider.name) speaks \(count, .characters) with \(server.model), ≈\(cost.description)."
      ))
  }

  private func tell(_ phrase: Phrase) { StandardError.say(phrase, in: installation.language) }
}

extension AskFailure {
  /// What stopped sound.
  init(_ error: AudioError) {
    let status: ExitStatus =
      switch error {
      case .server(let error): ReplyFailure(error).kind.status
      case .callMissing, .answerNoSound, .answerEmpty, .answerUnreadable, .cutOff: .unavailable
      case .notJoinable, .textEmpty: .usage
      case .fileUnreadable: .missingInput
      case .noSound, .recordingEmpty, .recordingTooLarge, .cuttingFailed: .unusableInput
      case .noPlayer, .playerFailed, .fileUnwritable: .cannotWrite
      case .noRecorder, .recorderFailed: .missingInput
      case .notAsked: .usage
      }
    self.init(status, error.phrase)
  }
}
