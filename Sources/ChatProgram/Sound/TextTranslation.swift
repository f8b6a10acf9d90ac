import ChatAPI
import Configuration
import Conversation
import Language

/// Has a text translated by the model that one chats with.
struct TextTranslation: Sendable {
  let call: TranscribeCall

  /// The model that translates.
  func model() throws(AskFailure) -> String {
    let name = call.directory.defaultName
    // --model names the one that hears.
    let chosen = call.installation.configuration.model
    if let model = chosen ?? call.directory.usualModel(of: name), !model.isEmpty { return model }
    throw AskFailure(
      .usage, say("No model that translates is chosen. Name one as model in config.yaml."))
  }

  /// The text in the language of that name or code.
  func text(_ text: String, into language: String) async throws(AskFailure) -> String {
    let name = call.directory.defaultName
    let model = try model()
    var answer = ""
    do {
      let provider = try await call.directory.provider(named: name, model: model)
      let request = ModelRequest(
        model: model,
        messages: [
          RequestMessage(
            role: .system,
            parts: [.text("Translate into \(language). Answer with the translation alone.")]),
          RequestMessage(role: .user, parts: [.text(text)]),
        ])
      for try await event in call.client.reply(to: request, at: provider) {
        if case .partDelta(let part, let text, _) = event, part.kind == .text { answer += text }
      }
    } catch {
      throw AskFailure(reply: error)
    }
    guard !answer.allSatisfy(\.isWhitespace) else {
      throw AskFailure(
        .unavailable,
        say("\(model) gave no translation. Name another model as model in config.yaml."))
    }
    return answer
  }
}
