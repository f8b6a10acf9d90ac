import ChatAPI
import ChatEngine
import Configuration
import Conversation
import ConversationStore
import Language
import ModelCatalog
import Pictures

/// The requests of one `iris draw`, in order: each picture is written as soon as it is there.
struct DrawRun {
  private let call: DrawCall
  private let drawing: Drawing
  private let names: PictureNames
  private let maker: PictureMaker
  private let services: Services
  private let started = SystemClock.moment()

  init(
    _ call: DrawCall, _ drawing: Drawing, _ names: PictureNames, _ maker: PictureMaker,
    _ services: Services
  ) {
    self.call = call
    self.drawing = drawing
    self.names = names
    self.maker = maker
    self.services = services
  }

  /// A picture that was written, as `--json` prints it.
  private struct Written: Encodable {
    var path: String
    var model: String
    /// Nil, as the two below, of what came damaged or is no picture.
    var width: Int?
    var height: Int?
    var format: String?
    var bytes: Int
    var look: String?
    var revisedPrompt: String?

    enum CodingKeys: String, CodingKey {
      case path, model, width, height, format, bytes, look
      case revisedPrompt = "revised_prompt"
    }
  }

  /// Makes all requests; the status of the first that failed, while the pictures of the others are
  /// there.
  func make(
    _ requests: [ImageRequest], at server: Provider, provider: String
  ) async throws -> ExitStatus {
    var written: [Written] = []
    var usage: TokenUsage?
    var failure: (any Error)?
    for (index, request) in requests.enumerated() where failure == nil {
      var isSent = false
      do {
        try await maker.make(request, at: server) { event in
          switch event {
          case .connecting, .draft: break
          case .waiting: isSent = true
          case .adapted(let phrase): call.tell(phrase)
          case .words(let words): call.tell(say("The model says: \(words)"))
          case .usage(let more): usage = usage.map { $0 + more } ?? more
          case .picture(let arrived):
            written.append(try write(arrived, number: written.count, look: index))
            if let problem = problem(of: arrived, written.last?.path ?? "") { throw problem }
          }
        }
        if Task.isCancelled { throw CancellationError() }
      } catch {
        failure = error
        let isUnanswered = Task.isCancelled || error.leavesPaid
        // Whoever stops waiting is charged for what was begun.
        if isUnanswered, isSent, let estimate = estimate() {
          usage = usage.map { $0 + estimate } ?? estimate
        }
      }
    }
    count(usage, pictures: written.count, provider: provider)
    if call.options.asJSON { CallOutput.write(json: written) }
    if let failure { throw readable(failure) }
    return written.isEmpty ? .unavailable : .done
  }

  /// What one request of the drawing counts as, as far as is known before the server tells.
  private func estimate() -> TokenUsage? {
    var one = drawing
    one.looks = []
    return services.installation.catalog.model(named: drawing.model).usage(of: one)
  }

  /// The failure with what replaces a model that is gone, and with what may be charged all the same.
  private func readable(_ failure: any Error) -> any Error {
    guard let error = failure as? ChatAPIError else { return failure }
    let model = services.installation.catalog.model(named: drawing.model)
    let phrase = error.phrase(drawingWith: model, named: drawing.model)
    guard case .answer(.modelNotFound) = error.kind else {
      return AskFailure(error, saying: phrase)
    }
    return AskFailure(.unavailable, phrase)
  }

  private func write(
    _ arrived: ArrivedPicture, number: Int, look: Int
  ) throws(AskFailure) -> Written {
    let ending = arrived.fileExtension
    let path = try names.write(
      arrived.file, number: number, of: drawing.pictureCount, ending: ending)
    if let words = arrived.revisedPrompt { call.tell(say("The server drew: \(words)")) }
    if !call.options.asJSON { StandardOutput.write(path + "\n") }
    var written = Written(
      path: path, model: drawing.model, bytes: arrived.file.byteCount,
      look: drawing.looks.indices.contains(look) ? drawing.looks[look] : nil,
      revisedPrompt: arrived.revisedPrompt)
    guard case .sound(let inspection) = arrived.condition else { return written }
    let format = inspection.format.rawValue
    (written.width, written.height) = (inspection.size.width, inspection.size.height)
    written.format = format
    if let wanted = names.format, wanted != format {
      call.tell(say("The picture came as \(format): it is written as \(path)."))
    }
    return written
  }

  /// What is wrong with a picture that came, and is written all the same; nil where nothing is.
  private func problem(of arrived: ArrivedPicture, _ path: String) -> AskFailure? {
    switch arrived.condition {
    case .sound: nil
    case .damaged:
      AskFailure(
        .unavailable,
        say("The picture is damaged or cut short: \(path) is what came. Ask again for a whole one.")
      )
    case .none:
      AskFailure(
        .unavailable,
        say("What came is no picture: \(path) holds it. Ask again, or try another model."))
    }
  }

  /// Says what the server counted, and counts it; pictures without figures are counted as such.
  private func count(_ usage: TokenUsage?, pictures: Int, provider: String) {
    guard usage != nil || pictures > 0 else { return }
    var details = ReplyDetails(model: drawing.model, provider: provider)
    details.usage = usage
    details.milliseconds = SystemClock.moment().uptime - started.uptime
    if let line = UsageLine(details, label: "", services.installation.catalog) {
      call.tell(line.phraseOfOne)
    }
    let ledger = RequestLedger(folder: services.installation.folders.data)
    do throws(StoreError) {
      try ledger.add(
        details, as: started.makeIdentifier(0), at: started.timestamp, pictures: pictures)
    } catch {
      call.tell(say("This request is missing from iris usage: \(error.phrase)"))
    }
  }
}

extension Error {
  /// Whether what was asked for is paid although nothing of it is there: no answer came, or there was no
  /// room for it.
  fileprivate var leavesPaid: Bool {
    switch self {
    case let error as ChatAPIError: error.mayHaveArrived
    case let error as ImagePipeline.Failure: error.isOfStore
    default: false
    }
  }
}
