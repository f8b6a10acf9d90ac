import ChatAPI
import ChatEngine
import ChatScreen
import Configuration
import Conversation
import ConversationStore
import Files
import FoundationEssentials
import Language
import Pictures
import Screen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The calls about files on a server: `files list|put|get|rm|prune`.
package struct FileCalls: Sendable {
  /// The most bytes of a file (OpenAI API reference, files/create: 512 MB).
  private static let byteLimit = 512_000_000

  let installation: Installation
  private let directory: ServerDirectory
  private let learned: LearnedRules
  let client: ChatClient
  let uploads: Uploads
  private let storeHandle: StoreHandle

  package init(_ installation: Installation) {
    self.installation = installation
    directory = ServerDirectory(installation)
    learned = LearnedRules.load(from: installation.folders)
    client = ChatClient(learned: learned, timing: .quiet)
    uploads = Uploads(client: client, folders: installation.folders)
    storeHandle = StoreHandle(installation)
  }

  /// `iris files [list]`: the newest first, with the conversations that name them.
  package func list(asJSON: Bool) -> ExitStatus {
    run { provider throws(AskFailure) in
      let list = try await self.files(at: provider)
      if asJSON { return CallOutput.write(json: list.entries.map(PrintedFile.init)) }
      CallOutput.write(
        head: [say("file"), say("size"), say("removed"), say("conversation")],
        in: self.installation.language,
        list.entries.map { entry in
          [
            entry.name, entry.file.byteCount.map { "\(ByteCount($0))" } ?? "",
            entry.file.expires?.day ?? "", entry.conversations.first ?? "",
          ]
        })
      self.tellEmpty(
        list.entries.isEmpty,
        say("There are no files on \(provider.name)."), say("iris files put FILE puts one there."))
    }
  }

  /// `iris files put FILE… [--days N]`: puts files on the server, pictures without their metadata, and prints
  /// their names there.
  package func put(_ paths: [String], days: Int?) -> ExitStatus {
    run { provider throws(AskFailure) in
      for path in paths {
        let (file, name, purpose) = try self.file(at: path)
        let kept = try await self.asking { () async throws(ChatAPIError) in
          try await self.upload(
            file, named: name, for: purpose, lifetime: days.map { $0 * 86_400 }, to: provider)
        }
        StandardOutput.write(kept.name.sanitised + "\n")
      }
      self.tellLifetime()
    }
  }

  /// `iris files get NAME [-o FILE|-]`: writes a file of the server, whole and never over another.
  package func get(_ name: String, to output: String?) -> ExitStatus {
    run { provider throws(AskFailure) in
      let entry = try await self.entry(named: name, at: provider)
      let answer = try await self.asking { () async throws(ChatAPIError) in
        try await self.client.contents(of: entry.file.id, at: provider)
      }
      if output == "-" { return try await self.print(answer, named: entry.name) }
      let path = output.map(self.installation.folders.expand) ?? FileName.safe(entry.file.name)
      try await self.write(answer, to: path)
    }
  }

  /// `iris files rm NAME…`.
  package func remove(_ names: [String]) -> ExitStatus {
    run { provider throws(AskFailure) in
      let list = try await self.files(at: provider)
      let entries = try names.map { name throws(AskFailure) in
        try Self.entry(named: name, in: list, at: provider)
      }
      for entry in entries {
        try await self.asking { () async throws(ChatAPIError) in
          try await self.client.removeFile(entry.file.id, at: provider)
        }
        self.uploads.forget([entry.file.id], on: provider)
      }
    }
  }

  /// `iris files prune`: removes what Iris put there and no conversation names, and prints their names.
  package func prune() -> ExitStatus {
    run { provider throws(AskFailure) in
      try await self.asking { () async throws(ChatAPIError) in
        try await self.uploads.recover(on: provider)
      }
      let records = self.records
      let titles = try await self.titles(using: Set(records.all.map(\.original)))
      try await self.asking { () async throws(ChatAPIError) in
        try await self.uploads.remove(
          records, from: provider, unless: { titles[$0] != nil },
          telling: { StandardOutput.write($0.sanitised + "\n") })
      }
    }
  }
}

// MARK: - What is told

extension FileCalls {
  /// Says that a list is empty, and what puts something there; of the demo inside Iris, that nothing stays.
  func tellEmpty(_ isEmpty: Bool, _ fact: Phrase, _ way: Phrase) {
    guard isEmpty else { return }
    let isDemo = directory.defaultName == ServerDirectory.demoName
    StandardError.say(say("\(fact) \(isDemo ? DemoFiles.phrase : way)"), in: installation.language)
  }

  /// Says of the demo inside Iris that what was put there goes with this call.
  func tellLifetime() {
    guard directory.defaultName == ServerDirectory.demoName else { return }
    StandardError.say(DemoFiles.phrase, in: installation.language)
  }
}

// MARK: - Parts

extension FileCalls {
  /// Puts a file on the server; of one whose answer did not come it is told that it may lie there, of one
  /// that was written to meanwhile that it is a mixture.
  func upload(
    _ file: PictureFile, named name: String, for purpose: ServerFile.Purpose, lifetime: Int?,
    to provider: Provider
  ) async throws(ChatAPIError) -> ServerFile {
    let state = try? FileSystem.status(of: file.path)
    do throws(ChatAPIError) {
      let kept = try await client.upload(
        file, named: name, for: purpose, lifetime: lifetime, to: provider)
      if (try? FileSystem.status(of: file.path)) != state {
        StandardError.say(
          say("\(name) was changed while it was sent: put it there again."),
          in: installation.language)
      }
      return kept
    } catch {
      if let news = error.news(ofUpload: name) {
        StandardError.say(news, in: installation.language)
      }
      throw error
    }
  }

  /// Does `body` with the server in use, and keeps what was learned of it.
  func run(
    _ body: @escaping @Sendable (Provider) async throws(AskFailure) -> Void
  ) -> ExitStatus {
    directory.callBlocking(installation) { () async throws(AskFailure) in
      let provider: Provider
      do {
        provider = try await self.directory.provider(named: self.directory.defaultName)
      } catch {
        let failure = ReplyFailure(error)
        throw AskFailure(failure.kind.status, failure.phrase)
      }
      let result: AskFailure?
      do throws(AskFailure) {
        try await body(provider)
        result = nil
      } catch {
        result = error
      }
      // What was learned of the server holds whatever came of the call.
      if let news = self.client.learnedRules.save(
        to: self.installation.folders, since: self.learned)
      {
        StandardError.say(news, in: self.installation.language)
      }
      try await self.closeStore()
      if let result { throw result }
      return .done
    }
  }

  private func closeStore() async throws(AskFailure) {
    do {
      try await storeHandle.close()
    } catch {
      throw AskFailure(error)
    }
  }

  private func asking<Value: Sendable>(
    _ body: () async throws(ChatAPIError) -> Value
  ) async throws(AskFailure) -> Value {
    try await Self.asking(body) { server in
      say("\(server) keeps no files: pictures and documents go inside the request there.")
    }
  }

  /// Asks a server; `missing` says of a server that it has no such call.
  static func asking<Value: Sendable>(
    _ body: () async throws(ChatAPIError) -> Value, missing: (String) -> Phrase
  ) async throws(AskFailure) -> Value {
    do {
      return try await body()
    } catch  where error.isMissingCall {
      throw AskFailure(.unavailable, missing(error.server))
    } catch {
      throw AskFailure(error)
    }
  }

  private func files(at provider: Provider) async throws(AskFailure) -> ServerFileList {
    let files = try await asking { () async throws(ChatAPIError) in
      try await client.files(at: provider)
    }
    uploads.recover(among: files, on: provider)
    let records = records.all
    var list = ServerFileList(files)
    if !records.isEmpty {
      list.note(try await titles(using: Set(records.map(\.original))), records, at: provider)
    }
    return list
  }

  /// What Iris put on servers; damage is told.
  private var records: UploadRecords {
    let records = UploadRecords(in: installation.folders)
    if let news = records.news { StandardError.say(news, in: installation.language) }
    return records
  }

  private func titles(using blobs: Set<Digest>) async throws(AskFailure) -> [Digest: [String]] {
    guard !blobs.isEmpty else { return [:] }
    do throws(StoreError) {
      return try await storeHandle.open().titles(using: blobs)
    } catch {
      throw AskFailure(error)
    }
  }

  private func entry(
    named name: String, at provider: Provider
  ) async throws(AskFailure) -> ServerFileList.Entry {
    try Self.entry(named: name, in: try await files(at: provider), at: provider)
  }

  private static func entry(
    named name: String, in list: ServerFileList, at provider: Provider
  ) throws(AskFailure) -> ServerFileList.Entry {
    do {
      return try list.entry(named: name, at: provider.name)
    } catch {
      let status: ExitStatus = if case .missing = error { .missingInput } else { .usage }
      throw AskFailure(status, error.phrase())
    }
  }
}

// MARK: - From disk, and to it

extension FileCalls {
  /// A file as it is put on a server, under which name, and what for.
  func file(
    at path: String
  ) throws(AskFailure) -> (PictureFile, name: String, ServerFile.Purpose) {
    let full = installation.folders.expand(path)
    let name = full.split(separator: "/").last.map(String.init) ?? full
    let (head, byteCount) = try head(of: full, path)
    guard byteCount <= Self.byteLimit else {
      throw AskFailure(
        .unusableInput,
        say("\(path) is larger than \(ByteCount(Self.byteLimit)), the most that a server takes."))
    }
    guard Self.isPicture(full, head: head, name: name) else {
      let file = PictureFile(
        path: full, mediaType: "application/octet-stream", byteCount: byteCount)
      return (file, name, .userData)
    }
    return (try picture(at: full, name: name), name, .vision)
  }

  /// Told by the content, so that no metadata leaves under another ending; a drawing of text by its name.
  private static func isPicture(_ path: String, head: [UInt8], name: String) -> Bool {
    if let found = try? PictureContent(path: path).inspect(), found.format != .svg { return true }
    guard case .other = DocumentFinding(head: head, name: name) else { return false }
    return PictureFormat.isNamed(by: name)
  }

  /// The picture as requests would carry it: metadata does not leave.
  private func picture(at path: String, name: String) throws(AskFailure) -> PictureFile {
    let pipeline = ImagePipeline(installation)
    do throws(ImagePipeline.Failure) {
      let reference = try pipeline.keep(fileAt: path, name: name)
      let rules = directory.pictureRules(of: directory.defaultName)
      let part = try pipeline.part(for: reference, model: "", rules: rules)
      if case .picture(let file, _) = part { return file }
      throw ImagePipeline.Failure(phrase: say("\(name) could not be read. Check the file."))
    } catch {
      throw AskFailure(.unusableInput, error.phrase)
    }
  }

  private func head(of full: String, _ path: String) throws(AskFailure) -> ([UInt8], Int) {
    do throws(FileError) {
      var source = try FileSource(full)
      let count = try source.byteCount()
      return (try source.read(upTo: 8192), count)
    } catch {
      throw AskFailure(
        error.isMissing ? .missingInput : .unusableInput,
        say("\(path) cannot be read (\(error.reason)). Check the file."))
    }
  }

  private func write(_ answer: ServerAnswer, to path: String) async throws(AskFailure) {
    var answer = answer
    do {
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      let place = ArrivingFile.Place(folder: folder.isEmpty ? "/" : folder, isOwn: false)
      let file = try ArrivingFile.make(in: [place])
      while let bytes = try await next(&answer) { try file.append(bytes) }
      try FileSystem.renameNew(file.path, to: path)
      StandardOutput.write(path + "\n")
    } catch let failure as AskFailure {
      throw failure
    } catch let error as FileError where error.code == EEXIST {
      throw AskFailure(.cannotWrite, say("\(path) is there already: name another path."))
    } catch {
      let reason = (error as? FileError)?.reason ?? ""
      throw AskFailure(
        .cannotWrite, say("\(path) cannot be written (\(reason)). Name another path."))
    }
  }

  func next(_ answer: inout ServerAnswer) async throws(AskFailure) -> [UInt8]? {
    do {
      return try await answer.next()
    } catch {
      throw AskFailure(.unavailable, error.phrase)
    }
  }
}

/// A file of `iris files list --json`; what the server does not tell is left out.
private struct PrintedFile: Encodable {
  var name: String
  var id: String
  var purpose: String
  var bytes: Int?
  var created: Date?
  var removed: Date?
  var conversations: [String]

  init(_ entry: ServerFileList.Entry) {
    name = entry.name
    id = entry.file.id
    purpose = entry.file.purpose
    bytes = entry.file.byteCount
    created = entry.file.created.map { Date(timeIntervalSince1970: Double($0)) }
    removed = entry.file.expires.map { Date(timeIntervalSince1970: Double($0)) }
    conversations = entry.conversations
  }
}
