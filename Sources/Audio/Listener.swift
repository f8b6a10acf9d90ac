package import ChatAPI
import JSON
import Secrets

/// Has a server write recordings down, and gives the text as it comes.
package struct Listener: Sendable {
  package let provider: Provider
  private let client: ChatClient

  package init(_ client: ChatClient, at provider: Provider) {
    self.client = client
    self.provider = provider
  }

  /// The transcript, without the secrets that unlocked the server; `onText` is given its text as it comes.
  ///
  /// The recording is read from disk as it is sent, and never held. A server that takes no multipart form
  /// (OpenRouter) is asked in JSON, with the sound in base64.
  package func transcript(
    of request: TranscriptionRequest, onText: (String) -> Void
  ) async throws(AudioError) -> Transcript {
    var answer = try await open(request)
    var decoder = TranscriptDecoder(
      mediaType: answer.mediaType, shape: request.shape, from: provider)
    var text = RedactionStream(provider.redaction)
    func pass(_ text: String) { if !text.isEmpty { onText(text) } }
    do throws(AudioError) {
      while decoder.fault == nil, let bytes = try await read(&answer) {
        pass(text.feed(try decoder.feed(bytes)))
      }
      if decoder.fault == nil { pass(text.feed(try decoder.finish())) }
      if let fault = decoder.fault { throw fault }
    } catch {
      pass(text.finish())
      throw error
    }
    pass(text.finish())
    return decoder.transcript.redacted(by: provider.redaction)
  }

  private func open(_ request: TranscriptionRequest) async throws(AudioError) -> ServerAnswer {
    do throws(ChatAPIError) {
      guard !takesJSON else {
        var call = ServerCall(request.path, request.jsonBody)
        call.byteLimit = TranscriptionRequest.answerLimit
        call.isRepeated = false
        return try await client.open(call, at: provider)
      }
      let form = request.form()
      var call = ServerCall(request.path, form.body(), contentType: form.contentType)
      call.byteLimit = TranscriptionRequest.answerLimit
      call.isRepeated = false
      call.accept = "text/event-stream, application/json, text/plain"
      return try await client.open(call, at: provider)
    } catch {
      throw AudioError(error, path: request.path)
    }
  }

  private func read(_ answer: inout ServerAnswer) async throws(AudioError) -> [UInt8]? {
    do throws(ChatAPIError) { return try await answer.next() } catch { throw .server(error) }
  }

  private var takesJSON: Bool { provider.base.host.hasSuffix("openrouter.ai") }
}

extension TranscriptionRequest {
  /// The request as OpenRouter takes it: JSON, with the sound in base64 read from disk as it is sent.
  package var jsonBody: RequestBody {
    let language = language.map { ",\"language\":\($0.quotedAsJSON)" } ?? ""
    return RequestBody(
      """
      {"model":\(model.quotedAsJSON)\(language),"input_audio":{"format":"\(recording.format.rawValue)","data":"
      """, base64: recording.file, "\"}}")
  }
}

extension Transcript {
  fileprivate func redacted(by redaction: Redaction) -> Transcript {
    var transcript = self
    transcript.text = redaction.redacting(text)
    transcript.segments = segments.map { cue in
      Subtitles.Cue(start: cue.start, end: cue.end, text: redaction.redacting(cue.text))
    }
    return transcript
  }
}
