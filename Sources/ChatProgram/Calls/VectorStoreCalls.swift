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
        head: ["library", "files", "size"],
        stores.map { [$0.name, "\($0.fileCount)", "\(ByteCount($0.byteCount))"] })
    }
  }

  /// `iris library add NAME FILE…`: puts files into a library, which is made where there is none of that
  /// name, and waits until the server has read them.
  package func add(_ paths: [String], to name: String) -> ExitStatus {
    files.run { provider throws(AskFailure) in
      let sources = try paths.map { path throws(AskFailure) in try self.files.file(at: path) }
      let store = try await self.asking { () async throws(ChatAPIError) in
        let known = try await self.files.client.vectorStores(at: provider)
        if let store = known.first(where: { $0.name == name }) { return store }
        return try await self.files.client.makeVectorStore(named: name, at: provider)
      }
      for (file, fileName, _) in sources {
        try await self.asking { () async throws(ChatAPIError) in
          let kept = try await self.files.client.upload(
            file, named: fileName, for: .userData, lifetime: nil, to: provider)
          try await self.files.client.add(file: kept.id, to: store.id, at: provider)
        }
      }
      try await self.waitUntilRead(store, at: provider)
    }
  }

  /// `iris library rm NAME`: removes a library and the files in it.
  package func remove(_ name: String) -> ExitStatus {
    files.run { provider throws(AskFailure) in
      guard let store = try await self.stores(at: provider).first(where: { $0.name == name }) else {
        throw AskFailure(.missingInput, MissingLibrary(name: name, server: provider.name).phrase)
      }
      try await self.asking { () async throws(ChatAPIError) in
        let client = self.files.client
        let ids = try await client.files(ofStore: store.id, at: provider)
        try await client.removeVectorStore(store.id, at: provider)
        for id in ids { try await client.removeFile(id, at: provider) }
      }
    }
  }

  // MARK: - Parts

  private func stores(at provider: Provider) async throws(AskFailure) -> [VectorStore] {
    try await asking { () async throws(ChatAPIError) in
      try await files.client.vectorStores(at: provider)
    }
  }

  private func asking<Value: Sendable>(
    _ body: () async throws(ChatAPIError) -> Value
  ) async throws(AskFailure) -> Value {
    try await FileCalls.asking(body) { server in
      say("\(server) has no libraries: iris embed --index makes one on this machine.")
    }
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

/// A library that is named and not there.
struct MissingLibrary: Error, Equatable {
  let name: String
  let server: String

  /// What is wrong, and what to do.
  var phrase: Phrase {
    say(
      "There is no library \(name) on \(server). iris library lists those there are, iris library add makes one."
    )
  }
}

extension ChatClient {
  /// The identifiers of the vector stores of these names.
  func vectorStores(named names: [String], at provider: Provider) async throws -> [String] {
    guard !names.isEmpty else { return [] }
    let known = try await vectorStores(at: provider)
    return try names.map { name in
      guard let store = known.first(where: { $0.name == name || $0.id == name }) else {
        throw MissingLibrary(name: name, server: provider.name)
      }
      return store.id
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
