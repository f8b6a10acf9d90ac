import ChatAPI
import ChatEngine
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

  /// Puts the text in the language of that name or code into `answer`, as it comes.
  ///
  /// - Throws: Also where the model ended it before its end: what came is no translation of the text then.
  func translate(
    _ text: String, into language: String, to answer: inout String
  ) async throws(AskFailure) {
    let name = call.directory.defaultName
    let model = try model()
    var (thoughts, reason) = ("", FinishReason?.none)
    do {
      let provider = try await call.directory.provider(named: name, model: model)
      let request = request(for: text, into: language, model)
      for try await event in call.client.reply(to: request, at: provider) {
        switch event {
        case .partDelta(let part, let text, _) where part.kind == .text: answer += text
        case .partDelta(let part, let text, _) where part.kind == .reasoning: thoughts += text
        case .reclassified(let isReasoning): answer = isReasoning ? "" : thoughts + answer
        case .finished(let told): reason = told
        default: break
        }
      }
    } catch {
      throw AskFailure(reply: error)
    }
    try check(answer, reason, of: model)
  }

  private func request(
    for text: String, into language: String, _ model: String
  ) -> ModelRequest {
    ModelRequest(
      model: model,
      messages: [
        RequestMessage(
          role: .system,
          parts: [.text("Translate into \(language). Answer with the translation alone.")]),
        RequestMessage(role: .user, parts: [.text(text)]),
      ])
  }

  /// Looks whether the answer is whole.
  private func check(
    _ answer: String, _ reason: FinishReason?, of model: String
  ) throws(AskFailure) {
    let hasText = !answer.allSatisfy(\.isWhitespace)
    let fact = ReplyOutcome.finished(reason, hasText: hasText).fact
    if let fact, reason == .length || reason == .contentFilter {
      throw AskFailure(
        .unavailable,
        say("\(fact) The translation is not whole. Name another model as model in config.yaml."))
    }
    guard hasText else {
      throw AskFailure(
        .unavailable,
        say("\(model) gave no translation. Name another model as model in config.yaml."))
    }
    if let fact { call.tell(fact) }
  }
}
