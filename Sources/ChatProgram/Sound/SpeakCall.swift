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
  private let client = ChatClient(timing: .quiet)

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
    let wanted = try format(for: target)
    if pieces.count > 1, !wanted.isJoinable, encoder == nil {
      throw AskFailure(AudioError.notJoinable(wanted))
    }
    let server = try await SideServers(installation: installation, directory: directory)
      .server(for: .speech)
    let voice = SpokenText(
      speaker: Speaker(client, at: server.provider),
      cache: SpeechCache(installation.folders), server: server,
      request: try request(to: server, for: target, pieceCount: pieces.count),
      ledger: ServiceLedger(installation, tell: tell), encoder: encoder)
    tellPrice(of: pieces.filter { !voice.isKept($0) }, server)
    var output = SpeechOutput(target, players, pieceCount: pieces.count, wanted: wanted) {
      if let phrase = voice.disclosure(in: installation.folders) { tell(phrase) }
    }
    do throws(AudioError) {
      let isWhole = try await voice.speak(pieces, to: &output)
      guard isWhole || !Task.isCancelled else {
        output.stop()
        keepPart(of: &output)
        return tell(.stoppedPaid)
      }
      try await output.finish()
      if case .file(let path) = target, let form = output.otherForm {
        tell(otherForm(form, from: server, in: path, wanted: wanted))
      }
    } catch {
      let place = voice.place(of: pieces)
      await end(&output, after: error, isKept: place != nil)
      throw await failure(error.keeping(soundAt: place), of: voice)
    }
  }

  /// Has what came be heard or kept; `isKept` says that the whole is kept already.
  private func end(
    _ output: inout SpeechOutput, after error: AudioError, isKept: Bool
  ) async {
    // Beside a file that cannot be written there is no room for another.
    let isHopeless = if case .fileUnwritable = error { isKept } else { false }
    if error.isOfAnswer || output.holdsFile && !isHopeless { keepPart(of: &output) }
    if error.isOfAnswer { await output.hearRest() } else { output.stop() }
    if Task.isCancelled { tell(.stoppedPaid) }
  }

  /// The failure, which tells of the server's voices where it refused the one that was asked for.
  private func failure(_ error: AudioError, of voice: SpokenText) async -> AskFailure {
    var failure = AskFailure(error)
    if error.refuses(voice: voice.request.voice) {
      let voices = SpeechVoices(server: voice.server, client: client)
      failure.phrase = await voices.refusal(failure.phrase)
    }
    return failure
  }

  private func otherForm(
    _ form: SoundFormat, from server: SideServer, in path: String, wanted: SoundFormat
  ) -> Phrase {
    say(
      "\(server.provider.name) sent \(form.wireName), and \(path) holds that. Install ffmpeg, by which Iris makes \(wanted.wireName) of it."
    )
  }

  private var encoder: SoundEncoder? { SoundEncoder(environment: installation.environment) }

  private func keepPart(of output: inout SpeechOutput) {
    do throws(AudioError) {
      let path = try output.keep { PartOfFile.keepAside($0, $1, in: installation.folders) }
      if let path { tell(PartOfFile.sentence(path)) }
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
    to server: SideServer, for target: SpeechTarget, pieceCount: Int
  ) throws(AskFailure) -> SpeechRequest {
    let speech = installation.configuration.speech
    var format = try format(for: target)
    let isFile = if case .file = target { true } else { false }
    // Encoded pieces begin and end with silence of their own: samples are joined, and encoded as a whole.
    if isFile || SpeechOutput.collects(format, pieceCount: pieceCount), pieceCount > 1,
      format != .pcm, encoder != nil
    {
      format = .wav
    }
    return SpeechRequest(
      model: server.model, text: "",
      voice: options.voice ?? speech.voice ?? SpeechRequest.usualVoice(of: server.model),
      format: format, speed: options.speed ?? speech.speed,
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

  /// Says what it costs, and that the model ends.
  private func tellPrice(of pieces: [String], _ server: SideServer) {
    server.endNotice.map(tell)
    let count = pieces.reduce(0) { $0 + SpokenPieces.length(of: $1) }
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
      case .server(let error), .sentTooMuch(let error, _): ReplyFailure(error).kind.status
      case .callMissing, .answerNoSound, .answerEmpty, .answerUnreadable, .cutOff: .unavailable
      case .notJoinable, .textEmpty: .usage
      case .fileUnreadable(_, _, let isMissing): isMissing ? .missingInput : .unusableInput
      case .noSound, .foreign, .recordingEmpty, .recordingTooLarge, .cuttingFailed,
        .convertingFailed:
        .unusableInput
      case .encodingFailed, .piecesApart, .piecesUncounted, .noRoom: .cannotWrite
      case .noPlayer, .noPlayerFor, .playerFailed, .fileUnwritable: .cannotWrite
      case .noRecorder, .recorderFailed: .missingInput
      case .notAsked: .usage
      }
    self.init(status, error.phrase)
  }
}
