import Audio
import ChatAPI
import ChatEngine
import Configuration
import Conversation
import Files
import JSON
import Language
import ModelCatalog
import Processes

/// What `iris transcribe` was asked for.
package struct TranscribeOptions: Sendable {
  package var files: [String] = []
  package var language: String?
  package var keywords: [String] = []
  package var prompt: String?
  /// The language to translate into, such as `en`.
  package var target: String?
  /// `text`, `json`, `srt` or `vtt`.
  package var format = "text"
  /// A file; nil for standard output.
  package var output: String?
  /// Whether a file that is there already is replaced.
  package var isReplacing = false

  package init() {}
}

/// `iris transcribe`: has recordings written down.
package struct TranscribeCall: Sendable {
  let installation: Installation
  let directory: ServerDirectory
  let options: TranscribeOptions
  let client = ChatClient(timing: .quiet)

  package init(_ installation: Installation, _ options: TranscribeOptions) {
    self.installation = installation
    self.options = options
    directory = ServerDirectory(installation)
  }

  /// Writes all recordings down, and blocks until that is done.
  package func run() -> ExitStatus {
    directory.callBlocking(installation) { () async throws(AskFailure) in
      try await transcribe()
      return .done
    }
  }

  private func transcribe() async throws(AskFailure) {
    guard let shape = TranscriptionRequest.Shape(rawValue: options.format) else {
      throw AskFailure(
        .usage, say("--format takes text, json, srt or vtt, not \(options.format)."))
    }
    try checkTranslation(into: shape)
    if writesFile, let output = options.output {
      try OutputFile.check(
        installation.folders.expand(output), isReplacing: options.isReplacing)
    }
    var recordings: [Recording] = []
    for path in options.files {
      recordings.append(try recording(installation.folders.expand(path)))
    }
    let server = try await SideServers(installation: installation, directory: directory)
      .server(for: .transcription)
    tellPrice(of: recordings, server)
    var whole = ""
    for recording in recordings {
      var came = HeardSoFar()
      do throws(AskFailure) {
        whole += try await text(of: recording, shape, at: server, came: &came)
      } catch {
        keep(whole, came, of: recording, shape)
        throw error
      }
    }
    try write(whole)
  }

  /// What goes into the file of a recording; of standard output, where all has gone already, nothing.
  ///
  /// `came` is what was heard of it so far, also where it ends early.
  private func text(
    of recording: Recording, _ shape: TranscriptionRequest.Shape, at server: SideServer,
    came: inout HeardSoFar
  ) async throws(AskFailure) -> String {
    let hearing = HearingRun(call: self, server: server, shape: shape)
    let heard = try await hearing.heard(in: recording) { text in
      came.begun += text
      if streams(shape) { StandardOutput.write(text) }
    } onPiece: {
      came = HeardSoFar(heard: $0)
    }
    came = HeardSoFar(heard: heard, isWhole: true)
    hearing.tellTiming(of: heard, in: recording)
    let text = printed(try await translated(heard, shape), of: recording, shape)
    guard !writesFile else { return text }
    StandardOutput.write(streams(shape) ? heard.text.hasSuffix("\n") ? "" : "\n" : text)
    return ""
  }

  /// Whether standard output gets the text as it comes.
  private func streams(_ shape: TranscriptionRequest.Shape) -> Bool {
    !writesFile && shape == .text && options.target == nil
  }

  private var writesFile: Bool { options.output.map { $0 != "-" } ?? false }

  /// Keeps what was heard and cannot be given out whole: beside the file that it was for, else in the cache
  /// folder; on standard output where neither can be written.
  private func keep(
    _ whole: String, _ came: HeardSoFar, of recording: Recording,
    _ shape: TranscriptionRequest.Shape
  ) {
    let begun = came.isEmpty ? "" : printed(came.whole, of: recording, shape)
    // Standard output has had the whole ones, and the text as it came.
    guard !(whole + begun).isEmpty, !streams(shape) else { return }
    let isWhole = came.isWhole && options.target != nil
    if writesFile, let output = options.output {
      let path = PartOfFile.path(for: installation.folders.expand(output))
      do throws(AskFailure) {
        try write(whole + begun, to: path)
        return tellKept(path, isWhole: isWhole)
      } catch {
        tell(error.phrase)
      }
    }
    let name = recording.path.split(separator: "/").last.map(String.init) ?? "recording"
    let ending = shape == .text ? "txt" : shape.rawValue
    let part = PartOfFile.path(for: "\(name).\(ending)")
    guard let path = PartOfFile.keepAside(Array((whole + begun).utf8), part, in: installation.folders)
    else {
      StandardOutput.write(whole + begun)
      return
    }
    tellKept(path, isWhole: isWhole)
  }

  private func tellKept(_ path: String, isWhole: Bool) {
    tell(
      isWhole
        ? say("What was heard is in \(path), and is not translated.") : PartOfFile.sentence(path))
  }

  /// Looks, before anything is paid for, whether the chat model can translate what is heard.
  ///
  /// Into English the server may translate by itself, which shows when it is asked.
  private func checkTranslation(into shape: TranscriptionRequest.Shape) throws(AskFailure) {
    guard let target = options.target, target != "en" else { return }
    guard !shape.isTimed else { throw timesLost(target) }
    _ = try TextTranslation(call: self).model()
  }

  private func timesLost(_ target: String) -> AskFailure {
    AskFailure(
      .usage,
      say("Times are not kept by a translation into \(target). Take --format text or json."))
  }

  private func recording(_ path: String) throws(AskFailure) -> Recording {
    do throws(AudioError) { return try Recording(path: path) } catch { throw AskFailure(error) }
  }

  /// The transcript, translated where that was asked for and not done yet.
  private func translated(
    _ heard: Heard, _ shape: TranscriptionRequest.Shape
  ) async throws(AskFailure) -> Heard {
    guard let target = options.target, !heard.isTranslated else { return heard }
    guard !shape.isTimed else { throw timesLost(target) }
    guard !heard.text.allSatisfy(\.isWhitespace) else { return heard }
    var heard = heard
    heard.text = try await TextTranslation(call: self).text(heard.text, into: target)
    return heard
  }

  /// What is printed of a transcript.
  private func printed(
    _ heard: Heard, of recording: Recording, _ shape: TranscriptionRequest.Shape
  ) -> String {
    switch shape {
    case .text: return heard.text.hasSuffix("\n") ? heard.text : heard.text + "\n"
    case .srt, .vtt:
      let words = heard.untimed.map { $0 + "\n" } ?? ""
      return heard.subtitles.text(as: shape) + words
    case .json:
      var members = [
        JSONMember("file", .string(recording.path)), JSONMember("text", .string(heard.text)),
      ]
      if let seconds = heard.untimed == nil ? heard.seconds ?? recording.seconds : nil {
        members.append(JSONMember("seconds", .number("\((seconds * 1000).rounded() / 1000)")))
      }
      return "\(JSONValue.object(members))\n"
    }
  }

  private func write(_ text: String) throws(AskFailure) {
    guard writesFile, let output = options.output else { return }
    let path = installation.folders.expand(output)
    do throws(AskFailure) {
      try write(text, to: path)
    } catch {
      guard let kept = PartOfFile.keepAside(Array(text.utf8), path, in: installation.folders) else {
        throw error
      }
      throw AskFailure(error.status, say("\(error.phrase) What came is kept as \(kept)."))
    }
  }

  private func write(_ text: String, to path: String) throws(AskFailure) {
    do throws(FileError) {
      try WholeFile.write(to: path) { sink throws(FileError) in try sink.write(text) }
    } catch {
      throw OutputFile.failure(error, path)
    }
  }

  /// Says what it costs where that is known, and that the model ends.
  private func tellPrice(of recordings: [Recording], _ server: SideServer) {
    server.endNotice.map(tell)
    let seconds = recordings.compactMap(\.seconds)
    guard seconds.count == recordings.count,
      let cost = ServiceModel(named: server.model)?.cost(ofSeconds: seconds.reduce(0, +))
    else { return }
    let length = Int(seconds.reduce(0, +).rounded(.up))
    tell(
      say("\(server.provider.name) hears \(length) s with \(server.model), \(cost.description)."))
  }

  func tell(_ phrase: Phrase) { StandardError.say(phrase, in: installation.language) }
}

/// What was heard in a recording.
struct Heard: Sendable {
  var text = ""
  var subtitles = Subtitles()
  /// Words behind the last subtitle whose times are not known, as of a transcript that breaks off.
  var untimed: String?
  var seconds: Double?
  var isTranslated = false
  var timing = TranscriptTiming.told
}

/// Has one recording written down: whole, or cut at silences.
struct HearingRun: Sendable {
  let call: TranscribeCall
  let server: SideServer
  let shape: TranscriptionRequest.Shape

  /// The transcript; `onText` gets its text as it comes, and `onPiece` what the pieces hold that are heard.
  func heard(
    in recording: Recording, onText: (String) -> Void, onPiece: (Heard) -> Void
  ) async throws(AskFailure) -> Heard {
    let limit = Recording.usualLimit
    guard recording.byteCount > limit else {
      return try await translating { () async throws(AudioError) in
        try await piece(recording, from: 0, lasting: recording.seconds, "", onText)
      }
    }
    let environment = call.installation.environment
    guard FFmpeg(environment: environment).isInstalled else {
      throw AskFailure(
        AudioError.recordingTooLarge(
          path: recording.path, byteCount: recording.byteCount, limit: limit))
    }
    let folder = call.installation.folders.cache + "/cut-\(UInt64.random(in: 0...UInt64.max))"
    defer { Self.remove(folder) }
    return try await translating { () async throws(AudioError) in
      try await pieces(of: recording, in: folder, environment, onText, onPiece)
    }
  }

  private func pieces(
    of recording: Recording, in folder: String, _ environment: [String: String],
    _ onText: (String) -> Void, _ onPiece: (Heard) -> Void
  ) async throws(AudioError) -> Heard {
    do throws(FileError) { try FileSystem.makePrivateFolder(folder) } catch {
      throw .fileUnwritable(path: folder, reason: error.reason)
    }
    let cutter = RecordingCutter(folder: folder, environment: environment)
    let pieces = try await cutter.pieces(of: recording)
    call.tell(
      say("\(recording.path) is cut at silences, and heard in pieces: \(pieces.count)."))
    var whole = Heard()
    for piece in pieces {
      if !whole.text.isEmpty { onText(" ") }
      // The last words help with the first of the next piece.
      let before = String(whole.text.suffix(200))
      let heard = try await self.piece(
        try Recording(path: piece.path), from: piece.start, lasting: piece.end - piece.start,
        before, onText)
      whole.text += (whole.text.isEmpty ? "" : " ") + heard.text.trimmed
      whole.subtitles.cues += heard.subtitles.cues
      if heard.timing != .told { whole.timing = heard.timing }
      whole.isTranslated = heard.isTranslated
      whole.seconds = piece.end
      onPiece(whole)
    }
    return whole
  }

  private func piece(
    _ recording: Recording, from start: Double, lasting length: Double?, _ before: String,
    _ onText: (String) -> Void
  ) async throws(AudioError) -> Heard {
    var request = TranscriptionRequest(model: server.model, recording: recording)
    request.language = call.options.language
    request.keywords = call.options.keywords
    request.prompt = [call.options.prompt, before.isEmpty ? nil : before].compactMap(\.self)
      .joined(separator: " ")
    if request.prompt?.isEmpty == true { request.prompt = nil }
    request.isTranslation = call.options.target == "en"
    request.shape = shape.isTimed && knowsTimes ? shape : .json
    var heard = Heard()
    let listener = Listener(call.client, at: server.provider)
    let transcript: Transcript
    do throws(AudioError) {
      transcript = try await listener.transcript(of: request, onText: onText)
    } catch {
      guard let plainer = plainer(request, after: error) else { throw error }
      request = plainer
      transcript = try await listener.transcript(of: request, onText: onText)
    }
    if let seconds = transcript.seconds ?? length {
      ServiceLedger(call.installation, tell: call.tell).note(.seconds(seconds), by: server)
    }
    heard.isTranslated = request.isTranslation
    heard.seconds = transcript.seconds ?? length
    heard.text = transcript.text
    guard shape.isTimed else { return heard }
    // Many servers answer as they always do, whatever they are asked for.
    heard.subtitles = transcript.subtitles.delayed(by: start)
    if heard.subtitles.cues.isEmpty {
      heard.text = Subtitles.words(of: heard.text)
      await estimate(&heard, from: start, of: recording)
    } else {
      heard.text = heard.subtitles.cues.map(\.text).joined(separator: " ")
    }
    return heard
  }

  /// Whether the model tells times; OpenAI's newer ones refuse to.
  private var knowsTimes: Bool { !server.model.hasPrefix("gpt-") }

  /// What to ask where a request was refused: without the translation, or without times; nil for neither.
  private func plainer(
    _ request: TranscriptionRequest, after error: AudioError
  ) -> TranscriptionRequest? {
    var request = request
    switch error {
    case .callMissing where request.isTranslation: request.isTranslation = false
    case .server(let error) where request.isTranslation && error.status == 404:
      request.isTranslation = false
    case .server(let error)
    where request.shape.isTimed && (error.message ?? "").contains("response_format"):
      request.shape = .json
    default: return nil
    }
    return request
  }

  private func translating(
    _ body: () async throws(AudioError) -> Heard
  ) async throws(AskFailure) -> Heard {
    do throws(AudioError) { return try await body() } catch { throw AskFailure(error) }
  }

  private static func remove(_ folder: String) {
    for name in (try? FileSystem.names(in: folder)) ?? [] {
      try? FileSystem.remove(folder + "/" + name)
    }
    try? FileSystem.removeFolderIfEmpty(folder)
  }
}
