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
    CutFolder.sweep(installation.folders.cache)
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
    let hearing = HearingRun(
      installation: installation, client: client, server: server, wishes: wishes, shape: shape,
      tell: tell)
    let heard: Heard
    do throws(AudioError) {
      heard = try await hearing.heard(in: recording) { text in
        came.begun += text
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
          "No words were heard in \(recording.path). Check that it holds speech, and name its language: --language"
        ))
    }
    hearing.tellTiming(of: heard, in: recording)
    let text = printed(try await translated(heard, shape), of: recording, shape)
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
    guard
      let path = PartOfFile.keepAside(Array((whole + begun).utf8), part, in: installation.folders)
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
    guard !heard.isEmpty else { return heard }
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
