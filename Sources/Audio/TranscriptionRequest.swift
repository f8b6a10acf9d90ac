package import ChatAPI

/// A recording to be written down (OpenAI API reference, audio/transcriptions and audio/translations).
package struct TranscriptionRequest: Sendable {
  /// What comes back.
  package enum Shape: String, CaseIterable, Sendable {
    case json, text, srt, vtt

    /// Whether it holds times.
    package var isTimed: Bool { self == .srt || self == .vtt }
  }

  package var model: String
  package var recording: Recording
  /// ISO 639-1; nil to have it told by the sound.
  package var language: String?
  /// Names and words that are likely.
  package var keywords: [String] = []
  /// What was said before, or how to write.
  package var prompt: String?
  /// Into English, by the call for that.
  package var isTranslation = false
  package var shape = Shape.json
  /// Whether the answer is asked for whole, as of a server that refused `stream`.
  package var isWhole = false

  package init(model: String, recording: Recording) {
    self.model = model
    self.recording = recording
  }

  /// The largest answer that is taken, in bytes: of the words of a day, in events or with times.
  static let answerLimit = 64 << 20

  package var path: String { isTranslation ? "/audio/translations" : "/audio/transcriptions" }

  /// Whether the answer is asked for in events: whisper-1 takes no `stream`, times come whole.
  package var isStreamed: Bool { !isWhole && !isTranslation && !isWhisper && !shape.isTimed }

  private var isWhisper: Bool { model.contains("whisper") }

  /// Whether the model takes `keywords[]` (OpenAI's gpt-transcribe, and the demo).
  private var takesKeywords: Bool {
    !isTranslation && (model.hasPrefix("gpt-transcribe") || model.hasPrefix("demo"))
  }

  /// The form, whose file is read from disk as it is sent.
  package func form(boundary: String = MultipartBody.randomBoundary()) -> MultipartBody {
    var form = MultipartBody(boundary: boundary)
    form.append("model", model)
    if let language, !isTranslation { form.append("language", language) }
    if takesKeywords { for keyword in keywords { form.append("keywords[]", keyword) } }
    let hints = takesKeywords ? [] : keywords
    let words = [hints.isEmpty ? nil : hints.joined(separator: ", "), prompt].compactMap(\.self)
    if !words.isEmpty { form.append("prompt", words.joined(separator: ". ")) }
    form.append("response_format", shape.isTimed ? shape.rawValue : "json")
    if isStreamed { form.append("stream", "true") }
    form.append("file", file: recording.file, named: recording.wireName)
    return form
  }
}
