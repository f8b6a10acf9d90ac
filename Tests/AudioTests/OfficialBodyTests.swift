import Audio
import ChatAPI
import Foundation
import JSON
import OfficialSchemas
import Testing

/// The bodies of the calls that speak and hear, against OpenAI's own description of its API where that lies
/// beside the project.
@Suite struct OfficialBodyTests {
  @Test(
    .enabled("the official description of the API lies beside the project") {
      OfficialSchema.shared != nil
    })
  func `What is spoken is asked for as the description says`() throws {
    let schema = try #require(OfficialSchema.shared)
    for format in [SoundFormat.mp3, .ogg, .aac, .flac, .wav, .pcm] {
      for speed in [nil, 0.25, 1, 4] as [Double?] {
        let request = SpeechRequest(
          model: "gpt-4o-mini-tts", text: "Hello", voice: "marin", format: format, speed: speed,
          instructions: speed == nil ? nil : "Softly")
        #expect(schema.faults(in: request.json, as: "CreateSpeechRequest") == [], "\(format)")
      }
    }
  }

  /// A form as the JSON that the description speaks of: lists by their brackets, switches by their words.
  private func json(_ body: RequestBody) -> JSONValue {
    let text = body.pieces.map { piece in
      if case .bytes(let bytes) = piece { String(decoding: bytes, as: UTF8.self) } else { "FILE" }
    }.joined()
    var members: [JSONMember] = []
    for field in text.components(separatedBy: "--BOUNDARY").dropFirst() {
      let parts = field.components(separatedBy: "\r\n\r\n")
      guard parts.count == 2,
        let name = parts[0].components(separatedBy: "name=\"").dropFirst().first
      else { continue }
      let value = parts[1].replacingOccurrences(of: "\r\n", with: "")
      let plain = name.prefix { $0 != "\"" }
      guard plain.hasSuffix("[]") else {
        members.append(JSONMember(String(plain), value == "true" ? true : .string(value)))
        continue
      }
      let list = String(plain.dropLast(2))
      let before = members.first { $0.name == list }?.value.elements ?? []
      members.removeAll { $0.name == list }
      members.append(JSONMember(list, .array(before + [.string(value)])))
    }
    return .object(members)
  }

  @Test(
    .enabled("the official description of the API lies beside the project") {
      OfficialSchema.shared != nil
    })
  func `Recordings are sent as the description says`() throws {
    let schema = try #require(OfficialSchema.shared)
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).wav").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let samples = WaveHeader(byteCount: 48_000).bytes + [UInt8](repeating: 1, count: 48_000)
    try Data(samples).write(to: URL(filePath: path))
    for model in ["gpt-transcribe", "whisper-1", "gpt-4o-mini-transcribe"] {
      for isTranslation in [false, true] {
        for shape in TranscriptionRequest.Shape.allCases {
          var request = TranscriptionRequest(model: model, recording: try Recording(path: path))
          request.language = "de"
          request.keywords = ["Iris", "vLLM"]
          request.prompt = "A talk."
          request.shape = shape
          request.isTranslation = isTranslation
          let sent = json(request.form(boundary: "BOUNDARY").body())
          #expect(sent["file"]?.string?.contains("FILE") == true)
          let name = isTranslation ? "CreateTranslationRequest" : "CreateTranscriptionRequest"
          #expect(schema.faults(in: sent, as: name) == [], "\(model) \(shape)")
        }
      }
    }
  }
}
