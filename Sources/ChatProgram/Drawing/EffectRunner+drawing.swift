import ChatAPI
import ChatEngine
import Conversation
import ConversationStore
import Files
import Language
import Pictures

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
      guard let reference = try? pipeline.keep(fileAt: file.path, name: name) else { return [] }
      return [.media(.draft(.picture(reference)))]
    case .picture(let arrived):
      return try kept(arrived, pipeline)
        + (arrived.revisedPrompt.map { said($0, .reasoning) } ?? [])
    case .words(let words): return said(words, .text)
    case .usage(let usage):
      self.usage = self.usage.map { $0 + usage } ?? usage
      return []
    }
  }

  /// A picture as a part of the reply; what cannot be decoded as a file, which no request carries.
  private func kept(
    _ arrived: ArrivedPicture, _ pipeline: ImagePipeline
  ) throws(ImagePipeline.Failure) -> [ReplyEvent] {
    do throws(ImagePipeline.Failure) {
      switch arrived.condition {
      case .sound:
        let reference = try pipeline.keep(fileAt: arrived.file.path, name: name)
        return [.media(.kept(.picture(reference)))]
      case .damaged:
        return [
          .media(.kept(try file(arrived, pipeline))),
          .adapted(
            say("The picture is damaged or cut short: it is kept as a file. /retry asks again.")),
        ]
      case .none:
        return [
          .media(.kept(try file(arrived, pipeline))),
          .adapted(say("What came is no picture: it is kept as a file. /retry asks again.")),
        ]
      }
    } catch {
      guard error.isOfStore, let path = try? arrived.file.keep(as: fileName(arrived)) else {
        throw error
      }
      throw ImagePipeline.Failure(
        phrase: say("\(error.phrase) What came is kept as \(path)."), isOfStore: true)
    }
  }

  private func file(
    _ arrived: ArrivedPicture, _ pipeline: ImagePipeline
  ) throws(ImagePipeline.Failure) -> ContentPart {
    do {
      let content = try PictureContent(path: arrived.file.path)
      let digest = try content.digest()
      try pipeline.copy(content, as: digest)
      return .media(
        MediaReference(
          source: .stored(digest), byteCount: ByteCount(content.byteCount),
          name: fileName(arrived), facts: .file))
    } catch let error as StoreError {
      throw ImagePipeline.Failure(phrase: error.phrase, isOfStore: true)
    } catch let error as PictureError {
      throw ImagePipeline.Failure(phrase: error.phrase(about: name))
    } catch {
      throw ImagePipeline.Failure(
        phrase: say("\(name) could not be read. Check the file, then try again."))
    }
  }

  private func fileName(_ arrived: ArrivedPicture) -> String {
    let stem = name.split(separator: "/").joined(separator: " ")
    return FileName.safe(stem, or: "picture", ending: "." + arrived.fileExtension)
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
    guard !looks.indices.contains(index) else { return looks[index] }
    let words = prompt.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count > 32 ? words.prefix(31) + "…" : words
  }
}
