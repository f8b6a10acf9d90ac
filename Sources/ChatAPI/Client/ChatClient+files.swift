import JSON

/// The calls about files on a server (OpenAI API reference, files, containers/files).
///
/// Each fails as a reply does, and is tried again like one; a server without `/files` is an error whose
/// ``ChatAPIError/isMissingCall`` says so.
extension ChatClient {
  /// The call behind a server's address.
  package static let filesCall = "/files"

  /// The most entries of a list that are read.
  private static let listLimit = 100_000

  /// Whether a server may keep files: it was not yet seen to have no such call.
  package func keepsFiles(at provider: Provider) -> Bool {
    !learnedRules.adaptations(for: "", at: provider).contains(.missingCall(Self.filesCall))
  }

  /// Puts a file on a server, streamed from disk, for `lifetime` seconds (3,600 to 2,592,000), or until it
  /// is removed where nil.
  package func upload(
    _ file: PictureFile, named name: String, for purpose: ServerFile.Purpose, lifetime: Int?,
    to provider: Provider
  ) async throws(ChatAPIError) -> ServerFile {
    var form = MultipartBody()
    form.append("purpose", purpose.rawValue)
    if let lifetime {
      form.append("expires_after[anchor]", "created_at")
      form.append("expires_after[seconds]", "\(lifetime)")
    }
    form.append("file", file: file, named: name)
    let contentType = form.contentType
    var call = ServerCall(Self.filesCall, form.body(), contentType: contentType)
    call.byteLimit = 1 << 20
    call.isRepeated = false
    do throws(ChatAPIError) {
      return try ServerFile.only(in: try await answer(to: call, at: provider), of: provider)
    } catch {
      if error.isMissingCall { learn(.missingCall(Self.filesCall), for: "", at: provider) }
      // Servers that keep files for good know no such member.
      let words = "\(error.message ?? "") \(error.parameter ?? "")"
      guard lifetime != nil, error.status.map({ [400, 422].contains($0) }) == true,
        words.contains("expires_after")
      else { throw error }
      return try await upload(file, named: name, for: purpose, lifetime: nil, to: provider)
    }
  }

  /// The files of a server, the newest first; their names without the key.
  package func files(at provider: Provider) async throws(ChatAPIError) -> [ServerFile] {
    try await list(Self.filesCall, by: 1000, of: provider) { json in
      ServerFile(json, hiding: provider.redaction).map { ($0.id, $0) }
    }
  }

  /// What a call lists, page by page, each entry once; what `read` does not take is left out.
  ///
  /// Fails where the answer is no list, goes on for more than 100,000 entries, or brings nothing new and
  /// says that there is more.
  func list<Item>(
    _ call: String, by pageSize: Int, of provider: Provider,
    _ read: (JSONValue) -> (id: String, item: Item)?
  ) async throws(ChatAPIError) -> [Item] {
    var items: [Item] = []
    var known: Set<String> = []
    var query = "?limit=\(pageSize)"
    while true {
      let page = try await json(at: call + query, of: provider)
      guard let entries = page["data"]?.elements else {
        throw ChatAPIError(inside: page, of: provider)
      }
      let found = entries.compactMap(read).filter { known.insert($0.id).inserted }
      items += found.map(\.item)
      guard page["has_more"]?.bool == true else { return items }
      guard let last = found.last, items.count < Self.listLimit else {
        throw ChatAPIError(.reply(.malformed), server: provider.name)
      }
      query = "?limit=\(pageSize)&after=" + last.id
    }
  }

  /// Removes a file; one that is not there any more is removed too.
  package func removeFile(_ id: String, at provider: Provider) async throws(ChatAPIError) {
    try await remove(Self.filesCall + "/" + id, at: provider)
  }

  /// Removes what a call names; what is not there any more is removed too.
  func remove(_ call: String, at provider: Provider) async throws(ChatAPIError) {
    do throws(ChatAPIError) {
      _ = try await answer(to: ServerCall(.delete, call), at: provider)
    } catch {
      guard error.status != 404 else { return }
      throw error
    }
  }

  /// A file's bytes, given as they come.
  package func contents(
    of id: String, at provider: Provider
  ) async throws(ChatAPIError) -> ServerAnswer {
    var call = ServerCall(.get, "\(Self.filesCall)/\(id)/content")
    call.accept = "*/*"
    return try await open(call, at: provider)
  }

  /// The bytes of a file that a server keeps, at a call like `/containers/C/files/F/content`; fails where
  /// there are more than `byteLimit`.
  package func file(
    at call: String, of provider: Provider, byteLimit: Int
  ) async throws(ChatAPIError) -> [UInt8] {
    var call = ServerCall(.get, call)
    call.accept = "*/*"
    call.byteLimit = byteLimit
    return try await open(call, at: provider).bytes()
  }

  /// The JSON that a call answers with.
  func json(at path: String, of provider: Provider) async throws(ChatAPIError) -> JSONValue {
    var call = ServerCall(.get, path)
    call.byteLimit = 32 << 20
    return try await answer(to: call, at: provider)
  }

  /// The JSON that a call answers with; null where there is nothing.
  func answer(
    to call: ServerCall, at provider: Provider
  ) async throws(ChatAPIError) -> JSONValue {
    let bytes = try await open(call, at: provider).bytes()
    guard !bytes.isEmpty else { return .null }
    guard let json = JSONValue(parsing: bytes) else {
      throw ChatAPIError(.reply(.malformed), server: provider.name)
    }
    // Some servers say with 200 that something was not done.
    guard json["error"] == nil, json["deleted"]?.bool != false else {
      throw ChatAPIError(inside: json, of: provider)
    }
    return json
  }
}

extension ServerFile {
  /// The file that an answer is about.
  fileprivate static func only(
    in json: JSONValue, of provider: Provider
  ) throws(ChatAPIError) -> ServerFile {
    guard let file = ServerFile(json, hiding: provider.redaction) else {
      throw ChatAPIError(inside: json, of: provider)
    }
    return file
  }
}
