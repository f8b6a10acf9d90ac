import ChatEngine
import Configuration
import Conversation
import ConversationStore
import Files
import Interchange
import Language
import Pictures
import Synchronization

extension ConversationFiles {
  /// What an import stored, and what it had to leave.
  struct Imported: Sendable {
    var result = ImportResult()
    var loss = ImportLoss()
  }

  /// Reads a file into the store, a batch of conversations at a time: the store is free meanwhile for
  /// what is typed, and for other programs.
  ///
  /// Where it ends early, because the file is damaged or the task was cancelled, the batches that were
  /// written stay, and the failure's sentence says how many conversations they hold.
  ///
  /// `paths` are files and folders beside the file's own that it may name. `progress` is told how many
  /// conversations are stored, after each batch.
  func read(
    _ path: String, into store: ConversationStore, allowing paths: [String] = [],
    progress: (Int) -> Void = { _ in }
  ) async throws(Failure) -> Imported {
    let path = folders.expand(path)
    var imported = Imported()
    do {
      let keepFile: Interchange.FileKeeper = { try? pipeline.keepFile($0) }
      var source = try source(path, allowing: paths.map(folders.expand), file: keepFile) {
        (bytes, name) throws(ImagePipeline.Failure) in
        try pipeline.keep(bytes, name: name, detail: .auto).stored
      }
      var batch = ConversationBatch()
      while let conversation = try source.next() {
        batch.add(conversation, earlier: source.earlier)
        if batch.isFull { try await importBatch(&batch, into: store, &imported, progress) }
      }
      try await importBatch(&batch, into: store, &imported, progress)
      imported.loss = source.loss
      return imported
    } catch {
      throw Self.failure(error, after: imported.result.count)
    }
  }

  private func importBatch(
    _ batch: inout ConversationBatch, into store: ConversationStore, _ imported: inout Imported,
    _ progress: (Int) -> Void
  ) async throws {
    guard !batch.conversations.isEmpty else { return }
    imported.result.add(
      try await store.importConversations(
        batch.conversations, earlier: batch.earlier, ids: Self.freshIDs))
    batch = ConversationBatch()
    progress(imported.result.count)
  }

  /// What each conversation of a file would come to in the store; nothing is written.
  func plan(
    _ path: String, against store: ConversationStore, allowing paths: [String],
    each: (PlannedImport) -> Void
  ) async throws(Failure) -> ImportLoss {
    let path = folders.expand(path)
    do {
      let lookAtFile: Interchange.FileKeeper = { Digest(hashing: $0) }
      var source = try source(path, allowing: paths.map(folders.expand), file: lookAtFile) {
        (bytes, name) throws(ImagePipeline.Failure) in
        try pipeline.inspect(bytes, name: name)
      }
      while let conversation = try source.next() {
        let outcome = try await store.outcome(
          ofImporting: conversation, earlier: source.earlier)
        each(PlannedImport(conversation, outcome))
      }
      return source.loss
    } catch {
      throw Self.failure(error, after: 0)
    }
  }

  /// The conversations of a file, whose pictures `picture` keeps, or only looks at, and whose other files
  /// `file` does.
  private func source(
    _ path: String, allowing paths: [String], file: @escaping Interchange.FileKeeper,
    picture: @escaping ([UInt8], _ name: String) throws(ImagePipeline.Failure) -> StoredPicture?
  ) throws -> ImportSource {
    let refusal = PictureRefusal()
    let keep: Interchange.PictureKeeper = { bytes, name in
      do throws(ImagePipeline.Failure) {
        return try picture(bytes, name)
      } catch {
        // One that cannot be read is counted among what was left out.
        if error.isOfStore { refusal.record(error) }
        return nil
      }
    }
    let now = SystemClock.timestamp()
    let isFolder = (try? FileSystem.status(of: path))?.isFolder == true
    guard try isFolder || !Importer.isDatabase(path) else {
      let files = ReadableFiles(besides: path, allowing: paths)
      let log = try log(path, now: now, files: files, keep: keep)
      guard !log.conversations.isEmpty else { throw InterchangeError.nothingInside(path: path) }
      return ImportSource(log.conversations, log.loss, refusal)
    }
    let importer = Importer(
      now: now, path: path, allowing: paths, keepFile: file, keep: keep)
    return ImportSource(try ImportedConversations(path, importer), refusal)
  }

  /// The conversations of the database at `path`; whatever is wrong with it is wrong with the file, not with the store.
  private func log(
    _ path: String, now: Timestamp, files: ReadableFiles, keep: @escaping Interchange.PictureKeeper
  ) throws -> (conversations: [Conversation], loss: ImportLoss) {
    do throws(StoreError) {
      return try ForeignStore.read(path, now: now, files: files, keep: keep)
    } catch {
      if Task.isCancelled { throw InterchangeError.stopped }
      switch error {
      case .foreign: throw InterchangeError.unknownFormat(path: path)
      case .newer: throw InterchangeError.newer(path: path)
      case .damaged(let cause), .failed(let cause):
        throw InterchangeError.malformed(path: path, place: cause.message)
      default: throw error
      }
    }
  }

  private static func failure(_ error: any Error, after count: Int) -> Failure {
    let failure =
      switch error {
      case let error as InterchangeError: Failure(error)
      case is CancellationError: Failure(InterchangeError.stopped)
      case let error as StoreError:
        Failure(status: AskFailure(error).status, phrase: error.phrase)
      case let error as ImagePipeline.Failure:
        Failure(status: .cannotWrite, phrase: error.phrase)
      default: Failure(status: .unusableInput, phrase: ReplyFailure.phrase(of: error))
      }
    return Failure(
      status: failure.status,
      phrase: count == 0
        ? say("\(failure.phrase) Nothing was imported.")
        : say("\(failure.phrase) Conversations read before that are kept: \(count)."))
  }

  private static var freshIDs: IdentifierSource {
    IdentifierSource(entropy: .random(in: .min ... .max))
  }
}

/// Conversations that are written together: enough for one wait on the disk to be nothing, and few
/// enough to hold and to lock the store for.
private struct ConversationBatch {
  private(set) var conversations: [Conversation] = []
  /// The identifiers that one of them had when it had fewer messages.
  private(set) var earlier: [ConversationID: [ConversationID]] = [:]
  private var byteCount = 0

  var isFull: Bool { conversations.count >= 200 || byteCount >= 4 << 20 }

  mutating func add(_ conversation: Conversation, earlier: [ConversationID]) {
    conversations.append(conversation)
    if !earlier.isEmpty { self.earlier[conversation.id] = earlier }
    byteCount += conversation.messages.all.reduce(0) { $0 + $1.text.utf8.count }
  }
}

/// The first failure of the store to keep a picture, which ends an import.
///
/// What is said of a message without its picture says nothing of the disk.
private final class PictureRefusal: Sendable {
  private let first = Mutex<ImagePipeline.Failure?>(nil)

  func record(_ failure: ImagePipeline.Failure) {
    first.withLock { $0 = $0 ?? failure }
  }

  func rethrow() throws(ImagePipeline.Failure) {
    if let failure = first.withLock({ $0 }) { throw failure }
  }
}

/// The conversations of a file of whatever kind, one by one.
private struct ImportSource: ~Copyable {
  private var file: ImportedConversations?
  /// Those of a database, last first.
  private var rows: [Conversation] = []
  private var lossOfFile: ImportLoss
  /// How many conversations came with tools switched on.
  private var withTools = 0
  private let refusal: PictureRefusal

  init(_ file: consuming ImportedConversations, _ refusal: PictureRefusal) {
    self.file = consume file
    self.refusal = refusal
    lossOfFile = ImportLoss()
  }

  init(_ rows: [Conversation], _ loss: ImportLoss, _ refusal: PictureRefusal) {
    self.rows = rows.reversed()
    self.refusal = refusal
    lossOfFile = loss
  }

  /// The identifiers that the conversation which was given last had when it had fewer messages.
  private(set) var earlier: [ConversationID] = []

  /// What could not be kept of what was given.
  var loss: ImportLoss {
    var loss = lossOfFile
    loss.add(.tools, withTools)
    return loss
  }

  /// The next conversation, in which nothing is switched on that runs, costs or is kept by a server: that
  /// is for the user to say, not for whoever made the file.
  mutating func next() throws -> Conversation? {
    guard var conversation = try read() else { return nil }
    let given = conversation.parameters
    conversation.parameters.switchOffTools()
    if conversation.parameters != given { withTools += 1 }
    return conversation
  }

  private mutating func read() throws -> Conversation? {
    if Task.isCancelled { throw InterchangeError.stopped }
    guard file != nil else { return rows.popLast() }
    do {
      let next = try file?.next()
      lossOfFile = file?.loss ?? lossOfFile
      earlier = file?.earlier ?? []
      try refusal.rethrow()
      return next
    } catch {
      // That nothing is left says less than why.
      try refusal.rethrow()
      throw error
    }
  }
}
