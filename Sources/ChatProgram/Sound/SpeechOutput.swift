import Audio
import ChatAPI
import Files
import Language
import Processes

/// Where sound goes while it comes.
enum SpeechTarget: Sendable {
  case player
  case standardOutput
  case file(String)
}

/// Takes the pieces of a speech in order, joins them, and plays or prints them as they come.
///
/// A file is written whole at the end, with the true length in its header.
struct SpeechOutput: ~Copyable {
  private let target: SpeechTarget
  private let players: PlayerChoice
  private let pieceCount: Int
  private var joint: SoundJoint?
  private var process: FedProcess?
  private var name = ""
  /// Whether the player has got its first bytes.
  private var isFed = false
  /// What goes into the file, without its header.
  private var held: [UInt8] = []
  private var headerLength = 0
  /// Whether nobody takes any more.
  private(set) var isClosed = false
  /// The form that a file is to have; nil for the one that comes.
  private let wanted: SoundFormat?
  /// Called once, when the first sound has come.
  private let begin: () -> Void

  init(
    _ target: SpeechTarget, _ players: PlayerChoice, pieceCount: Int, wanted: SoundFormat? = nil,
    begin: @escaping () -> Void = {}
  ) {
    self.target = target
    self.players = players
    self.pieceCount = pieceCount
    self.wanted = wanted
    self.begin = begin
  }

  /// The form that came, and that the file has, where another was wanted and ffmpeg is not there to make it;
  /// nil where the file is as it should be.
  var otherForm: SoundFormat? {
    guard let format = joint?.format, format != wanted, wanted != nil, encoder == nil else {
      return nil
    }
    return format
  }

  private var encoder: SoundEncoder? { SoundEncoder(environment: players.environment) }

  /// Takes the next bytes of a piece of that form.
  mutating func take(_ bytes: [UInt8], _ format: SoundFormat) async throws(AudioError) {
    if joint == nil {
      joint = try SoundJoint(format, pieceCount: pieceCount)
      begin()
    }
    let sound = joint?.feed(bytes) ?? []
    guard !sound.isEmpty, !isClosed else { return }
    switch target {
    case .player: try await play(sound, format)
    case .standardOutput: isClosed = !StandardOutput.sink.write(bytes: sound)
    case .file:
      if held.isEmpty, headerLength == 0, format == .wav { headerLength = 44 }
      held += sound
    }
  }

  /// The next bytes are the start of another piece.
  mutating func endPiece() { joint?.endPiece() }

  /// Ends it: waits until all is heard, or writes the file.
  mutating func finish() async throws(AudioError) {
    switch target {
    case .standardOutput: return
    case .player:
      guard let process else { return }
      let ending = PlayerEnding(status: await process.finish(), errors: process.errors)
      guard ending.isFailure, !Task.isCancelled else { return }
      throw .playerFailed(name: name, status: ending.status, words: ending.words)
    case .file(let path):
      guard let joint, let wanted, joint.format != wanted, let encoder else {
        return try write(to: path)
      }
      let sound = (joint.header(for: held.count - headerLength) ?? []) + held[headerLength...]
      // A WAV from a pipe would not say how long it is.
      let form = wanted == .wav ? .pcm : wanted
      let made = try await encoder.encoded(sound, from: joint.format, as: form)
      try write(wanted == .wav ? WaveHeader(byteCount: made.count).bytes : [], made, to: path)
    }
  }

  /// Keeps what came for a file that is not whole, beside it; where, or nil where there is nothing to keep.
  func keep() throws(AudioError) -> String? {
    guard case .file(let path) = target, held.count > headerLength, let joint else { return nil }
    let ending = "." + joint.format.fileEnding
    let part = PartOfFile.path(for: joint.format == wanted ? path : path + ending)
    try write(to: part)
    return part
  }

  /// Ends the player at once.
  func stop() { process?.stop() }

  /// What the player gets before the first samples: a WAV header without a length where the command is the
  /// user's own, which has no options for samples as the known players have.
  private func heading(of format: SoundFormat) -> [UInt8] {
    isFed || format != .pcm || players.command == nil ? [] : WaveHeader().bytes
  }

  private mutating func play(_ sound: [UInt8], _ format: SoundFormat) async throws(AudioError) {
    if process == nil {
      let player = try players.player(for: format)
      name = player.name
      var program = ChildProgram(arguments: player.arguments, environment: players.environment)
      program.output = .captured
      guard let started = FedProcess(program) else {
        throw .playerFailed(name: name, status: 127, words: nil)
      }
      process = started
    }
    guard let process else { return }
    let header = heading(of: format)
    isFed = true
    guard await process.write(header + sound) else {
      isClosed = true
      if Task.isCancelled { return }
      // It took no more, which is a failure also where it says nothing.
      let ending = PlayerEnding(status: await process.finish(), errors: process.errors)
      throw .playerFailed(name: name, status: ending.status, words: ending.words)
    }
  }

  private func write(to path: String) throws(AudioError) {
    let header = joint?.header(for: held.count - headerLength)
    try write(header ?? [], held.dropFirst(header == nil ? 0 : headerLength), to: path)
  }

  private func write(
    _ header: [UInt8] = [], _ sound: some Sequence<UInt8>, to path: String
  ) throws(AudioError) {
    let sound = Array(sound)
    do throws(FileError) {
      try WholeFile.write(to: path) { sink throws(FileError) in
        try sink.write(header)
        try sink.write(sound)
      }
    } catch {
      throw .fileUnwritable(path: path, reason: error.reason)
    }
  }
}

/// Which program plays.
struct PlayerChoice: Sendable {
  /// A command of the configuration; nil for the first that is installed.
  let command: String?
  let environment: [String: String]

  /// The program for sound of that form.
  func player(for format: SoundFormat) throws(AudioError) -> Player {
    if let command { return Player(name: command, arguments: ["/bin/sh", "-c", command]) }
    guard let player = Player.first(for: format, where: isInstalled) else { throw .noPlayer }
    return player
  }

  /// Whether anything plays.
  var isAny: Bool { command != nil || Player.first(for: .pcm, where: isInstalled) != nil }

  /// Whether a shell of this machine finds the program.
  func isInstalled(_ name: String) -> Bool {
    InstalledPrograms(path: environment["PATH"]).contains(name)
  }
}
