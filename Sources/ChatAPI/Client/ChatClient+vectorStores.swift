import JSON
import Secrets

/// A collection of files that a server searches for a model (OpenAI API reference, `VectorStoreObject`).
package struct VectorStore: Equatable, Sendable {
  package var id: String
  package var name: String
  package var byteCount: Int
  package var fileCount: Int
  /// How many of its files are being read, or could not be.
  package var unreadCount: Int
  package var failedCount: Int

  /// Nil where the object has no identifier that may stand in a path.
  init?(_ json: JSONValue) {
    guard let id = json["id"]?.string, id.isPathSegment else { return nil }
    self.id = id
    name = json["name"]?.string ?? ""
    byteCount = json["usage_bytes"]?.count ?? 0
    let counts = json["file_counts"]
    fileCount = counts?["total"]?.count ?? 0
    unreadCount = counts?["in_progress"]?.count ?? 0
    failedCount = counts?["failed"]?.count ?? 0
  }
}

/// The calls about vector stores (OpenAI API reference, vector_stores).
///
/// Each fails as a reply does, and is tried again like one.
extension ChatClient {
  /// The call behind a server's address.
  package static let vectorStoresCall = "/vector_stores"

  /// The vector stores of a server, the newest first; their names without the key.
  package func vectorStores(at provider: Provider) async throws(ChatAPIError) -> [VectorStore] {
    try await list(Self.vectorStoresCall, by: 100, of: provider) { json in
      guard var store = VectorStore(json) else { return nil }
      store.name = provider.redaction.redacting(store.name)
      return (store.id, store)
    }
  }

  /// The vector store as it is now.
  package func vectorStore(
    _ id: String, at provider: Provider
  ) async throws(ChatAPIError) -> VectorStore {
    try Self.store(in: try await json(at: "\(Self.vectorStoresCall)/\(id)", of: provider), provider)
  }

  /// Makes an empty vector store.
  package func makeVectorStore(
    named name: String, at provider: Provider
  ) async throws(ChatAPIError) -> VectorStore {
    let body = RequestBody(json: ["name": .string(name)])
    var call = ServerCall(Self.vectorStoresCall, body)
    call.isRepeated = false
    return try Self.store(in: try await answer(to: call, at: provider), provider)
  }

  /// Has a file of the server read into a vector store, which goes on behind the call.
  package func add(
    file: String, to store: String, at provider: Provider
  ) async throws(ChatAPIError) {
    let body = RequestBody(json: ["file_id": .string(file)])
    let call = ServerCall("\(Self.vectorStoresCall)/\(store)/files", body)
    _ = try await answer(to: call, at: provider)
  }

  /// The identifiers of the files in a vector store.
  package func files(
    ofStore id: String, at provider: Provider
  ) async throws(ChatAPIError) -> [String] {
    try await list("\(Self.vectorStoresCall)/\(id)/files", by: 100, of: provider) { json in
      guard let id = json["id"]?.string, id.isPathSegment else { return nil }
      return (id, id)
    }
  }

  /// Removes a vector store, and leaves its files; one that is not there any more is removed too.
  package func removeVectorStore(
    _ id: String, at provider: Provider
  ) async throws(ChatAPIError) {
    try await remove("\(Self.vectorStoresCall)/\(id)", at: provider)
  }

  private static func store(
    in json: JSONValue, _ provider: Provider
  ) throws(ChatAPIError) -> VectorStore {
    guard let store = VectorStore(json) else { throw ChatAPIError(inside: json, of: provider) }
    return store
  }
}
