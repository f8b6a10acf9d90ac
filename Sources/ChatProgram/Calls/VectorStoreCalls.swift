import ChatAPI
import ChatEngine
import Configuration
import Conversation
import Files
import FoundationEssentials
import Language

/// The calls about libraries, which are vector stores on a server: `library list|add|rm`.
package struct VectorStoreCalls: Sendable {
  /// How long a server is waited for that reads new files.
  private static let patience = Duration.seconds(300)

  private let installation: Installation
  private let files: FileCalls

  package init(_ installation: Installation) {
    self.installation = installation
    files = FileCalls(installation)
  }

  /// `iris library [list]`: the newest first.
  package func list(asJSON: Bool) -> ExitStatus {
    files.run { provider throws(AskFailure) in
      let stores = try await self.stores(at: provider)
      if asJSON { return CallOutput.write(json: stores.map(PrintedLibrary.init)) }
      CallOutput.write(
        head: [say("library"), say("files"), say("size")], in: self.installation.language,
        stores.map { [$0.name, "\($0.fileCount)", "\(ByteCount($0.byteCount))"] })
      self.files.tellEmpty(
        stores.isEmpty,
        say("There are no libraries on \(provider.name)."),
        say("iris library add NAME FILE makes one."))
    }
  }

  /// `iris library add NAME FILE…`: puts files into a library, which is made where there is none of that
  /// name, and waits until the server has read them.
  ///
  /// What is in it already is left as it is, so that a call that was stopped goes on where it was.
  package func add(_ paths: [String], to name: String) -> ExitStatus {
    files.run { provider throws(AskFailure) in
      let sources = try paths.map { path throws(AskFailure) in try self.files.file(at: path) }
      let store = try await self.storeToFill(name, at: provider)
      var count = 0
      do throws(AskFailure) {
        let held = try await self.fileIDs(of: store, at: provider)
        for (file, fileName, _) in sources {
          try await self.put(file, named: fileName, into: store, holding: held, at: provider)
          count += 1
        }
      } catch {
        self.tell(
          say("\(count) of \(sources.count, .files) are in \(name): the same call again goes on."))
        throw error
      }
      try await self.waitUntilRead(store, at: provider)
      self.files.tellLifetime()
    }
  }

  /// `iris library rm NAME`: removes the files in a library, and then the library, which names them.
  ///
  /// Where some are not removed the library stays, so that the same call goes on.
  package func remove(_ name: String) -> ExitStatus {
    files.run { provider throws(AskFailure) in
      let stores = try await self.stores(at: provider)
      let store = try Self.library(named: name, in: stores, at: provider)
      let ids = try await self.fileIDs(of: store, at: provider)
      var (count, failure): (Int, ChatAPIError?) = (0, nil)
      for id in ids {
        do throws(ChatAPIError) {
          try await self.files.client.removeFile(id, at: provider)
          self.files.uploads.forget([id], on: provider)
          count += 1
        } catch {
          failure = failure ?? error
          // What is wrong with one file need not be wrong with the next.
          guard case .answer = error.kind, !error.isAboutKey else { break }
        }
      }
      if let failure {
        self.tell(
          say(
            "\(count) of \(ids.count, .files) of \(name) are removed: iris library rm \(name) goes on."
          ))
        throw AskFailure(failure)
      }
      try await self.asking { () async throws(ChatAPIError) in
        try await self.files.client.removeVectorStore(store.id, at: provider)
      }
    }
  }

  // MARK: - Parts

  private func tell(_ phrase: Phrase) { StandardError.say(phrase, in: installation.language) }

  private static func library(
    named name: String, in stores: [VectorStore], at provider: Provider
  ) throws(AskFailure) -> VectorStore {
    do throws(LibraryFault) {
      return try stores.library(named: name, at: provider)
    } catch {
      throw AskFailure(error.status, error.phrase)
    }
  }

  private func storeToFill(
    _ name: String, at provider: Provider
  ) async throws(AskFailure) -> VectorStore {
    let known = try await stores(at: provider)
    guard !known.contains(where: { $0.name == name || $0.id == name }) else {
      return try Self.library(named: name, in: known, at: provider)
    }
    return try await asking { () async throws(ChatAPIError) in
      try await files.client.makeVectorStore(named: name, at: provider)
    }
  }

  private func fileIDs(
    of store: VectorStore, at provider: Provider
  ) async throws(AskFailure) -> [String] {
    try await asking { () async throws(ChatAPIError) in
      try await files.client.files(ofStore: store.id, at: provider)
    }
  }

  /// Puts a file into a library, unless it is one of those that it holds; one that an earlier call put on the
  /// server, and did not come to put into the library, is not sent again.
  private func put(
    _ file: PictureFile, named name: String, into store: VectorStore, holding held: [String],
    at provider: Provider
  ) async throws(AskFailure) {
    let known = files.uploads.known(file, on: provider)
    guard !known.contains(where: held.contains) else {
      return tell(say("\(name) is in \(store.name) already."))
    }
    for id in known {
      do throws(ChatAPIError) {
        return try await files.client.add(file: id, to: store.id, at: provider)
      } catch {
        guard case .answer = error.kind, !error.isAboutKey else {
          throw AskFailure(error)
        }
        // It is gone, or no file for a library.
        files.uploads.forget([id], on: provider)
      }
    }
    let kept = try await asking { () async throws(ChatAPIError) in
      try await files.upload(
        file, named: name, for: .userData, lifetime: nil, to: provider)
    }
    if let news = files.uploads.keep(kept, of: file, inLibrary: store.id, on: provider) {
      tell(news)
    }
    try await asking { () async throws(ChatAPIError) in
      try await files.client.add(file: kept.id, to: store.id, at: provider)
    }
  }

  private func stores(at provider: Provider) async throws(AskFailure) -> [VectorStore] {
    try await asking { () async throws(ChatAPIError) in
      try await files.client.vectorStores(at: provider)
    }
  }

  private func asking<Value: Sendable>(
    _ body: () async throws(ChatAPIError) -> Value
  ) async throws(AskFailure) -> Value {
    try await FileCalls.asking(body, missing: Self.noLibraries)
  }

  /// What is said of a server that has no such call.
  static func noLibraries(_ server: String) -> Phrase {
    say("\(server) has no libraries: iris embed --index makes one on this machine.")
  }

  /// Waits for the server, which reads files behind the call; what it could not read is told.
  private func waitUntilRead(
    _ store: VectorStore, at provider: Provider
  ) async throws(AskFailure) {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      let now = try await asking { () async throws(ChatAPIError) in
        try await files.client.vectorStore(store.id, at: provider)
      }
      if now.failedCount > 0 {
        throw AskFailure(
          .unusableInput,
          say("\(provider.name) could not read \(now.failedCount, .files) of \(store.name)."))
      }
      guard now.unreadCount > 0 else { return }
      guard ContinuousClock.now < deadline else {
        throw AskFailure(
          .unavailable,
          say("\(provider.name) still reads \(now.unreadCount, .files) of \(store.name): wait."))
      }
      do { try await Task.sleep(for: .seconds(1)) } catch {
        throw AskFailure(.interrupted, say("The request was stopped."))
      }
    }
  }
}

/// A library of `iris library list --json`.
private struct PrintedLibrary: Encodable {
  var name: String
  var id: String
  var files: Int
  var bytes: Int

  init(_ store: VectorStore) {
    name = store.name
    id = store.id
    files = store.fileCount
    bytes = store.byteCount
  }
}
