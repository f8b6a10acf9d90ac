import Audio
import ChatAPI
import ChatEngine
import Configuration
import Conversation
import Files
import Language
import ModelCatalog

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
    CutFolder.sweep(installation.folders.cache)
    let given = try GivenRecordings(
      options.files.map(installation.folders.expand), installation)
    defer { given.remove() }
    let server = try await SideServers(installation: installation, directory: directory)
      .server(for: .transcription)
    tellPrice(of: given.recordings, server)
    try write(try await whole(of: given.recordings, shape, at: server))
  }

  /// What goes into the file of all recordings; what came is kept where one fails.
  private func whole(
    of recordings: [Recording], _ shape: TranscriptionRequest.Shape, at server: SideServer
  ) async throws(AskFailure) -> String {
    var whole = ""
    var printed = PrintedTranscripts(shape, recordingCount: recordings.count)
    let file = writesFile ? options.output : nil
    var live = file.flatMap { LivePart.make(of: installation.folders.expand($0)) }
    for recording in recordings {
      var came = HeardSoFar()
      do throws(AskFailure) {
        whole += try await text(of: recording, &printed, at: server, came: &came, live)
        live?.append(Array("\n".utf8))
      } catch {
        live = nil
        keep(whole, came, of: recording, printed)
        if Task.isCancelled { tell(.stoppedPaid) }
        throw error
      }
    }
    return whole
  }

  /// What goes into the file of a recording; of standard output, where all has gone already, nothing.
  ///
  /// `came` is what was heard of it so far, also where it ends early.
  private func text(
    of recording: Recording, _ printed: inout PrintedTranscripts, at server: SideServer,
    came: inout HeardSoFar, _ live: LivePart?
  ) async throws(AskFailure) -> String {
    let shape = printed.shape
    let hearing = HearingRun(
      installation: installation, client: client, server: server, wishes: wishes, shape: shape,
      tell: tell)
    let heard: Heard
    do throws(AudioError) {
      heard = try await hearing.heard(in: recording) { text in
        came.begun += text
        live?.append(Array(text.utf8))
        if streams(shape) { StandardOutput.write(text) }
      } onPiece: {
        came = HeardSoFar(heard: $0)
      }
    } catch {
      throw AskFailure(error)
    }
    came = HeardSoFar(heard: heard, isWhole: true)
    if heard.isEmpty {
      tell(
        say(
          "No words were heard in \(recording.givenPath). Check that it holds speech, and name its language: --language"
        ))
    }
    hearing.tellTiming(of: heard, in: recording)
    let text = printed.text(of: try await translated(heard, shape, &came), in: recording)
    if printed.goesOn {
      printed.pass(heard, lasting: hearing.length(of: recording, heard))
    }
    guard !writesFile else { return text }
    StandardOutput.write(streams(shape) ? heard.text.hasSuffix("\n") ? "" : "\n" : text)
    return ""
  }

  /// What the recordings are heard with.
  private var wishes: HearingWishes {
    HearingWishes(
      language: options.language, keywords: options.keywords, prompt: options.prompt,
      isTranslation: options.target == "en")
  }

  /// Whether standard output gets the text as it comes.
  private func streams(_ shape: TranscriptionRequest.Shape) -> Bool {
    !writesFile && shape == .text && options.target == nil
  }

  private var writesFile: Bool { options.output.map { $0 != "-" } ?? false }

  /// Keeps what was heard and cannot be given out whole: beside the file that it was for, else in the cache
  /// folder; on standard output where neither can be written.
  private func keep(
    _ whole: String, _ came: HeardSoFar, of recording: Recording, _ printed: PrintedTranscripts
  ) {
    keepTranslation(came, of: recording)
    let shape = printed.shape
    let begun = came.isEmpty ? "" : printed.text(of: came.whole, in: recording)
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
    let ending = shape == .text ? "txt" : shape.rawValue
    let part = PartOfFile.path(for: "\(recording.fileName).\(ending)")
    guard
      let path = PartOfFile.keepAside(Array((whole + begun).utf8), part, in: installation.folders)
    else {
      StandardOutput.write(whole + begun)
      return
    }
    tellKept(path, isWhole: isWhole)
  }

  /// Keeps what came of a translation that is not whole, in the cache folder.
  private func keepTranslation(_ came: HeardSoFar, of recording: Recording) {
    guard let target = options.target, !came.translation.trimmed.isEmpty else { return }
    let name = "\(recording.fileName).\(target).txt"
    let text = came.translation + "\n"
    let kept = PartOfFile.keepAside(
      Array(text.utf8), PartOfFile.path(for: name), in: installation.folders)
    guard let kept else {
      StandardOutput.write(text)
      return
    }
    tell(say("What came of the translation is in \(kept), which is not whole."))
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

  /// The transcript, translated where that was asked for and not done yet.
  private func translated(
    _ heard: Heard, _ shape: TranscriptionRequest.Shape, _ came: inout HeardSoFar
  ) async throws(AskFailure) -> Heard {
    guard let target = options.target, !heard.isTranslated else { return heard }
    guard !shape.isTimed else { throw timesLost(target) }
    guard !heard.isEmpty else { return heard }
    var heard = heard
    try await TextTranslation(call: self).translate(
      heard.text, into: target, to: &came.translation)
    heard.text = came.translation
    return heard
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
