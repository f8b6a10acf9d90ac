import Conversation
package import Language

/// A handful of small questions that find out what a server and a model can do.
///
/// Each is one request, but for changes that a refusal asks for; none is sent again for another
/// reason. What refusals teach is learned by the client as at any other time.
package struct ServerExamination: Sendable {
  /// One thing that is asked, in the order in which they are asked.
  package enum Question: String, CaseIterable, Sendable {
    case models
    case stream
    case picture
    case parameter
    case tool
    case responses
  }

  /// What came of a question.
  package struct Finding: Equatable, Sendable {
    /// Whether the server can do what was asked.
    package enum Answer: Equatable, Sendable {
      case yes
      case no
      /// The question could not be put, or its answer says neither.
      case unknown
    }

    package var question: Question
    package var answer: Answer
    /// What else the answer tells: a number, or why not.
    package var detail: Phrase

    package init(_ question: Question, _ answer: Answer, _ detail: Phrase) {
      self.question = question
      self.answer = answer
      self.detail = detail
    }
  }

  /// The longest reply that is asked for, in tokens: enough for a reasoning model to begin.
  package static let replyTokens = 64
  /// About what all questions together have, in tokens: their words, a picture at low detail and the
  /// description of a tool.
  package static let promptTokens = 400
  /// How many questions have a reply that is paid for.
  package static let paidQuestions = 5

  let client: ChatClient
  let provider: Provider
  let model: String

  /// An examination of `model` at `provider`, with time limits that suit a person who waits.
  package init(client: ChatClient, provider: Provider, model: String) {
    self.client = client
    self.model = model
    var provider = provider
    provider.timeLimits.firstByte = min(provider.timeLimits.firstByte, .seconds(60))
    provider.timeLimits.idle = min(provider.timeLimits.idle, .seconds(30))
    self.provider = provider
  }

  /// Asks one question.
  package func ask(_ question: Question) async -> Finding {
    switch question {
    case .models: await askForModels()
    case .stream: await askForStream()
    case .picture: await askForPicture()
    case .parameter: await askForParameter()
    case .tool: await askForTool()
    case .responses: await askForResponses()
    }
  }
}

extension ServerExamination {
  private func askForModels() async -> Finding {
    do {
      let models = try await client.models(at: provider)
      guard let listed = models.first(where: { $0.id == model }) else {
        return Finding(.models, .yes, say("\(models.count, .models); \(model) is not among them"))
      }
      return Finding(.models, .yes, Self.detail(of: listed, among: models.count))
    } catch {
      return failure(.models, error)
    }
  }

  private static func detail(of model: ModelListing, among count: Int) -> Phrase {
    switch (model.contextLength, model.readsPictures) {
    case (let length?, true?): say("\(count, .models); this one reads \(length) tok and pictures")
    case (let length?, false?): say("\(count, .models); this one reads \(length) tok, no pictures")
    case (let length?, nil): say("\(count, .models); this one reads \(length) tok")
    case (nil, true?): say("\(count, .models); this one reads pictures")
    case (nil, false?): say("\(count, .models); this one reads no pictures")
    case (nil, nil): say("\(count, .models), this one among them")
    }
  }

  private func askForStream() async -> Finding {
    let clock = ContinuousClock()
    let start = clock.now
    var first: Duration?
    var (pieces, hasUsage) = (0, false)
    do {
      for try await event in client.reply(to: request("Say: OK"), at: provider) {
        switch event {
        case .partDelta:
          first = first ?? start.duration(to: clock.now)
          pieces += 1
        case .usage: hasUsage = true
        case .object: return Finding(.stream, .no, say("the reply comes whole"))
        default: break
        }
      }
    } catch {
      return failure(.stream, error)
    }
    guard let first else { return Finding(.stream, .unknown, say("the reply was empty")) }
    let seconds = Self.tenths(first)
    return Finding(
      .stream, .yes,
      hasUsage
        ? say("first words after \(seconds) s, tokens are counted")
        : say("first words after \(seconds) s, tokens are not counted"))
  }

  private func askForPicture() async -> Finding {
    var request = request("Which colour is this? One word.")
    request.messages[0].parts.append(.pictureURL(Self.picture, .low))
    do {
      var (text, tokens) = ("", 0)
      for try await event in client.reply(to: request, at: provider) {
        if case .partDelta(let part, let piece, _) = event, part.kind == .text { text += piece }
        if case .usage(let usage) = event { tokens = usage.prompt.value }
      }
      let words = text.folded(to: 40)
      guard !words.isEmpty, !Self.namesRed(text), tokens < Self.tokensWithPicture else {
        return Finding(.picture, .yes, words.isEmpty ? say("taken") : say("it says: \(words)"))
      }
      // Servers drop pictures that the model cannot read, and answer 200 (transformers serve 5.24).
      return Finding(
        .picture, .unknown, say("taken, but not seen: of the colour red it says: \(words)"))
    } catch {
      return failure(.picture, error)
    }
  }

  private func askForParameter() async -> Finding {
    var request = request("Say: OK")
    request.parameters.temperature = 0.5
    do {
      for try await event in client.reply(to: request, at: provider) {
        if case .adapted(let phrase) = event { return Finding(.parameter, .no, phrase) }
      }
      return Finding(.parameter, .yes, say("temperature is taken"))
    } catch {
      return failure(.parameter, error)
    }
  }

  /// From so many tokens of the question on a picture is among them.
  private static let tokensWithPicture = 80

  private static func namesRed(_ text: String) -> Bool {
    let text = text.lowercased()
    return [
      "red", "crimson", "scarlet", "rot", "rouge", "rojo", "rosso", "vermelho", "красн", "红", "紅",
      "赤",
      "빨",
    ].contains { text.contains($0) }
  }

  func request(_ text: String) -> ModelRequest {
    var parameters = Parameters()
    parameters.maxTokens = Self.replyTokens
    return ModelRequest(
      model: model, messages: [RequestMessage(.user, text)], parameters: parameters)
  }

  func failure(_ question: Question, _ error: ChatAPIError) -> Finding {
    switch error.kind {
    case .network, .request(.keyOverPlainHTTP), .request(.addressInvalid):
      Finding(question, .unknown, error.phrase)
    default: Finding(question, .no, error.phrase)
    }
  }

  private static func tenths(_ time: Duration) -> String {
    let tenths = Int(time / .milliseconds(100))
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// A red PNG of 32 by 32 pixels: some models refuse smaller ones (Qwen-VL needs 28 a side).
  private static let picture =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAJ0lEQVR42u3NsQkAAAjAsP7/tF7hIASyp6lTCQQCgUAgEAgEgi/BAjLD/C5w/SM9AAAAAElFTkSuQmCC"
}
