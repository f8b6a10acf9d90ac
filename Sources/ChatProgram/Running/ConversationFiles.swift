import ChatAPI
import ChatCore
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
  }

  let directory: ServerDirectory
  let workshop: PictureWorkshop
  let folders: Folders

  /// Writes a conversation in the format that the path's ending names; says what was written.
  func export(_ conversation: Conversation, to path: String) async throws(Failure) -> Phrase {
    let path = folders.expand(path)
    do {
      let report = try await write(conversation, to: path, as: try ExportFormat(path: path))
      guard let missing = report.missingPictures.first else {
        return say("The conversation is written to \(path).")
      }
      return say("The conversation is written to \(path), without the missing picture \(missing).")
    } catch let error as InterchangeError {
      throw Failure(status: error.status, phrase: error.phrase)
    } catch {
      throw Failure(status: .cannotWrite, phrase: ReplyFailure.phrase(of: error))
    }
  }

  private func write(
    _ conversation: Conversation, to path: String, as format: ExportFormat
  ) async throws -> ExportReport {
    let shelf = workshop.shelf
    let find: Interchange.PictureFinder = { picture in
      ExportedPicture(path: shelf.path(of: picture.digest), format: picture.format)
    }
    switch format {
    case .archive: return try ArchiveExport(conversation, pictures: find).write(to: path)
    case .markdown: return try MarkdownExport(conversation, pictures: find).write(to: path)
    case .page: return try PageExport(conversation, pictures: find).write(to: path)
    case .request:
      try RequestExport.write(try await body(of: conversation), to: path)
    case .script:
      try await script(for: conversation).write(try await body(of: conversation), to: path)
    }
    return ExportReport()
  }

  /// The request that would be sent for the path in use, not streamed.
  private func body(of conversation: Conversation) async throws -> [BodyPiece] {
    let provider = conversation.provider ?? directory.defaultName
    let endpoint = try await directory.address(of: provider, model: conversation.model)
    let order = ReplyOrder(
      id: MessageID(rawValue: 0), provider: provider,
      model: conversation.model ?? directory.usualModel(of: provider) ?? "MODEL",
      instructions: conversation.instructions,
      messages: conversation.messages.path.compactMap(\.forRequest),
      parameters: conversation.parameters, isStreamed: false)
    let builder = RequestBuilder(workshop: workshop, queue: PictureQueue(places: 1))
    let request = try await builder.request(
      for: order, rules: directory.pictureRules(of: provider))
    return RequestEncoder(request, dialect: endpoint.dialect).body.pieces.map { piece in
      switch piece {
      case .bytes(let bytes): .bytes(bytes)
      case .base64(let file): .base64(path: file.path)
      }
    }
  }

  private func script(for conversation: Conversation) async throws -> ScriptExport {
    let name = conversation.provider ?? directory.defaultName
    let endpoint = try await directory.address(of: name, model: conversation.model)
    let variable = directory.keyVariable(of: name)
    let header =
      switch endpoint.keyHeader {
      case .bearer: "Authorization: Bearer "
      case .named(let header): header + ": "
      }
    return ScriptExport(
      url: endpoint.address(of: "/chat/completions").text,
      urlSecrets: endpoint.base.querySecrets, keyVariable: variable, keyHeader: header)
  }

  /// Reads a file into the store, all of it or nothing: what was stored, and how many parts of it
  /// Iris has no words for.
  func read(
    _ path: String, into store: ConversationStore
  ) async throws(Failure) -> (adoption: Adoption, leftOut: Int) {
    let path = folders.expand(path)
    do {
      let (leftOut, adoption) = try await store.adopt(ids: Self.freshIDs) { take in
        try read(path, take)
      }
      guard adoption.count > 0 else { throw InterchangeError.nothingInside(path: path) }
      return (adoption, leftOut)
    } catch let error as InterchangeError {
      throw Failure(status: error.status, phrase: error.phrase)
    } catch let error as StoreError {
      throw Failure(status: AskFailure(error).status, phrase: error.phrase)
    } catch let error as PictureWorkshop.Failure {
      throw Failure(status: .cannotWrite, phrase: error.phrase)
    } catch {
      throw Failure(status: .unusableInput, phrase: ReplyFailure.phrase(of: error))
    }
  }

  /// Gives `take` the conversations of a file one by one; answers how many parts were left out.
  private func read(_ path: String, _ take: (Conversation) throws -> Void) throws -> Int {
    var refusal: PictureWorkshop.Failure?
    let outcome = Result {
      try read(path, take) { bytes, name in
        do throws(PictureWorkshop.Failure) {
          return try workshop.keep(bytes, name: name, detail: .auto).stored
        } catch {
          // One that cannot be read is counted among what was left out.
          if error.isOfStore { refusal = refusal ?? error }
          return nil
        }
      }
    }
    // What is said of a message without its picture says nothing of the disk.
    if let refusal { throw refusal }
    return try outcome.get()
  }

  private func read(
    _ path: String, _ take: (Conversation) throws -> Void,
    keep: @escaping Interchange.PictureKeeper
  ) throws -> Int {
    let now = SystemClock.timestamp()
    guard try !Importer.isDatabase(path) else {
      let log = try LLMLog.read(path, ids: Self.freshIDs, now: now, keep: keep)
      try log.conversations.forEach(take)
      return log.leftOut
    }
    var importer = Importer(ids: Self.freshIDs, now: now, keep: keep)
    return try importer.read(path, take)
  }

  private static var freshIDs: IdentifierSource {
    IdentifierSource(entropy: .random(in: .min ... .max))
  }
}

extension InterchangeError {
  /// A file that is not there, or one that cannot be used.
  var status: ExitStatus {
    switch self {
    case .unwritable: .cannotWrite
    case .unreadable(let error): error.isMissing ? .missingInput : .unusableInput
    case .unknownEnding: .usage
    default: .unusableInput
    }
  }
}
