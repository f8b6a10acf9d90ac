import ChatAPI
import Configuration
import Conversation
import Files
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
    /// A whole picture, and the prompt as the server put it, where it told.
    case picture(ArrivingFile, revisedPrompt: String?)
    case usage(TokenUsage)
  }

  /// The largest picture that is fetched from an address, in bytes, and how long that may take.
  private static let byteLimit = 256 << 20
  private static let timeLimit = Duration.seconds(120)

  private let services: Services
  /// Where pictures stand while they come.
  private let folder: String

  init(_ services: Services) {
    self.services = services
    folder = services.installation.folders.cache + "/arriving"
  }

  /// Asks, and tells what comes; every picture that came is told before what failed is thrown.
  func make(
    _ request: ImageRequest, at provider: Provider, _ tell: (Event) async throws -> Void
  ) async throws {
    var arriving: [Int: ArrivingFile] = [:]
    var failure: (any Error)?
    for try await event in services.client.pictures(for: request, at: provider) {
      switch event {
      case .connecting: try await tell(.connecting)
      case .waiting: try await tell(.waiting)
      case .adapted(let phrase): try await tell(.adapted(phrase))
      case .bytes(let bytes, let number):
        let file = try arriving[number] ?? newFile()
        arriving[number] = file
        do throws(FileError) { try file.append(bytes) } catch { throw Self.unwritable(error) }
      case .answered(let answer):
        for picture in answer.pictures {
          do {
            guard let file = try await file(of: picture, &arriving) else { continue }
            try await tell(
              answer.isPartial
                ? .draft(file) : .picture(file, revisedPrompt: picture.revisedPrompt))
          } catch {
            failure = failure ?? error
          }
        }
        if let usage = answer.usage { try await tell(.usage(usage)) }
      }
    }
    if let failure { throw failure }
  }

  private func newFile() throws(ImagePipeline.Failure) -> ArrivingFile {
    do throws(FileError) { return try ArrivingFile(in: folder) } catch {
      throw Self.unwritable(error)
    }
  }

  private func file(
    of picture: ImageAnswer.Picture, _ arriving: inout [Int: ArrivingFile]
  ) async throws -> ArrivingFile? {
    switch picture.content {
    case .received(let number): return arriving.removeValue(forKey: number)
    case .address(let url): return try await fetch(url)
    }
  }

  /// The picture at an address that the server gave: at once, since such addresses end within the hour.
  private func fetch(_ url: String) async throws -> ArrivingFile {
    let environment = services.installation.environment
    let fetched: FetchedFile
    do {
      fetched = try await services.client.fetch(
        url, proxy: ProxySettings(environment: environment),
        authorityFile: environment.value(of: "SSL_CERT_FILE"), byteLimit: Self.byteLimit,
        timeLimit: Self.timeLimit)
    } catch {
      throw ImagePipeline.Failure(phrase: PictureFetcher.phrase(of: error, fetching: url))
    }
    let file = try newFile()
    do throws(FileError) { try file.append(fetched.bytes) } catch { throw Self.unwritable(error) }
    return file
  }

  private static func unwritable(_ error: FileError) -> ImagePipeline.Failure {
    let phrase = say(
      "The picture cannot be stored (\(error.reason)): make room in the cache folder.")
    return ImagePipeline.Failure(phrase: phrase, isOfStore: true)
  }
}

// MARK: - Requests

extension PictureMaker {
  /// What pictures may be to be changed by an Images API (OpenAI API reference, images/createEdit).
  private static let rules: PictureRules = {
    var rules = PictureRules()
    rules.formats = [.png, .jpeg, .webp]
    rules.maximumBytes = 50_000_000
    return rules
  }()

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
    for reference in references.prefix(Self.pictureLimit) {
      pictures.append(try await picture(reference, at: provider))
    }
    var mask: PictureFile?
    if let reference = drawing.mask,
      case .file(let file) = try await picture(reference, at: provider)
    {
      mask = file
    }
    return drawing.prompts(prompt).map { words in
      var request = ImageRequest(model: drawing.model, prompt: words)
      (request.pictures, request.mask) = (pictures, mask)
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
    return catalog.drawingModel(host: provider.base.host, offered: [])
  }

  /// A reference as it goes: the original's bytes where the server takes their format; fetched first
  /// where pictures go as files.
  private func picture(
    _ reference: PictureReference, at provider: Provider
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
        try pipeline.part(for: fitted, model: "", rules: Self.rules)
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
    guard case .answer(.modelNotFound) = kind else { return phrase }
    guard let replacement = model.replacement else {
      return say("\(server) has no model \(name): name another with --model.")
    }
    return say("\(server) has no model \(name) any more: \(replacement) takes its place.")
  }
}
