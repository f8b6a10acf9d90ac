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
  /// What goes into the file, without its header.
  private var held: [UInt8] = []
  private var headerLength = 0
  /// Whether nobody takes any more.
  private(set) var isClosed = false

  init(_ target: SpeechTarget, _ players: PlayerChoice, pieceCount: Int) {
    self.target = target
    self.players = players
    self.pieceCount = pieceCount
  }

  /// Takes the next bytes of a piece of that form.
  mutating func take(_ bytes: [UInt8], _ format: SoundFormat) async throws(AudioError) {
    if joint == nil { joint = try SoundJoint(format, pieceCount: pieceCount) }
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
      let status = await process.finish()
      guard status != 0, !Task.isCancelled else { return }
      throw failure(of: process, status)
    case .file(let path): try write(to: path)
    }
  }

  /// Keeps what came for a file that is not whole, beside it; where, or nil where there is nothing to keep.
  func keep() throws(AudioError) -> String? {
    guard case .file(let path) = target, held.count > headerLength else { return nil }
    let part = PartOfFile.path(for: path)
    try write(to: part)
    return part
  }

  /// Ends the player at once.
  func stop() { process?.stop() }

  private mutating func play(_ sound: [UInt8], _ format: SoundFormat) async throws(AudioError) {
    if process == nil {
      let player = try players.player(for: format)
      name = player.name
      var program = ChildProgram(arguments: player.arguments, environment: players.environment)
      program.output = .captured
      guard let started = FedProcess(program) else {
        throw .playerFailed(name: name, status: 127, words: "not found")
      }
      process = started
    }
    guard let process else { return }
    guard await process.write(sound) else {
      isClosed = true
      if Task.isCancelled { return }
      throw failure(of: process, await process.finish())
    }
  }

  private func failure(of process: FedProcess, _ status: Int32) -> AudioError {
    let words = String(decoding: process.errors, as: UTF8.self)
    let last = words.split(whereSeparator: \.isNewline).last.map(String.init) ?? "–"
    return .playerFailed(name: name, status: status, words: last)
  }

  private func write(to path: String) throws(AudioError) {
    let header = joint?.header(for: held.count - headerLength)
    do throws(FileError) {
      try WholeFile.write(to: path) { sink throws(FileError) in
        try sink.write(header ?? [])
        try sink.write(header == nil ? held : Array(held.dropFirst(headerLength)))
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
