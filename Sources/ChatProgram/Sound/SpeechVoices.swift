import Audio
import ChatAPI
import Configuration
import Language

/// The voices of a server that speaks, as far as they are known, and what is told of them.
struct SpeechVoices: Sendable {
  /// So many names are told in a sentence.
  private static let toldCount = 30

  let server: SideServer
  let client: ChatClient

  /// The names; nil where the server tells none.
  func names() async throws(AudioError) -> [String]? {
    try await Speaker(client, at: server.provider).voices(for: server.model)
  }

  /// What is said where a voice was refused: the refusal, and behind it the voices that the server has, unless
  /// its own words name them or they are not known.
  func refusal(_ phrase: Phrase) async -> Phrase {
    // The refusal is what counts: why there is no list of voices is not told.
    guard let names = try? await names() else { return phrase }
    let words = phrase.text(in: .english)
    if names.filter({ words.contains($0) }).count > names.count / 2 { return phrase }
    let more = names.count > Self.toldCount ? " …" : ""
    let list = names.prefix(Self.toldCount).joined(separator: ", ") + more
    return say("\(phrase) The voices of \(server.provider.name): \(list).")
  }
}

extension SpokenText {
  /// That the voice is made by AI, once for each voice: nil where it was said before.
  func disclosure(in folders: Folders) -> Phrase? {
    ToldVoices.isFirst(request.voice, in: folders)
      ? say("The voice \(request.voice) is made by AI: whoever listens is to be told.") : nil
  }
}
