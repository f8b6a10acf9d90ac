import Audio
import ChatAPI
import ChatEngine
import Configuration
import Conversation
import ConversationStore
import Files
import Language
import ModelCatalog
import Pictures
import Processes

/// Keeps recordings that are attached, and makes of them what a model takes: the sound, or its transcript.
///
/// A transcript is made when a request first needs it, and kept in the data folder: it is paid for once.
struct SoundAttachments: Sendable {
  typealias Failure = ImagePipeline.Failure

  private let pipeline: ImagePipeline
  private let listening: (servers: SideServers, client: ChatClient, ledger: ServiceLedger)?

  /// Without a client no recording is transcribed: what has no transcript yet is named in its place.
  init(_ pipeline: ImagePipeline) {
    self.pipeline = pipeline
    listening = nil
  }

  init(
    _ pipeline: ImagePipeline, servers: SideServers, client: ChatClient, ledger: ServiceLedger
  ) {
    self.pipeline = pipeline
    listening = (servers, client, ledger)
  }

  // MARK: - Attaching

  /// Keeps the recording in a file, and says what is to be known of it; nil where the file holds none.
  ///
  /// `takesSound` says whether the model in use hears. Blocks, and may run ffprobe or ffmpeg.
  func keep(fileAt path: String, takesSound: Bool) throws(Failure) -> MediaReference? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let head = ImagePipeline.head(of: path)?.bytes else { return nil }
    if SoundFormat(head: head, name: name) != nil {
      return try keep(try recording(at: path), name: name, takesSound: takesSound)
    }
    if let form = ForeignSound(signature: head), form != .wma || SoundFormat.isNamed(by: path) {
      return try keep(path, of: form, name: name, takesSound: takesSound)
    }
    // What a picture is named does not matter either.
    guard SoundFormat.isNamed(by: path), (try? PictureContent(path: path).inspect()) == nil else {
      return nil
    }
    throw Failure(
      phrase: say(
        "\(name) is named like sound and holds none. The file may be damaged: record or convert it anew."
      ))
  }

  /// Keeps what ffmpeg makes of a recording that no server takes.
  private func keep(
    _ path: String, of form: ForeignSound, name: String, takesSound: Bool
  ) throws(Failure) -> MediaReference {
    let folder: CutFolder
    do throws(FileError) { folder = try CutFolder(in: pipeline.folders.cache) } catch {
      throw Failure(
        phrase: AudioError.fileUnwritable(path: error.path, reason: error.reason).phrase)
    }
    defer { folder.remove() }
    let made: Recording
    do throws(AudioError) {
      guard
        let converter = RecordingConverter(folder: folder.path, environment: pipeline.environment)
      else { throw .foreign(path: name, form: form) }
      made = try converter.converted(path)
    } catch {
      throw Failure(phrase: error.phrase)
    }
    return try keep(made, name: name, takesSound: takesSound)
  }

  private func keep(
    _ recording: Recording, name: String, takesSound: Bool
  ) throws(Failure) -> MediaReference {
    guard recording.byteCount <= Recording.usualLimit else {
      throw Failure(
        phrase: say(
          "\(name) has \(ByteCount(recording.byteCount)), more than a request takes. Attach its text: iris transcribe FILE -o FILE.txt"
        ))
    }
    if takesSound, recording.format.messageFormat == nil, !hasProgram("ffmpeg") {
      throw Failure(
        phrase: say(
          "Models hear wav and mp3, and \(name) is neither. Install ffmpeg, by which Iris converts it."
        ))
    }
    let digest = try pipeline.keepWhole(fileAt: recording.path, name: name)
    return MediaReference(
      source: .stored(digest), mediaType: recording.format.mediaType,
      byteCount: ByteCount(recording.byteCount), name: name,
      facts: .sound(seconds: recording.seconds ?? probedSeconds(of: recording.path)))
  }

  /// Who transcribes a recording when it is sent, and for how much; nil where it is transcribed already.
  func forecast(of sound: MediaReference) async throws(Failure) -> Phrase? {
    guard let digest = sound.digest, keptTranscript(of: digest) == nil, let listening else {
      return nil
    }
    let server = try await server(listening.servers)
    let line = transcribing(sound, at: server)
    return server.endNotice.map { say("\(line) \($0)") } ?? line
  }

  private func transcribing(_ sound: MediaReference, at server: SideServer) -> Phrase {
    let known = ServiceModel(named: server.model)
    guard case .sound(let seconds?) = sound.facts, let cost = known?.cost(ofSeconds: seconds) else {
      return say("\(server.model) at \(server.provider.name) transcribes it when it is sent.")
    }
    return say(
      "\(server.model) at \(server.provider.name) transcribes it when it is sent: ≈\(cost.description)."
    )
  }

  private func recording(at path: String) throws(Failure) -> Recording {
    do throws(AudioError) { return try Recording(path: path) } catch {
      throw Failure(phrase: error.phrase)
    }
  }

  /// The length of encoded sound, where ffprobe is there to tell it.
  private func probedSeconds(of path: String) -> Double? {
    guard hasProgram("ffprobe") else { return nil }
    let program = ChildProgram(
      arguments: [
        "ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path,
      ], environment: pipeline.environment, input: [], output: .captured)
    let outcome = program.run { false }
    let text = String(decoding: outcome.output, as: UTF8.self)
    return Double(text.prefix { !$0.isWhitespace }).flatMap { $0 > 0 && $0 < 1e6 ? $0 : nil }
  }

  private func hasProgram(_ name: String) -> Bool {
    InstalledPrograms(path: pipeline.environment["PATH"]).contains(name)
  }

  // MARK: - For a request

  /// The part of a request that a recording becomes.
  func part(
    for sound: MediaReference, takesSound: Bool
  ) async throws(Failure) -> RequestMessage.Part {
    guard let digest = sound.digest else { return .text("") }
    try verify(sound, digest)
    if takesSound { return try part(hearing: sound, digest) }
    guard let text = try await transcript(of: sound, digest) else {
      return .text("[\(sound.name): sound without a transcript]")
    }
    let name = sound.name.filter { !"\"<>\n\r".contains($0) }
    return .text("<transcript of=\"\(name)\">\n\(text)\n</transcript>")
  }

  private func part(
    hearing sound: MediaReference, _ digest: Digest
  ) throws(Failure) -> RequestMessage.Part {
    let path = pipeline.blobs.path(of: digest)
    let format = SoundFormat.allCases.first { $0.mediaType == sound.mediaType }
    if let name = format?.messageFormat {
      let file = PictureFile(
        path: path, mediaType: sound.mediaType ?? "", byteCount: sound.byteCount?.bytes ?? 0)
      return .sound(file, format: name)
    }
    return .sound(try converted(path, digest, name: sound.name).get(), format: "mp3")
  }

  /// The recording as MP3 in the cache folder, made by ffmpeg where it is not there yet.
  private func converted(
    _ path: String, _ digest: Digest, name: String
  ) -> Result<PictureFile, Failure> {
    let folder = pipeline.folders.cache + "/sounds"
    let target = "\(folder)/\(digest.rawValue).mp3"
    do throws(FileError) {
      try FileSystem.makePrivateFolder(folder)
      if try FileSystem.status(of: target) == nil {
        let outcome = convert(path, to: target + ".new")
        guard outcome.status == 0 else {
          try? FileSystem.remove(target + ".new")
          return .failure(failure(converting: name, outcome, in: folder))
        }
        try FileSystem.rename(target + ".new", to: target)
      }
      let size = try FileSystem.status(of: target)?.byteCount ?? 0
      return .success(PictureFile(path: target, mediaType: "audio/mpeg", byteCount: size))
    } catch {
      return .failure(
        Failure(
          phrase: say(
            "\(name) cannot be converted: \(folder) cannot be written (\(error.reason)). Make room there."
          )))
    }
  }

  private func convert(_ path: String, to target: String) -> ChildProgram.Outcome {
    var program = FFmpeg(environment: pipeline.environment).program(
      ["-loglevel", "error"] + FFmpeg.input(path)
        + ["-vn", "-ac", "1", "-b:a", "64k", "-f", "mp3", "-y", target], output: .nowhere)
    program.errorLimit = 2_048
    return program.run { false }
  }

  private func failure(
    converting name: String, _ outcome: ChildProgram.Outcome, in folder: String
  ) -> Failure {
    guard !FFmpeg.lackedRoom(outcome) else {
      return Failure(
        phrase: say(
          "\(name) cannot be converted: there is no room in \(folder). Make room there."))
    }
    let last = outcome.lastWords ?? "–"
    return Failure(phrase: say("ffmpeg cannot convert \(name): \(last). Convert it to mp3."))
  }

  private func verify(_ sound: MediaReference, _ digest: Digest) throws(Failure) {
    do throws(StoreError) {
      try pipeline.verified.verify(digest, in: pipeline.blobs)
    } catch .pictureDamaged {
      throw Failure(
        phrase: say(
          "The kept bytes of \(sound.name) are missing or changed. Attach it again, or leave its message out with /forget."
        ))
    } catch {
      throw Failure(phrase: error.phrase)
    }
  }

  // MARK: - Transcripts

  /// What is said in a recording: as it was kept, else as a server hears it; nil where none is asked.
  private func transcript(
    of sound: MediaReference, _ digest: Digest
  ) async throws(Failure) -> String? {
    if let kept = keptTranscript(of: digest) { return kept }
    guard let listening else { return nil }
    let server = try await server(listening.servers)
    let known: Double? = if case .sound(let seconds) = sound.facts { seconds } else { nil }
    var hasText = false
    let text: String
    do throws(AudioError) {
      var recording = try Recording(path: pipeline.blobs.path(of: digest))
      recording.name = sound.name
      let heard = try await Listener(listening.client, at: server.provider).transcript(
        of: TranscriptionRequest(model: server.model, recording: recording)
      ) { _ in hasText = true }
      if let seconds = heard.seconds ?? known {
        listening.ledger.note(.seconds(seconds), by: server)
      }
      text = heard.text
    } catch {
      // It was heard, however the answer ended.
      if hasText, let known { listening.ledger.note(.seconds(known), by: server) }
      throw Failure(phrase: say("\(sound.name): \(error.phrase)"))
    }
    guard !text.allSatisfy(\.isWhitespace) else { throw nothingHeard(in: sound) }
    keep(text, of: digest)
    return text
  }

  /// What nobody hears is not kept, so that another model may hear it.
  private func nothingHeard(in sound: MediaReference) -> Failure {
    Failure(
      phrase: say(
        "No words were heard in \(sound.name), so nothing was sent. Ask a model that hears sound, or leave the recording out (/forget)."
      ))
  }

  private func server(_ servers: SideServers) async throws(Failure) -> SideServer {
    do throws(AskFailure) { return try await servers.serverBeside(for: .transcription) } catch {
      throw Failure(phrase: error.phrase)
    }
  }

  private func path(of digest: Digest) -> String {
    pipeline.folders.data + "/transcripts/\(digest.rawValue).txt"
  }

  private func keptTranscript(of digest: Digest) -> String? {
    (try? SmallFile.bytes(of: path(of: digest), atMost: 16 << 20))
      .flatMap { String(validating: $0, as: UTF8.self) }
      .flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }

  /// Keeps a transcript; on a full disk it is made anew, and paid for, next time.
  private func keep(_ text: String, of digest: Digest) {
    try? FileSystem.makePrivateFolder(pipeline.folders.data + "/transcripts")
    try? WholeFile.write(to: path(of: digest), access: .owner) { sink throws(FileError) in
      try sink.write(text)
    }
  }
}

extension SoundFormat {
  /// What `input_audio` calls the form; nil for one that it does not take (OpenAI API reference,
  /// chat/create: wav and mp3).
  fileprivate var messageFormat: String? {
    switch self {
    case .wav: "wav"
    case .mp3: "mp3"
    case .flac, .ogg, .aac, .m4a, .webm, .pcm: nil
    }
  }
}
