import ChatAPI
import Configuration
import Conversation
import Files
import JSON
import Language
import ModelCatalog
import Pictures

/// Asks a server for pictures, and hands out each as a file as soon as it is there.
struct PictureMaker: Sendable {
  /// What happens while pictures are made.
  enum Event {
    case connecting
    case waiting
    case adapted(Phrase)
    /// A picture that is not finished.
    case draft(ArrivingFile)
    /// A picture that came to its end, or what came in its place.
    case picture(ArrivedPicture)
    /// What a model that talks said beside its pictures.
    case words(String)
    case usage(TokenUsage)
  }

  /// The largest picture that is fetched from an address, in bytes, and how long that may take.
  private static let byteLimit = 256 << 20
  private static let timeLimit = Duration.seconds(120)

  private let services: Services
  /// Where pictures stand while they come, the usual place first.
  private let places: [ArrivingFile.Place]

  /// A maker whose pictures come to the cache folder, or to `other` where nothing can be written there.
  init(_ services: Services, orTo other: ArrivingFile.Place? = nil) {
    self.services = services
    let folders = services.installation.folders
    let usual = ArrivingFile.Place(folder: folders.cache + "/arriving")
    places = [usual, other ?? ArrivingFile.Place(folder: folders.data + "/arriving")]
  }

  /// Makes sure that there is room for what comes, before anything is paid for.
  func makeRoom() throws(ImagePipeline.Failure) {
    places.forEach(ArrivingFile.sweep)
    _ = try file(of: [0])
  }

  /// Asks, and tells what comes; every picture that came is told before what failed is thrown, those of
  /// an answer that broke off among them.
  func make(
    _ request: ImageRequest, at provider: Provider, _ tell: (Event) async throws -> Void
  ) async throws {
    var arriving = ArrivingPictures(places)
    var isArriving = false
    var failure: (any Error)?
    var toldCount = 0
    do {
      for try await event in services.client.pictures(for: request, at: provider) {
        switch event {
        case .connecting: try await tell(.connecting)
        case .waiting: try await tell(.waiting)
        case .adapted(let phrase): try await tell(.adapted(phrase))
        case .bytes(let bytes, let number):
          if !isArriving { services.pipeline.decoder.warmUp() }
          isArriving = true
          arriving.append(bytes, to: number)
        case .answered(let answer):
          let lost = try await pass(on: answer, from: &arriving, at: provider, tell)
          failure = failure ?? lost
          if !answer.isPartial { toldCount += answer.pictures.count }
        }
      }
    } catch {
      failure = failure ?? error
    }
    // Of a stream these are unfinished pictures.
    if request.partialCount == 0 {
      let room = max(0, request.pictureLimit - toldCount)
      try await self.tell(wholeOf: Array(arriving.rest.prefix(room)), tell)
    }
    if let failure { throw failure }
  }

  /// Tells of the pictures of an answer; what kept one of them from being told, the first of several.
  private func pass(
    on answer: ImageAnswer, from arriving: inout ArrivingPictures, at provider: Provider,
    _ tell: (Event) async throws -> Void
  ) async throws -> (any Error)? {
    guard !answer.isPartial else {
      for picture in answer.pictures {
        if let file = draft(of: picture, &arriving) { try await tell(.draft(file)) }
      }
      return nil
    }
    var failure: (any Error)?
    for picture in answer.pictures {
      do {
        guard let file = try await file(of: picture, at: provider, &arriving) else { continue }
        var arrived = await examined(file)
        arrived.revisedPrompt = picture.revisedPrompt
        try await tell(.picture(arrived))
      } catch {
        failure = failure ?? error
      }
    }
    if let words = answer.words, !answer.pictures.isEmpty { try await tell(.words(words)) }
    if let usage = answer.usage { try await tell(.usage(usage)) }
    return failure
  }

  /// An unfinished picture, where it came whole and can be stored: nothing is fetched for one, and its loss
  /// is none, since the whole picture follows.
  private func draft(
    of picture: ImageAnswer.Picture, _ arriving: inout ArrivingPictures
  ) -> ArrivingFile? {
    switch picture.content {
    case .received(let number): return try? arriving.take(number)
    case .damaged(let number):
      arriving.drop(number)
      return nil
    case .address(let url): return DataURL(url)?.bytes.flatMap { try? file(of: $0) }
    }
  }

  /// Tells of the pictures that were whole when their answer broke off.
  private func tell(
    wholeOf files: [ArrivingFile], _ tell: (Event) async throws -> Void
  ) async throws {
    for file in files {
      let arrived = await examined(file)
      if case .sound = arrived.condition { try await tell(.picture(arrived)) }
    }
  }

  /// A picture whose bytes came inside a reply.
  func arrived(_ bytes: PictureBytes) async throws(ImagePipeline.Failure) -> ArrivedPicture {
    await examined(try file(of: bytes.pieces))
  }

  /// What the bytes of a file are; a task that was stopped still learns it.
  private func examined(_ file: ArrivingFile) async -> ArrivedPicture {
    let (pipeline, queue, path) = (services.pipeline, services.pictureQueue, file.path)
    let task = Task.detached(executorPreference: QuietExecutor.ofPictures) {
      await queue.run { pipeline.examine(path) }
    }
    let (condition, raster) = await task.value ?? (.none, nil)
    return ArrivedPicture(file: file, condition: condition, raster: raster)
  }

  private func file(
    of picture: ImageAnswer.Picture, at provider: Provider, _ arriving: inout ArrivingPictures
  ) async throws -> ArrivingFile? {
    switch picture.content {
    case .received(let number), .damaged(let number): return try arriving.take(number)
    case .address(let url):
      guard DataURL.isDataURL(url) else { return try await fetch(url, from: provider) }
      return try file(of: DataURL(url)?.bytes ?? [])
    }
  }

  private func file(of bytes: [UInt8]) throws(ImagePipeline.Failure) -> ArrivingFile {
    try file(of: [bytes])
  }

  /// A file of bytes that came in pieces.
  func file(of pieces: [[UInt8]]) throws(ImagePipeline.Failure) -> ArrivingFile {
    try ArrivingPictures.storing {
      () throws(FileError) in
      try ArrivingFile.make(in: places) { file throws(FileError) in
        for piece in pieces { try file.append(piece) }
      }
    }
  }

  /// The picture at an address that the server gave: at once, since such addresses end within the hour.
  private func fetch(_ written: String, from provider: Provider) async throws -> ArrivingFile {
    // Some servers give a path of their own.
    let url = provider.base.address(of: written) ?? written
    let environment = services.installation.environment
    let fetched: FetchedFile
    do {
      fetched = try await services.client.fetch(
        url, writtenBy: provider.base, proxy: ProxySettings(environment: environment),
        authorityFile: environment.value(of: "SSL_CERT_FILE"), byteLimit: Self.byteLimit,
        timeLimit: Self.timeLimit)
    } catch {
      throw Unfetched(phrase: PictureFetcher.phrase(ofMade: error, at: url))
    }
    return try file(of: fetched.bytes)
  }

  /// A picture that was made, and whose address did not give it.
  struct Unfetched: Error {
    let phrase: Phrase
  }
}

// MARK: - Requests

extension PictureMaker {
  /// What pictures may be to be changed by an Images API (OpenAI API reference, images/createEdit).
  private static let rules = rules(for: [.png, .jpeg, .webp])
  /// A mask and its picture are to be of one format (OpenAI image generation guide, “Edit an image using
  /// a mask”).
  private static let rulesBesideMask = rules(for: [.png])

  private static func rules(for formats: Set<PictureFormat>) -> PictureRules {
    var rules = PictureRules()
    rules.formats = formats
    rules.maximumBytes = 50_000_000
    return rules
  }

  /// The most pictures of one request.
  static let pictureLimit = 16

  /// The requests of a drawing, one for each of its looks.
  ///
  /// `partialCount` is how many unfinished pictures come before each, where the model sends any.
  func requests(
    for drawing: Drawing, prompt: String, references: [PictureReference], at provider: Provider,
    partialCount: Int = 0
  ) async throws -> [ImageRequest] {
    let rule = services.installation.catalog.model(named: drawing.model).drawing
    var pictures: [ImageRequest.Picture] = []
    for (index, reference) in references.prefix(Self.pictureLimit).enumerated() {
      let rules = index == 0 && drawing.mask != nil ? Self.rulesBesideMask : Self.rules
      pictures.append(try await picture(reference, at: provider, rules))
    }
    var mask: PictureFile?
    if let reference = drawing.mask,
      case .file(let file) = try await picture(reference, at: provider)
    {
      mask = file
    }
    var varied: ImageRequest.Picture?
    if let reference = drawing.varied { varied = try await picture(reference, at: provider) }
    return drawing.prompts(prompt).map { words in
      var request = ImageRequest(model: drawing.model, prompt: words)
      (request.pictures, request.mask, request.varied) = (pictures, mask, varied)
      (request.size, request.quality) = (drawing.size, drawing.quality)
      (request.style, request.background) = (drawing.style, drawing.background)
      (request.format, request.count, request.seed) = (drawing.format, drawing.count, drawing.seed)
      request.toolModel = toolModel(for: drawing.model, at: provider)
      request.asksForBase64 = rule?.takesResponseFormat ?? true
      let sendsPartials = rule?.sendsPartialPictures == true && drawing.count == 1
      request.partialCount = sendsPartials ? partialCount : 0
      return request
    }
  }

  /// What a talking model of a server draws with; nil for a model that draws by itself, and elsewhere.
  private func toolModel(for name: String, at provider: Provider) -> String? {
    let catalog = services.installation.catalog
    guard provider.dialect.imageCalls == .openAI, let model = catalog.listed(name),
      model.drawing == nil
    else { return nil }
    // A server that is like OpenAI's has its models, whatever its host.
    return catalog.drawingModel(host: provider.base.host, offered: [])
      ?? ModelCatalog.makersDrawingModel
  }

  /// A reference as it goes: the original's bytes where the server takes their format; fetched first
  /// where pictures go as files.
  private func picture(
    _ reference: PictureReference, at provider: Provider, _ rules: PictureRules = Self.rules
  ) async throws -> ImageRequest.Picture {
    var reference = reference
    if case .remote(let url) = reference.source {
      if provider.dialect.imageCalls != .usual { return .url(url.rawValue) }
      let fetcher = PictureFetcher(
        client: services.client, pipeline: services.pipeline, installation: services.installation)
      reference = try await fetcher.fetch(url.rawValue, detail: .original)
    }
    reference.detail = .original
    let pipeline = services.pipeline
    let fitted = reference
    let result = await services.pictureQueue.run {
      () -> Result<RequestMessage.Part, ImagePipeline.Failure> in
      Result { () throws(ImagePipeline.Failure) in
        try pipeline.part(for: fitted, model: "", rules: rules)
      }
    }
    switch try result?.get() {
    case .picture(let file, _)?: return .file(file)
    case .pictureURL(let url, _)?: return .url(url)
    default: throw ImagePipeline.Failure(phrase: say("The request was stopped."))
    }
  }
}

extension ChatAPIError {
  /// The sentence of a drawing that failed: of a model that is gone it names what replaces it.
  func phrase(drawingWith model: Model, named name: String) -> Phrase {
    guard case .answer(.modelNotFound) = kind else { return phraseOfPaid }
    guard let replacement = model.replacement else {
      return say("\(server) has no model \(name): name another with --model.")
    }
    return say("\(server) has no model \(name) any more: \(replacement) takes its place.")
  }
}
