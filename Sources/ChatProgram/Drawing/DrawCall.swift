import ChatAPI
import ChatEngine
import Configuration
import Conversation
import ConversationStore
import Language
import ModelCatalog
import Pictures

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `iris draw`: makes pictures, or changes some, and writes them to files, whose paths it prints.
///
/// What it costs is told before it is asked for; a file appears whole or not at all, and only where there
/// was none.
package struct DrawCall: Sendable {
  let installation: Installation
  let options: DrawOptions

  package init(_ installation: Installation, _ options: DrawOptions) {
    self.installation = installation
    self.options = options
  }

  /// Asks, writes, prints; blocks.
  ///
  /// The first signal stops it, and what has come is kept.
  package func run() -> ExitStatus {
    signal(SIGPIPE, SIG_IGN)
    let services = Services(
      installation, directory: directory, patience: .seconds(10), backupDelay: .zero,
      readsAlone: false)
    let status = Blocking.waitCancelling { await draw(services) } ?? .unavailable
    guard let ending = Blocking.wait({ await services.close() }) else { return status }
    for news in ending.news + [ending.failure].compactMap(\.self) { tell(news) }
    return status
  }

  private var directory: ServerDirectory {
    let prompt = TerminalKeyPrompt(language: installation.language)
    return ServerDirectory(installation) { prompt.key(of: $0, for: $1) }
  }

  func tell(_ phrase: Phrase) { StandardError.say(phrase, in: installation.language) }

  private func draw(_ services: Services) async -> ExitStatus {
    do {
      return try await drawing(services)
    } catch let failure as AskFailure {
      tell(failure.phrase)
      return failure.status
    } catch let failure as ImagePipeline.Failure where failure.isOfStore {
      tell(failure.phrase)
      return .cannotWrite
    } catch {
      // Only an interruption cancels: what that left unsaid is said.
      if Task.isCancelled {
        tell(.stoppedPaid)
        return .interrupted
      }
      let failure = ReplyFailure(error)
      tell(failure.phrase)
      return failure.kind.status
    }
  }

  private func drawing(_ services: Services) async throws -> ExitStatus {
    for mistake in installation.mistakes { tell(mistake) }
    let prompt = try self.prompt()
    let name = services.directory.defaultName
    var server = try await services.directory.provider(named: name)
    let model = try await self.model(at: server, services)
    // Azure's address depends on the model.
    server = try await services.directory.provider(named: name, model: model)
    let names = try PictureNames(options, prompt: prompt.isEmpty ? "variation" : prompt)
    let references = try self.references(services, standardInput)
    var drawing = try self.settings(of: model, prompt: prompt, names, at: server)
    drawing.mask = try mask(of: references, services)
    let isVariation = prompt.isEmpty
    if isVariation { drawing.varied = references.first }
    let maker = PictureMaker(services, orTo: .init(folder: names.folder, isOwn: false))
    try maker.makeRoom()
    let requests = try await maker.requests(
      for: drawing, prompt: prompt, references: isVariation ? [] : references, at: server)
    let run = DrawRun(self, drawing, names, maker, services)
    return try await run.make(requests, at: server, provider: name)
  }

  private var standardInput: StandardInput { StandardInput(tell: tell) }
}

// MARK: - What is asked for

extension DrawCall {
  /// What is to be seen; empty for a picture alone, of which variations are asked for.
  private func prompt() throws(AskFailure) -> String {
    let words = options.words.isEmpty ? nil : options.words.joined(separator: " ")
    let readsPicture = options.pictures.contains("-")
    let isOfPicture = options.pictures.count == 1 && options.mask == nil && options.looks.isEmpty
    // Whoever has a terminal there is asked for nothing.
    if words == nil, isOfPicture, readsPicture || isatty(STDIN_FILENO) == 1 { return "" }
    let prompt = try standardInput.question(words, imageIsRead: readsPicture) ?? ""
    guard prompt.allSatisfy(\.isWhitespace) else { return prompt }
    if isOfPicture { return "" }
    throw AskFailure(.usage, say("There is no prompt. Write one: iris draw PROMPT"))
  }

  /// How pictures are asked for unless the call says otherwise.
  private var pictureSettings: PictureSettings {
    let settings = installation.settings
    let general = settings.parameters.pictures ?? PictureSettings()
    return (settings.provider?.parameters.pictures ?? PictureSettings()).over(general)
  }

  /// The model that was named, else the usual one of the server, else one that it offers.
  private func model(at server: Provider, _ services: Services) async throws -> String {
    if let model = installation.invocation.options.model ?? pictureSettings[.model] { return model }
    let catalog = installation.catalog
    if let model = catalog.drawingModel(host: server.base.host, offered: []) { return model }
    let offered = try await services.client.models(at: server).map(\.id)
    if let model = catalog.drawingModel(host: server.base.host, offered: offered) { return model }
    throw AskFailure(
      .usage,
      say("\(server.name) lists no model that makes pictures: name one with --model."))
  }

  /// What the call and the configuration ask for.
  private func wanted(of name: String) -> Drawing {
    var wanted = pictureSettings.applied(to: Drawing(model: name))
    wanted.model = name
    wanted.size = options.size ?? wanted.size
    wanted.quality = options.quality ?? wanted.quality
    wanted.style = options.style ?? wanted.style
    wanted.background = options.background ?? wanted.background
    (wanted.count, wanted.looks, wanted.seed) = (options.count, options.looks, options.seed)
    return wanted
  }

  /// The drawing as the model takes it; what is asked for otherwise is told.
  private func settings(
    of name: String, prompt: String, _ names: PictureNames, at server: Provider
  ) throws(AskFailure) -> Drawing {
    var wanted = wanted(of: name)
    let model = installation.catalog.model(named: name)
    if let formats = model.drawing?.formats, let format = names.format, formats.contains(format) {
      wanted.format = format
    }
    if let rule = model.drawing, let problem = rule.problem(of: wanted, prompt: prompt, name: name)
    {
      throw AskFailure(.usage, problem)
    }
    let now = SystemClock.moment().timestamp
    if let gone = model.goneLine(at: server.base.host, now: now) { tell(gone) }
    let adapted = model.adapting(wanted)
    if let rounding = model.rounding(of: wanted, to: adapted) { tell(rounding) }
    tell(model.priceLine(of: adapted))
    return adapted
  }

  private func references(
    _ services: Services, _ input: StandardInput
  ) throws -> [PictureReference] {
    guard options.pictures.count <= PictureMaker.pictureLimit else {
      throw AskFailure(
        .usage, say("At most \(PictureMaker.pictureLimit, .pictures) can be changed at once."))
    }
    return try options.pictures.map { source in
      try source == "-"
        ? services.pipeline.keep(
          try input.bytes(), name: "standard input", detail: .original)
        : reference(to: source, services)
    }
  }

  private func reference(
    to source: String, _ services: Services
  ) throws(AskFailure) -> PictureReference {
    let origin = PictureOrigin.written(
      PictureFetcher.isURL(source) ? source : installation.folders.expand(source))
    do throws(ImagePipeline.Failure) {
      return try services.pipeline.reference(to: origin, detail: .original)
    } catch {
      let status: ExitStatus = error.isOfStore ? .cannotWrite : .unusableInput
      throw AskFailure(error.isMissing || !exists(source) ? .missingInput : status, error.phrase)
    }
  }

  private func exists(_ source: String) -> Bool {
    access(installation.folders.expand(source), F_OK) == 0
  }

  /// The mask, of which it is made sure that the server can take it for the first picture.
  private func mask(
    of references: [PictureReference], _ services: Services
  ) throws -> PictureReference? {
    guard let path = options.mask else { return nil }
    guard let picture = references.first else {
      throw AskFailure(.usage, say("A mask needs the picture that it is for: add -i PICTURE."))
    }
    let mask = try reference(to: path, services)
    guard let stored = mask.stored else {
      throw AskFailure(.usage, say("A mask is a file here, not an address."))
    }
    let problem = MaskCheck(stored, for: picture.stored).problem(services.pipeline)
    if let problem { throw AskFailure(.unusableInput, problem) }
    return mask
  }
}
