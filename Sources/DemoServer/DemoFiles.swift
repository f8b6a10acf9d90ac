import JSON
import Synchronization

/// The files that the demo keeps, and its vector stores of them (OpenAI API reference, files,
/// vector_stores), in memory and for as long as it runs.
///
/// Of more than 128 MiB together the oldest go first.
final class DemoFiles: Sendable {
  private static let byteLimit = 128 << 20

  struct File: Sendable {
    let id: String
    let name: String
    let purpose: String
    let created: Int64
    let lifetime: Int64?
    let bytes: [UInt8]
  }

  struct VectorStore: Sendable {
    let id: String
    let name: String
    let created: Int64
    var files: [String]
  }

  private struct Kept {
    var files: [File] = []
    var stores: [VectorStore] = []
    var count = 0
  }

  private let kept = Mutex(Kept())

  /// The file of that identifier.
  func file(_ id: String) throws(WireFault) -> File {
    guard let file = kept.withLock({ $0.files.first { $0.id == id } }) else {
      throw .noFile(id)
    }
    return file
  }

  func vectorStore(_ id: String) throws(WireFault) -> VectorStore {
    guard let store = kept.withLock({ $0.stores.first { $0.id == id } }) else {
      throw .noVectorStore(id)
    }
    return store
  }

  /// The files of a vector store that are still there.
  func files(of store: VectorStore) -> [File] {
    kept.withLock { kept in kept.files.filter { store.files.contains($0.id) } }
  }
}

// MARK: - Files

extension DemoFiles {
  /// `POST /files`.
  func add(_ form: FormData, now: Int64) throws(WireFault) -> JSONValue {
    guard let purpose = form["purpose"] else { throw .missing("purpose") }
    let purposes = ["assistants", "batch", "fine-tune", "vision", "user_data", "evals"]
    guard purposes.contains(purpose) else {
      throw .badValue("purpose", purpose, supported: purposes)
    }
    guard let file = form.fields.first(where: { $0.name == "file" }), let name = file.fileName
    else { throw .missing("file") }
    let lifetime = form["expires_after[seconds]"].flatMap { Int64($0) }
    if let lifetime, !(3_600...2_592_000).contains(lifetime) {
      throw .invalid("expires_after[seconds]", "Expected a number from 3600 to 2592000.")
    }
    return kept.withLock { kept in
      kept.count += 1
      let new = File(
        id: "file-demo\(kept.count)", name: name, purpose: purpose, created: now,
        lifetime: lifetime, bytes: Array(file.bytes))
      kept.files.append(new)
      while kept.files.count > 1,
        kept.files.reduce(0, { $0 + $1.bytes.count }) > Self.byteLimit
      {
        kept.files.removeFirst()
      }
      return new.json
    }
  }

  /// `GET /files`: the newest first, `limit` of them behind the one that `after` names.
  func list(after: String?, limit: Int) -> JSONValue {
    let all = kept.withLock { Array($0.files.reversed()) }
    let start = all.firstIndex { $0.id == after }.map { $0 + 1 } ?? 0
    let page = all[start...].prefix(max(1, limit))
    return [
      "object": "list", "data": .array(page.map(\.json)),
      "has_more": .bool(page.endIndex < all.endIndex),
    ]
  }

  /// `GET /files/{id}/content`: as at OpenAI, what users gave for models to read does not come back.
  func contents(of id: String) throws(WireFault) -> File {
    let file = try file(id)
    guard file.purpose != "user_data" else {
      throw .invalid("id", "Not allowed to download files of purpose: user_data")
    }
    return file
  }

  /// `DELETE /files/{id}`.
  func remove(_ id: String) throws(WireFault) -> JSONValue {
    _ = try file(id)
    kept.withLock { kept in kept.files.removeAll { $0.id == id } }
    return ["id": .string(id), "object": "file", "deleted": true]
  }
}

// MARK: - Vector stores

extension DemoFiles {
  /// `POST /vector_stores`.
  func addStore(_ json: JSONValue, now: Int64) throws(WireFault) -> JSONValue {
    let ids = (json["file_ids"]?.elements ?? []).compactMap(\.string)
    for id in ids { _ = try file(id) }
    let store = kept.withLock { kept in
      kept.count += 1
      let store = VectorStore(
        id: "vs_demo\(kept.count)", name: json["name"]?.string ?? "", created: now, files: ids)
      kept.stores.append(store)
      return store
    }
    return self.json(of: store)
  }

  /// `GET /vector_stores`: the newest first.
  var stores: JSONValue {
    let stores = kept.withLock { Array($0.stores.reversed()) }
    return ["object": "list", "data": .array(stores.map { json(of: $0) }), "has_more": false]
  }

  /// `POST /vector_stores/{id}/files`.
  func add(_ json: JSONValue, to id: String) throws(WireFault) -> JSONValue {
    guard let fileID = json["file_id"]?.string else { throw .missing("file_id") }
    let file = try file(fileID)
    _ = try vectorStore(id)
    kept.withLock { kept in
      for index in kept.stores.indices where kept.stores[index].id == id {
        if !kept.stores[index].files.contains(file.id) { kept.stores[index].files.append(file.id) }
      }
    }
    return ["id": .string(file.id), "object": "vector_store.file", "status": "completed"]
  }

  /// `GET /vector_stores/{id}/files`.
  func list(ofStore id: String) throws(WireFault) -> JSONValue {
    let files = files(of: try vectorStore(id)).map { file -> JSONValue in
      ["id": .string(file.id), "object": "vector_store.file", "status": "completed"]
    }
    return ["object": "list", "data": .array(files), "has_more": false]
  }

  /// `DELETE /vector_stores/{id}`.
  func removeStore(_ id: String) throws(WireFault) -> JSONValue {
    _ = try vectorStore(id)
    kept.withLock { kept in kept.stores.removeAll { $0.id == id } }
    return ["id": .string(id), "object": "vector_store.deleted", "deleted": true]
  }

  func json(of store: VectorStore) -> JSONValue {
    let files = files(of: store)
    let count = JSONValue(files.count)
    return [
      "id": .string(store.id), "object": "vector_store", "name": .string(store.name),
      "created_at": JSONValue(store.created), "status": "completed",
      "usage_bytes": JSONValue(files.reduce(0) { $0 + $1.bytes.count }),
      "file_counts": [
        "in_progress": 0, "completed": count, "failed": 0, "cancelled": 0, "total": count,
      ],
    ]
  }
}

extension DemoFiles.File {
  var json: JSONValue {
    [
      "id": .string(id), "object": "file", "bytes": JSONValue(bytes.count),
      "created_at": JSONValue(created),
      "expires_at": lifetime.map { JSONValue(created + $0) } ?? .null, "filename": .string(name),
      "purpose": .string(purpose), "status": "processed",
    ]
  }
}

extension WireFault {
  static func noFile(_ id: String) -> WireFault {
    WireFault(status: 404, message: "No such File object: \(id)", param: "id")
  }

  static func noVectorStore(_ id: String) -> WireFault {
    WireFault(status: 404, message: "Vector store with id ['\(id)'] not found.")
  }
}
