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

/// Takes the pieces of a speech in order, joins them, and plays or prints them.
///
/// The first piece is given on as it comes, those behind it whole, in the form of the first. A file is written
/// whole at the end, with the true length in its header.
struct SpeechOutput: ~Copyable {
  private let target: SpeechTarget
  private let players: PlayerChoice
  private let pieceCount: Int
  private var joint: SoundJoint?
  private var process: FedProcess?
  private var name = ""
  /// Whether the player has got its first bytes.
  private var isFed = false
  /// What is given out at the end, with its header.
  private var held: [UInt8] = []
  /// What came of the piece that is not whole yet.
  private var piece: [UInt8] = []
  private var pieceFormat: SoundFormat?
  /// What came for a file, on the disk as it came.
  private var live: LivePart?
  /// Whether what came of that piece was given on already.
  private var isGivenOn = false
  private var isFirst = true
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
    if isFirst, pieceFormat == nil { begin() }
    pieceFormat = pieceFormat ?? format
    if isFirst, piece.isEmpty, case .file(let path) = target {
      live = LivePart.make(of: self.path(for: format, path))
    }
    live?.append(bytes)
    piece += bytes
    guard streams(format) else { return }
    if joint == nil { joint = try SoundJoint(format, pieceCount: pieceCount) }
    let new = isGivenOn ? bytes : piece
    isGivenOn = true
    try await give(joint?.feed(new) ?? [])
  }

  /// Ends a piece: the next bytes are the start of another.
  mutating func endPiece() async throws(AudioError) {
    if !isGivenOn, let format = pieceFormat, !isClosed { try await give(joined(piece, format)) }
    joint?.endPiece()
    (isFirst, isGivenOn, piece, pieceFormat) = (false, false, [], nil)
  }

  /// Ends it: waits until all is heard, or writes the file.
  mutating func finish() async throws(AudioError) {
    switch target {
    case .player:
      if let process { try await end(process) }
    case .standardOutput:
      if isCollected { isClosed = !StandardOutput.sink.write(bytes: try await whole()) }
    case .file(let path): try write(try await whole(), to: path)
    }
  }

  /// Has all that came be heard, of an answer that broke off, and waits for that.
  mutating func hearRest() async {
    guard case .player = target else { return stop() }
    // What cannot be converted of a piece that is not whole is not heard.
    try? await endPiece()
    if let process { _ = await process.finish() }
  }

  /// Whether it writes a file.
  var holdsFile: Bool { if case .file = target { true } else { false } }

  /// Ends the player at once.
  func stop() { process?.stop() }
}

// What came and is not whole.
extension SpeechOutput {
  /// Keeps what came for a file that is not whole, beside it, and gives its path; nil where there is nothing.
  ///
  /// Of what was played, the piece that is not whole is kept by `keepAside`: those before it are kept already.
  mutating func keep(
    aside keepAside: ([UInt8], String) -> String?
  ) throws(AudioError) -> String? {
    switch target {
    case .standardOutput: return nil
    case .player:
      guard let format = pieceFormat, var joint = try? SoundJoint(format, pieceCount: 1) else {
        return nil
      }
      let sound = Self.closed(joint.feed(piece), joint)
      let header = format == .pcm ? WaveHeader(byteCount: sound.count).bytes : []
      let ending = format == .pcm ? SoundFormat.wav.fileEnding : format.fileEnding
      return keepAside(header + sound, PartOfFile.path(for: "speech.\(ending)"))
    case .file(let path):
      live = nil
      let sound = part()
      guard !sound.isEmpty, let joint else { return nil }
      let part = PartOfFile.path(for: self.path(for: joint.format, path))
      try write(sound, to: part)
      return part
    }
  }

  /// The name of a file that holds another form than was wanted tells which.
  private func path(for format: SoundFormat, _ path: String) -> String {
    format == wanted ? path : path + "." + format.fileEnding
  }

  /// What came for a file, as far as it can stand together as it is.
  private mutating func part() -> [UInt8] {
    if let format = pieceFormat {
      if joint == nil { joint = try? SoundJoint(format, pieceCount: 1) }
      held += joint?.fitting(piece, format).flatMap { joint?.feed($0) } ?? []
    }
    return joint.map { Self.closed(held, $0) } ?? []
  }
}

// How pieces are joined.
extension SpeechOutput {
  /// Whether nothing is given out before the end.
  private var isCollected: Bool {
    switch target {
    case .player: false
    case .standardOutput: Self.collects(wanted, pieceCount: pieceCount)
    case .file: true
    }
  }

  /// Whether a pipe gets its sound at the end: of several pieces in a form with one header for all.
  static func collects(_ wanted: SoundFormat?, pieceCount: Int) -> Bool {
    pieceCount > 1 && wanted?.isJoinable == false
  }

  /// Whether bytes of that form are given on as they come.
  private func streams(_ format: SoundFormat) -> Bool {
    guard isFirst, !isCollected, pieceCount == 1 || format.isJoinable else { return false }
    // Behind samples that nobody counts no other piece can stand: such a WAV is converted whole.
    if pieceCount > 1, format == .wav, !isGivenOn, WaveHeader(piece) == nil { return false }
    if case .player = target { return players.plays(format) }
    return true
  }

  /// What a whole piece adds to those before.
  private mutating func joined(
    _ piece: [UInt8], _ format: SoundFormat
  ) async throws(AudioError) -> [UInt8] {
    if joint == nil { joint = try SoundJoint(form(for: format), pieceCount: pieceCount) }
    let encoder = encoder
    do throws(AudioError) {
      return try await joint?.add(piece, format, by: encoder) ?? []
    } catch .piecesApart where isFirst && joint?.format != format {
      // There were none before: it is the player that takes another form.
      throw .noPlayerFor(format)
    }
  }

  /// The form of all where the first piece is not given on as it comes.
  private func form(for format: SoundFormat) -> SoundFormat {
    let isApart = pieceCount > 1 && ![.wav, .pcm].contains(format)
    switch target {
    case .player:
      return players.plays(format) && (pieceCount == 1 || format.isJoinable) ? format : .pcm
    case .standardOutput: return isApart && !format.isJoinable ? .wav : format
    // Encoded pieces begin and end with silence of their own: samples have none.
    case .file: return isApart && encoder != nil ? .wav : format
    }
  }

  /// All that is held, in the form that is wanted where ffmpeg can make it.
  private func whole() async throws(AudioError) -> [UInt8] {
    guard let joint else { return [] }
    let sound = Self.closed(held, joint)
    guard let wanted, joint.format != wanted, let encoder else { return sound }
    // A WAV from a pipe would not say how long it is.
    let form = wanted == .wav ? .pcm : wanted
    let made = try await encoder.encoded(sound, from: joint.format, as: form)
    return wanted == .wav ? WaveHeader(byteCount: made.count).bytes + made : made
  }

  /// The sound with its true length in its header.
  private static func closed(_ sound: [UInt8], _ joint: SoundJoint) -> [UInt8] {
    guard let length = joint.header(for: 0)?.count, sound.count >= length else { return sound }
    return (joint.header(for: sound.count - length) ?? []) + sound.dropFirst(length)
  }
}

// Where the sound goes.
extension SpeechOutput {
  private mutating func give(_ sound: [UInt8]) async throws(AudioError) {
    guard !sound.isEmpty, !isClosed, let joint else { return }
    switch target {
    case _ where isCollected: held += sound
    case .player: try await play(sound, joint.format)
    case .standardOutput: isClosed = !StandardOutput.sink.write(bytes: sound)
    case .file: break
    }
  }

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
    // A player takes its time, and what comes meanwhile is paid for: nobody waits for it here.
    guard process.feed(header + sound) else {
      isClosed = true
      return try await end(process)
    }
  }

  /// Waits until the player has ended.
  private func end(_ process: FedProcess) async throws(AudioError) {
    let ending = PlayerEnding(status: await process.finish(), errors: process.errors)
    // That it took no more is a failure also where it says nothing.
    guard ending.isFailure || !process.hasTakenAll, !Task.isCancelled else { return }
    throw .playerFailed(name: name, status: ending.status, words: ending.words)
  }

  private func write(_ sound: [UInt8], to path: String) throws(AudioError) {
    do throws(FileError) {
      try WholeFile.write(to: path) { sink throws(FileError) in try sink.write(sound) }
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
  var isAny: Bool { plays(.pcm) }

  /// Whether anything plays sound of that form; of a command that is not known nobody can tell.
  func plays(_ format: SoundFormat) -> Bool {
    command != nil || Player.first(for: format, where: isInstalled) != nil
  }

  /// Whether a shell of this machine finds the program.
  func isInstalled(_ name: String) -> Bool {
    InstalledPrograms(path: environment["PATH"]).contains(name)
  }
}
