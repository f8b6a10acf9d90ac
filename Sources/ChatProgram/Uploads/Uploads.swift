import ChatAPI
import Configuration
import Conversation
import Files
import Language

/// Puts files on a server once, and finds them there again by the SHA-256 of their bytes.
///
/// May be used from any task. Two requests that go at once may both put the same file there; each
/// identifier is as good as the other, and both end after a day.
struct Uploads: Sendable {
  /// How long a server keeps a file, in seconds: a conversation is mostly over by then, and what goes on
  /// puts the file there again.
  static let lifetime = 86_400
  /// A file that the server removes within so many seconds is put there anew.
  private static let margin: Int64 = 600

  let client: ChatClient
  let folders: Folders

  /// A file that a server holds, and what is to be told of it.
  struct Outcome {
    /// Nil where it goes inside the request.
    var upload: UploadedFile?
    var news: Phrase?
  }

  /// The file on the server, which is put there where it is not yet; `original` is the kept file that
  /// messages name.
  ///
  /// A server that keeps no files, or not this one, gets it inside the request.
  ///
  /// - Throws: what broke the connection, and what refused the key.
  func place(
    _ file: PictureFile, name: String, detail: Detail?, original: Digest, on provider: Provider
  ) async throws(ChatAPIError) -> Outcome {
    guard client.keepsFiles(at: provider), let digest = Self.digest(of: file) else {
      return Outcome()
    }
    let known = UploadRecords(in: folders).all.first { record in
      record.digest == digest && record.lies(on: provider) && record.expires > now + Self.margin
    }
    if let known {
      return Outcome(upload: UploadedFile(id: known.id, file: file, name: name, detail: detail))
    }
    let placed: ServerFile
    do throws(ChatAPIError) {
      placed = try await client.upload(
        file, named: name, for: detail == nil ? .userData : .vision, lifetime: Self.lifetime,
        to: provider)
    } catch {
      return try refused(name, error, by: provider)
    }
    let record = UploadRecord(
      server: provider.plainAddress, project: provider.project, id: placed.id,
      name: name, byteCount: file.byteCount, digest: digest, original: original,
      expires: placed.expires ?? now + Int64(Self.lifetime))
    return Outcome(
      upload: UploadedFile(id: placed.id, file: file, name: name, detail: detail),
      news: keep(record, on: provider))
  }

  /// Forgets files that the server has no longer.
  func forget(_ ids: [String], on provider: Provider) {
    // What stays in the list is found out again.
    try? UploadRecords.update(in: folders, now: now) { records in
      records.removeAll { ids.contains($0.id) && $0.lies(on: provider) }
    }
  }

  /// Removes the files from the server that nothing names, as `isNamed` says of the kept file of each;
  /// their names.
  func remove(
    from provider: Provider, unless isNamed: (Digest) -> Bool
  ) async throws(ChatAPIError) -> [String] {
    let idle = UploadRecords(in: folders).all.filter {
      $0.lies(on: provider) && !isNamed($0.original)
    }
    var names: [String] = []
    for record in idle {
      try await client.removeFile(record.id, at: provider)
      forget([record.id], on: provider)
      names.append(record.name)
    }
    return names
  }

  // MARK: - Parts

  private var now: Int64 { SystemClock.timestamp().milliseconds / 1000 }

  /// Nil where the file cannot be read: the request says so.
  private static func digest(of file: PictureFile) -> Digest? {
    (try? SHA256.digest(ofFileAt: file.path)).map(Digest.init(bytes:))
  }

  private func refused(
    _ name: String, _ error: ChatAPIError, by provider: Provider
  ) throws(ChatAPIError) -> Outcome {
    guard case .answer = error.kind, !error.isAboutKey else { throw error }
    guard !error.isMissingCall else {
      return Outcome(
        news: say("\(provider.name) keeps no files: they are sent inside the request."))
    }
    return Outcome(
      news: say("\(name) is sent inside the request, since it was not kept: \(error.phrase)"))
  }

  private func keep(_ record: UploadRecord, on provider: Provider) -> Phrase {
    let told = say(
      "\(record.name) (\(ByteCount(record.byteCount))) is put on \(provider.name), which removes it after a day."
    )
    do throws(FileError) {
      try UploadRecords.update(in: folders, now: now) { $0.append(record) }
      return told
    } catch {
      return say(
        "\(told) The next request puts it there again: \(error.path) cannot be written (\(error.reason))."
      )
    }
  }
}
