import Audio
import ChatAPI
import Configuration
import Conversation
import Files
import Language

/// What was heard in a recording.
struct Heard: Sendable {
  var text = ""
  var subtitles = Subtitles()
  /// Words behind the last subtitle whose times are not known, as of a transcript that breaks off.
  var untimed: String?
  var seconds: Double?
  var isTranslated = false
  var timing = TranscriptTiming.told

  var isEmpty: Bool { text.allSatisfy(\.isWhitespace) }
}

/// What a server is told of a recording before it hears it.
struct HearingWishes: Sendable {
  /// ISO 639-1; nil to have it told by the sound.
  var language: String?
  /// Names and words that are likely.
  var keywords: [String] = []
  var prompt: String?
  /// Into English, by the server.
  var isTranslation = false
}

/// Has one recording written down, for a call or on the screen: whole, or cut at silences.
struct HearingRun: Sendable {
  let installation: Installation
  let client: ChatClient
  let server: SideServer
  let wishes: HearingWishes
  var shape = TranscriptionRequest.Shape.json
  let tell: @Sendable (Phrase) -> Void

  /// The transcript; `onText` gets its text as it comes, and `onPiece` what the pieces hold that are heard.
  func heard(
    in recording: Recording, onText: (String) -> Void, onPiece: (Heard) -> Void = { _ in }
  ) async throws(AudioError) -> Heard {
    let limit = Recording.usualLimit
    guard recording.byteCount > limit else {
      return try await piece(recording, from: 0, lasting: recording.seconds, "", onText)
    }
    let environment = installation.environment
    guard FFmpeg(environment: environment).isInstalled else {
      throw .recordingTooLarge(
        path: recording.givenPath, byteCount: recording.byteCount, limit: limit)
    }
    let folder: CutFolder
    do throws(FileError) { folder = try CutFolder(in: installation.folders.cache) } catch {
      throw .fileUnwritable(path: error.path, reason: error.reason)
    }
    defer { folder.remove() }
    return try await pieces(of: recording, in: folder.path, environment, onText, onPiece)
  }

  private func pieces(
    of recording: Recording, in folder: String, _ environment: [String: String],
    _ onText: (String) -> Void, _ onPiece: (Heard) -> Void
  ) async throws(AudioError) -> Heard {
    let cutter = RecordingCutter(folder: folder, environment: environment)
    let pieces = try await cutter.pieces(of: recording)
    tell(
      say("\(recording.givenPath) is cut at silences, and heard in pieces: \(pieces.count)."))
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
    request.language = wishes.language
    request.keywords = wishes.keywords
    request.prompt = [wishes.prompt, before.isEmpty ? nil : before].compactMap(\.self)
      .joined(separator: " ")
    if request.prompt?.isEmpty == true { request.prompt = nil }
    request.isTranslation = wishes.isTranslation
    request.shape = shape.isTimed && knowsTimes ? shape : .json
    var heard = Heard()
    var hasText = false
    let transcript: Transcript
    do throws(AudioError) {
      transcript = try await self.transcript(of: &request) {
        hasText = true
        onText($0)
      }
    } catch {
      // It was heard, however the answer ended.
      if hasText { await note(length, of: recording) }
      throw error
    }
    heard.seconds = await note(transcript.seconds ?? length, of: recording)
    heard.isTranslated = request.isTranslation
    heard.text = transcript.text
    guard shape.isTimed else { return heard }
    // Many servers answer as they always do, whatever they are asked for.
    heard.subtitles = transcript.subtitles.delayed(by: start)
    if heard.subtitles.cues.isEmpty {
      heard.text = Subtitles.words(of: heard.text)
      estimate(&heard, from: start)
    } else {
      heard.text = heard.subtitles.cues.map(\.text).joined(separator: " ")
    }
    return heard
  }

  /// Counts how long a recording is that was heard; its length where nobody told it.
  @discardableResult
  private func note(_ seconds: Double?, of recording: Recording) async -> Double? {
    let probe = RecordingProbe(environment: installation.environment)
    var seconds = seconds
    if seconds == nil { seconds = await probe?.seconds(of: recording) }
    if let seconds { ServiceLedger(installation, tell: tell).note(.seconds(seconds), by: server) }
    return seconds
  }

  /// The transcript, asked for again in plainer words where a request is refused, which shows before any text
  /// comes.
  private func transcript(
    of request: inout TranscriptionRequest, _ onText: (String) -> Void
  ) async throws(AudioError) -> Transcript {
    let listener = Listener(client, at: server.provider)
    while true {
      var hasText = false
      do throws(AudioError) {
        return try await listener.transcript(of: request) { text in
          hasText = true
          onText(text)
        }
      } catch {
        guard !hasText, let plainer = plainer(request, after: error) else { throw error }
        request = plainer
      }
    }
  }

  /// Whether the model tells times; OpenAI's newer ones refuse to.
  private var knowsTimes: Bool { !server.model.hasPrefix("gpt-") }

  /// What to ask where a request was refused: without the translation, without times, or not in events; nil
  /// for none of these.
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
    case .server(let error) where request.isStreamed && error.refusesStream: request.isWhole = true
    default: return nil
    }
    return request
  }
}

extension ChatAPIError {
  /// Whether a server refused the request for its `stream`, in the words of one of the many: 400, 422 of those
  /// that forbid what they do not know, 501.
  fileprivate var refusesStream: Bool {
    guard [400, 404, 405, 415, 422, 500, 501].contains(status ?? 0) else { return false }
    return parameter == "stream" || (message ?? "").lowercased().contains("stream")
  }
}
