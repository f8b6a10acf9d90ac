import ChatAPI
import ChatEngine
import Conversation

extension EffectRunner {
  /// Asks for pictures in the place of a reply, and posts them as its parts, unfinished ones too.
  func draw(
    _ drawing: Drawing, for request: ReplyRequest, at provider: Provider
  ) async throws {
    let maker = PictureMaker(services)
    try maker.makeRoom()
    let message = request.messages.last
    let prompt = message?.text ?? ""
    let requests = try await maker.requests(
      for: drawing, prompt: prompt, references: message?.pictures ?? [], at: provider,
      partialCount: request.isStreamed ? 2 : 0)
    var arrival = Arrival(id: request.id)
    for (index, imageRequest) in requests.enumerated() {
      arrival.name = drawing.name(ofLook: index, prompt: prompt)
      try await arrival.take(from: maker, imageRequest, provider, post, pipeline)
    }
    if let usage = arrival.usage { post(.reply(request.id, .usage(usage))) }
    post(.reply(request.id, .finished(.stop)))
  }
}

/// What of a drawing has come.
private struct Arrival {
  let id: ReplyID
  /// What the next pictures are called.
  var name = ""
  /// The figures of all its requests.
  var usage: TokenUsage?
  /// How many parts beside pictures there are.
  private var wordCount = 0

  init(id: ReplyID) {
    self.id = id
  }

  mutating func take(
    from maker: PictureMaker, _ request: ImageRequest, _ provider: Provider,
    _ post: @Sendable (EngineEvent) -> Void, _ pipeline: ImagePipeline
  ) async throws {
    var arrival = self
    defer { self = arrival }
    try await maker.make(request, at: provider) { event in
      // Nobody waits any more for what a drawing that was stopped still brings.
      guard !Task.isCancelled else { return }
      for event in try arrival.events(of: event, pipeline) { post(.reply(id, event)) }
    }
  }

  private mutating func events(
    of event: PictureMaker.Event, _ pipeline: ImagePipeline
  ) throws(ImagePipeline.Failure) -> [ReplyEvent] {
    switch event {
    case .connecting: return [.connecting]
    case .waiting: return [.waiting]
    case .adapted(let phrase): return [.adapted(phrase)]
    case .draft(let file):
      // One that cannot be shown is no loss: the whole one follows.
      guard let reference = try? pipeline.keep(file, name: name) else { return [] }
      return [.media(.draft(.picture(reference)))]
    case .picture(let arrived):
      return try pipeline.events(of: arrived, named: name)
        + (arrived.revisedPrompt.map { said($0, .reasoning) } ?? [])
    case .words(let words): return said(words, .text)
    case .usage(let usage):
      self.usage = self.usage.map { $0 + usage } ?? usage
      return []
    }
  }

  /// Words beside the pictures: those of the model, or the prompt as the server put it, as what the model
  /// said to itself before it drew.
  private mutating func said(_ words: String, _ kind: ReplyPart.Kind) -> [ReplyEvent] {
    let part = ReplyPart(index: wordCount, kind: kind)
    wordCount += 1
    return [.partStarted(part), .partDelta(part, words), .partFinished(part)]
  }
}

extension Drawing {
  /// What the pictures of one of the looks are called: the look, or the first words of the prompt.
  func name(ofLook index: Int, prompt: String) -> String {
    looks.indices.contains(index) ? looks[index] : Self.name(ofPrompt: prompt)
  }

  /// What a picture of a prompt is called: its first words.
  static func name(ofPrompt prompt: String) -> String {
    let words = prompt.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count > 32 ? words.prefix(31) + "…" : words
  }
}
