package import ChatAPI
import JSON

/// Has a server speak, and gives the sound as it comes.
package struct Speaker: Sendable {
  package let provider: Provider
  private let client: ChatClient

  package init(_ client: ChatClient, at provider: Provider) {
    self.client = client
    self.provider = provider
  }

  /// Asks for the speech, and gives its form and its first bytes; the rest comes out of what is returned.
  package func begin(_ request: SpeechRequest) async throws(AudioError) -> Speech {
    var call = ServerCall(SpeechRequest.path, request.body)
    call.byteLimit = request.byteLimit
    call.isRepeated = false
    call.accept = "audio/*, application/octet-stream, text/event-stream, application/json"
    do throws(ChatAPIError) {
      let answer = try await client.open(call, at: provider)
      let decoder = SpeechDecoder(
        mediaType: answer.mediaType, asked: request.format, from: provider)
      return Speech(answer, decoder, server: provider.name)
    } catch {
      throw AudioError(error, path: SpeechRequest.path)
    }
  }
}

extension Speaker {
  /// The names of the server's voices: at OpenAI those of its reference, elsewhere what
  /// `GET /audio/voices` tells, which some servers have (Mistral, Kokoro-FastAPI, the demo); nil where the
  /// server has no such list.
  package func voices(for model: String) async throws(AudioError) -> [String]? {
    if provider.base.host == "api.openai.com" { return SpeechRequest.openAIVoices(of: model) }
    var call = ServerCall(.get, VoiceList.path)
    call.byteLimit = 1 << 20
    call.firstByte = .seconds(10)
    do throws(ChatAPIError) {
      return VoiceList.names(in: try await client.open(call, at: provider).bytes())
    } catch {
      if error.isMissingCall { return nil }
      throw .server(error)
    }
  }
}

/// The answer of `GET /audio/voices`.
enum VoiceList {
  static let path = "/audio/voices"
  /// So many are taken.
  private static let most = 1_000

  /// The names of the voices, in their order, each once: `{"voices": […]}` of names or objects
  /// (Kokoro-FastAPI), `{"items": […]}` (Mistral), `{"data": […]}` or the bare list; nil for none of these.
  static func names(in bytes: [UInt8]) -> [String]? {
    guard let json = JSONValue(parsing: bytes),
      let list = ["voices", "items", "data"].lazy.compactMap({ json[$0]?.elements }).first
        ?? json.elements
    else { return nil }
    var seen: Set<String> = []
    let names = list.prefix(most).compactMap { entry in
      entry.string
        ?? ["id", "voice_id", "slug", "name"].lazy.compactMap { entry[$0]?.string }.first
    }.filter { name in
      (1...100).contains(name.count) && !name.contains(where: \.isNewline)
        && seen.insert(name).inserted
    }
    return names.isEmpty ? nil : names
  }
}

/// Sound that a server is making.
package struct Speech: Sendable {
  private var answer: ServerAnswer
  private var decoder: SpeechDecoder
  private let server: String
  private var isOver = false
  private var hasSound = false

  init(_ answer: ServerAnswer, _ decoder: SpeechDecoder, server: String) {
    self.answer = answer
    self.decoder = decoder
    self.server = server
  }

  /// The form of the sound; nil before its first bytes have come.
  package var format: SoundFormat? { decoder.format }

  /// The next bytes, never none; nil at the end.
  ///
  /// - Throws: ``AudioError/cutOff(server:)`` where the connection breaks behind the first sound; what the
  ///   server tells behind sound, once that was given.
  package mutating func next() async throws(AudioError) -> [UInt8]? {
    if let fault = decoder.fault { throw fault }
    while !isOver {
      let sound: [UInt8]
      if let bytes = try await read() {
        sound = try decoder.feed(bytes)
      } else {
        isOver = true
        sound = try decoder.finish()
      }
      if !sound.isEmpty {
        hasSound = true
        return sound
      }
    }
    return nil
  }

  private mutating func read() async throws(AudioError) -> [UInt8]? {
    do throws(ChatAPIError) {
      return try await answer.next()
    } catch {
      throw hasSound ? .cutOff(server: server) : .server(error)
    }
  }
}
