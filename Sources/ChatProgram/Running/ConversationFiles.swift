import ChatAPI
import ChatEngine
import Configuration
import Conversation
import ConversationStore
import Files
import Interchange
import Language
import ModelCatalog
import Pictures

/// Writes conversations to files and reads them from files, in every format that Iris knows.
struct ConversationFiles: Sendable {
  /// Why a file could not be written or read, and what to do.
  struct Failure: Error {
    var status: ExitStatus
    var phrase: Phrase
    /// The file that is there, and may be replaced if the user says so.
    var existingPath: String?
  }

  let directory: ServerDirectory
  let pipeline: ImagePipeline
  let folders: Folders
  /// What was learned of servers, which says how they are asked.
  let learnedRules: @Sendable () -> LearnedRules
  let tools: ConversationTools

  /// Writes a conversation in the format that the path's ending names; says what was written.
  ///
  /// A file that Iris did not write itself from this conversation is replaced only where
  /// `isReplacing` says so.
  func export(
    _ conversation: Conversation, to path: String, isReplacing: Bool
  ) async throws(Failure) -> Phrase {
    let path = folders.expand(path)
    let record = ExportRecord(folders)
    do {
      let format = try ExportFormat(path: path)
      let isReplacing = isReplacing || record.isOurs(path, of: conversation.id)
      let report = try await write(conversation, to: path, as: format, isReplacing: isReplacing)
      let written = Self.written(report, to: path)
      return noting(written) { () throws(FileError) in try record.add(path, of: conversation.id) }
    } catch let error as InterchangeError {
      throw Failure(error)
    } catch {
      throw Failure(status: .cannotWrite, phrase: ReplyFailure.phrase(of: error))
    }
  }

  /// What was written, and what of it is not as it would be sent.
  private static func written(_ report: ExportReport, to path: String) -> Phrase {
    if let name = report.missingPictures.first {
      return say("The conversation is written to \(path), without the missing picture \(name).")
    }
    let written = say("The conversation is written to \(path).")
    guard let name = report.unknownLibraries.first else { return written }
    return say(
      "\(written) The server did not tell the id of the library \(name): put it in the place of the name (iris library list --json)."
    )
  }

  /// What was written, and that it could not be noted as Iris's own, where `note` fails.
  private func noting(_ written: Phrase, _ note: () throws(FileError) -> Void) -> Phrase {
    do throws(FileError) {
      try note()
      return written
    } catch {
      return say(
        "\(written) That could not be noted in \(error.path) (\(error.reason)): replacing the file will be asked about."
      )
    }
  }

  /// Writes a conversation to a file, which must not be there unless `isReplacing` is true.
  func write(
    _ conversation: Conversation, to path: String, as format: ExportFormat, isReplacing: Bool
  ) async throws -> ExportReport {
    let pipeline = pipeline
    // One that has changed on disk is as good as missing.
    let find: Interchange.PictureFinder = { picture in
      pipeline.original(of: picture).map { ExportedPicture(path: $0, format: picture.format) }
    }
    switch format {
    case .archive:
      return try ArchiveExport(conversation, pictures: find, file: pipeline.file)
        .write(to: path, isReplacing: isReplacing)
    case .markdown:
      return try MarkdownExport(conversation, pictures: find)
        .write(to: path, isReplacing: isReplacing)
    case .page:
      return try PageExport(conversation, pictures: find)
        .write(to: path, isReplacing: isReplacing)
    case .request:
      let (body, report) = try await body(of: conversation)
      try RequestExport.write(body, to: path, isReplacing: isReplacing)
      return report
    case .script:
      let (body, report) = try await body(of: conversation)
      try await script(for: conversation).write(body, to: path, isReplacing: isReplacing)
      return report
    }
  }

  /// The request that would be sent for the path in use, not streamed, and what of it is not known.
  private func body(
    of conversation: Conversation
  ) async throws -> (pieces: [BodyPiece], report: ExportReport) {
    let provider = conversation.provider ?? directory.defaultName
    let server = try await directory.lockedProvider(named: provider, model: conversation.model)
    let model = conversation.model ?? directory.usualModel(of: provider)
    let request = ReplyRequest(
      id: MessageID(rawValue: 0), provider: provider, model: model ?? "MODEL",
      instructions: conversation.instructions,
      messages: conversation.messages.path.compactMap(\.forRequest),
      parameters: parameters(of: conversation, at: provider, model: model), isStreamed: false)
    let builder = RequestBuilder(pipeline: pipeline, queue: PictureQueue(places: 1))
    let learned = learnedRules().adaptations(for: request.model, at: server)
    var modelRequest = try await builder.modelRequest(
      for: request, rules: directory.pictureRules(of: provider),
      takesDocuments: server.takesDocuments(knowing: learned),
      takesSound: HearingRule(model: request.model) != nil && server.takesSound(knowing: learned))
    let wire = wire(of: server, model: model, parameters: modelRequest.parameters)
    modelRequest.tools = await tools.definitions(of: conversation)
    if modelRequest.parameters.makesPictures == true {
      modelRequest.pictureTool = .offered(modelRequest.parameters, at: server, pipeline.catalog)
    }
    var report = ExportReport()
    if wire is Responses {
      let names = modelRequest.parameters.libraries ?? []
      let libraries = await tools.libraries(named: names, on: provider, model: model)
      modelRequest.vectorStores = libraries.ids
      report.unknownLibraries = libraries.areKnown ? [] : names
    }
    let body = wire.encode(modelRequest, adaptations: []).body
    return (body.pieces.map(BodyPiece.init), report)
  }

  /// How the next request would ask the server.
  private func wire(
    of server: Provider, model: String?, parameters: Parameters
  ) -> any WireProtocol {
    server.wire(
      knowing: learnedRules().adaptations(for: model ?? "", at: server),
      wantsServerTools: !parameters.serverToolNames.isEmpty)
  }

  /// What the next request for it would carry; see ``ChatEngine/requestParameters``.
  private func parameters(
    of conversation: Conversation, at provider: String, model: String?
  ) -> Parameters {
    guard let settings = directory.settings(of: provider) else { return conversation.parameters }
    let general = tools.installation.configuration.parameters
    return conversation.parameters.changes(from: general)
      .over(ProviderFacts(settings).parameters(of: model)).over(conversation.parameters)
  }

  private func script(for conversation: Conversation) async throws -> ScriptExport {
    let name = conversation.provider ?? directory.defaultName
    let server = try await directory.lockedProvider(named: name, model: conversation.model)
    let model = conversation.model ?? directory.usualModel(of: name)
    let wire = wire(of: server, model: model, parameters: conversation.parameters)
    let variable = directory.keyVariable(of: name)
    let header =
      switch server.keyHeader {
      case .bearer: "Authorization: Bearer "
      case .named(let header): header + ": "
      }
    return ScriptExport(
      url: server.address(of: wire.call).text,
      urlSecrets: server.base.querySecrets, keyVariable: variable, keyHeader: header)
  }
}

extension ConversationFiles.Failure {
  init(_ error: InterchangeError) {
    self.init(status: error.status, phrase: error.phrase)
    if case .exists(let path) = error { existingPath = path }
  }
}

extension InterchangeError {
  /// A file that is not there, or one that cannot be used.
  var status: ExitStatus {
    switch self {
    case .unwritable, .exists: .cannotWrite
    case .stopped: .interrupted
    case .unreadable(let error): error.isMissing ? .missingInput : .unusableInput
    case .unknownEnding: .usage
    default: .unusableInput
    }
  }
}

extension BodyPiece {
  fileprivate init(_ piece: RequestBody.Piece) {
    self =
      switch piece {
      case .bytes(let bytes): .bytes(bytes)
      case .base64(let file): .base64(path: file.path)
      case .file(let file): .file(path: file.path)
      }
  }
}
