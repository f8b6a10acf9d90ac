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
  private let services: Services
  private let started = SystemClock.moment()

  init(_ call: DrawCall, _ drawing: Drawing, _ names: PictureNames, _ services: Services) {
    self.call = call
    self.drawing = drawing
    self.names = names
    self.services = services
  }

  /// A picture that was written, as `--json` prints it.
  private struct Written: Encodable {
    var path: String
    var model: String
    var width: Int
    var height: Int
    var format: String
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
    for (index, request) in requests.enumerated() {
      do {
        try await PictureMaker(services).make(request, at: server) { event in
          switch event {
          case .connecting, .waiting, .draft: break
          case .adapted(let phrase): call.tell(phrase)
          case .usage(let more): usage = usage.map { $0 + more } ?? more
          case .picture(let file, let words):
            written.append(
              try write(file, number: written.count, look: index, revisedPrompt: words))
          }
        }
      } catch {
        failure = error
      }
      if failure != nil { break }
    }
    count(usage, provider: provider)
    if call.options.asJSON { CallOutput.write(json: written) }
    if let failure { throw readable(failure) }
    return written.isEmpty ? .unavailable : .done
  }

  /// The failure with what replaces a model that is gone.
  private func readable(_ failure: any Error) -> any Error {
    guard let error = failure as? ChatAPIError, case .answer(.modelNotFound) = error.kind else {
      return failure
    }
    let model = services.installation.catalog.model(named: drawing.model)
    return AskFailure(.unavailable, error.phrase(drawingWith: model, named: drawing.model))
  }

  private func write(
    _ file: ArrivingFile, number: Int, look: Int, revisedPrompt: String?
  ) throws(AskFailure) -> Written {
    let inspection: PictureInspection
    do {
      inspection = try PictureContent(path: file.path).inspect()
    } catch {
      throw AskFailure(
        .unavailable,
        say("What came is no picture that can be read: ask again, or try another model."))
    }
    let path = try names.write(
      file.path, number: number, of: drawing.pictureCount, format: inspection.format.rawValue)
    if let format = names.format, format != inspection.format.rawValue {
      call.tell(say("The picture came as \(inspection.format.rawValue): it is written as \(path)."))
    }
    if let revisedPrompt { call.tell(say("The server drew: \(revisedPrompt)")) }
    if !call.options.asJSON { StandardOutput.write(path + "\n") }
    return Written(
      path: path, model: drawing.model, width: inspection.size.width,
      height: inspection.size.height, format: inspection.format.rawValue, bytes: file.byteCount,
      look: drawing.looks.indices.contains(look) ? drawing.looks[look] : nil,
      revisedPrompt: revisedPrompt)
  }

  /// Says what the server counted, and counts it.
  private func count(_ usage: TokenUsage?, provider: String) {
    var details = ReplyDetails(model: drawing.model, provider: provider)
    guard let usage else { return }
    details.usage = usage
    details.milliseconds = SystemClock.moment().uptime - started.uptime
    if let line = UsageLine(details, label: "", services.installation.catalog) {
      call.tell(line.phraseOfOne)
    }
    let ledger = RequestLedger(folder: services.installation.folders.data)
    do throws(StoreError) {
      try ledger.add(details, as: started.makeIdentifier(0), at: started.timestamp)
    } catch {
      call.tell(say("This request is missing from iris usage: \(error.phrase)"))
    }
  }
}
