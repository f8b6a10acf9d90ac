import ChatAPI
import Configuration
import Conversation
import Files
import FoundationEssentials
import Language

/// Puts files on a server once, and finds them there again by the SHA-256 of their bytes.
///
/// May be used from any task. Two requests that go at once may both put the same file there; each
/// identifier is as good as the other, and both are known until they end.
struct Uploads: Sendable {
  /// How long a server is asked to keep a file, in seconds; what its answer says counts.
  ///
  /// A conversation is mostly over by then, and what goes on puts the file there again.
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
    let records = UploadRecords(in: folders)
    if let known = self.record(of: digest, on: provider, in: records) {
      let upload = UploadedFile(id: known.id, file: file, name: name, detail: detail)
      return Outcome(upload: upload, news: records.news)
    }
    var outcome = try await put(file, name: name, detail: detail, original, digest, on: provider)
    if let damage = records.news {
      outcome.news = outcome.news.map { say("\(damage) \($0)") } ?? damage
    }
    return outcome
  }

  /// The file where the server has it already; nil where it would have to be put there.
  func held(
    _ file: PictureFile, name: String, detail: Detail?, on provider: Provider
  ) -> UploadedFile? {
    guard client.keepsFiles(at: provider), let digest = Self.digest(of: file),
      let known = record(of: digest, on: provider, in: UploadRecords(in: folders))
    else { return nil }
    return UploadedFile(id: known.id, file: file, name: name, detail: detail)
  }

  private func record(
    of digest: Digest, on provider: Provider, in records: UploadRecords
  ) -> UploadRecord? {
    records.all.first { record in
      record.digest == digest && record.lies(on: provider)
        && record.lasts(until: now + Self.margin)
    }
  }

  private func put(
    _ file: PictureFile, name: String, detail: Detail?, _ original: Digest, _ digest: Digest,
    on provider: Provider
  ) async throws(ChatAPIError) -> Outcome {
    var record = UploadRecord(
      server: provider.plainAddress, project: provider.project, id: "",
      name: name, byteCount: file.byteCount, digest: digest, original: original)
    let intent = UploadIntent(record: record, begun: now)
    UploadIntents.begin(intent, in: folders)
    let placed: ServerFile
    do throws(ChatAPIError) {
      placed = try await client.upload(
        file, named: name, for: detail == nil ? .userData : .vision, lifetime: Self.lifetime,
        to: provider)
    } catch {
      // What may lie there is looked for when files are listed.
      if error.news(ofUpload: name) == nil { UploadIntents.end(intent, in: folders) }
      return try refused(name, error, by: provider)
    }
    defer { UploadIntents.end(intent, in: folders) }
    record.id = placed.id
    // A time that is over says nothing of a file that has just come.
    record.expires = placed.expires.flatMap { $0 > now ? $0 : nil }
    return Outcome(
      upload: UploadedFile(id: placed.id, file: file, name: name, detail: detail),
      news: keep(record, on: provider))
  }

  /// The identifiers of what Iris put on the server of these bytes.
  func known(_ file: PictureFile, on provider: Provider) -> [String] {
    guard let digest = Self.digest(of: file) else { return [] }
    return UploadRecords(in: folders).all.filter { $0.digest == digest && $0.lies(on: provider) }
      .map(\.id)
  }

  /// Keeps that a file was put on the server for a library; what is to be told where that cannot be.
  func keep(
    _ placed: ServerFile, of file: PictureFile, inLibrary library: String, on provider: Provider
  ) -> Phrase? {
    guard let digest = Self.digest(of: file) else { return nil }
    let record = UploadRecord(
      server: provider.plainAddress, project: provider.project, id: placed.id, name: placed.name,
      byteCount: file.byteCount, digest: digest, original: digest, library: library)
    return failure(toAdd: record).map { error in
      say(
        "The next call puts \(placed.name) there again: \(error.path) cannot be written (\(error.reason))."
      )
    }
  }

  /// Records what of a server's files was put there by a program that ended before its answer came.
  func recover(among files: [ServerFile], on provider: Provider) {
    guard UploadIntents.areOpen(on: provider, in: folders) else { return }
    let found = UploadIntents.found(
      among: files, on: provider, in: folders, known: UploadRecords(in: folders), now: now)
    for record in found { _ = failure(toAdd: record) }
  }

  /// So it does with what the server lists, where anything is missed.
  func recover(on provider: Provider) async throws(ChatAPIError) {
    guard UploadIntents.areOpen(on: provider, in: folders) else { return }
    recover(among: try await client.files(at: provider), on: provider)
  }

  /// Forgets files that the server has no longer.
  func forget(_ ids: [String], on provider: Provider) {
    // What stays in the list is found out again.
    try? UploadRecords.update(in: folders, now: now) { records in
      records.removeAll { ids.contains($0.id) && $0.lies(on: provider) }
    }
  }

  /// Removes the files from the server that nothing names, as `isNamed` says of the kept file of each, and
  /// that no library has; tells the name of each.
  func remove(
    _ records: UploadRecords, from provider: Provider, unless isNamed: (Digest) -> Bool,
    telling removed: (String) -> Void
  ) async throws(ChatAPIError) {
    let own = records.all.filter { $0.lies(on: provider) }
    var held: Set<String> = []
    for library in Set(own.compactMap(\.library)) {
      let mine = own.filter { $0.library == library }.map(\.id)
      // Of a library that cannot be asked for all stay.
      held.formUnion((try? await files(in: library, on: provider)) ?? mine)
    }
    for record in own where !held.contains(record.id) && !isNamed(record.original) {
      try await client.removeFile(record.id, at: provider)
      forget([record.id], on: provider)
      removed(record.name)
    }
  }

  // MARK: - Parts

  /// The identifiers of the files in a library; none where it is gone.
  private func files(
    in library: String, on provider: Provider
  ) async throws(ChatAPIError) -> [String] {
    do throws(ChatAPIError) {
      return try await client.files(ofStore: library, at: provider)
    } catch {
      guard error.status != 404 else { return [] }
      throw error
    }
  }

  private var now: Int64 { SystemClock.timestamp().milliseconds / 1000 }

  /// Nil where the file cannot be read: the request says so.
  private static func digest(of file: PictureFile) -> Digest? {
    (try? SHA256.digest(ofFileAt: file.path)).map(Digest.init(bytes:))
  }

  private func refused(
    _ name: String, _ error: ChatAPIError, by provider: Provider
  ) throws(ChatAPIError) -> Outcome {
    switch error.kind {
    // An answer that is no JSON, or none of a file, says no more than a refusal.
    case .answer where !error.isAboutKey, .reply: break
    default: throw error
    }
    guard !error.isMissingCall else {
      return Outcome(
        news: say("\(provider.name) keeps no files: they are sent inside the request."))
    }
    return Outcome(
      news: say("\(name) is sent inside the request, since it was not kept: \(error.phrase)"))
  }

  /// That a file lies on a server, and for how long, as far as its answer said.
  private func told(of record: UploadRecord, on provider: Provider) -> Phrase {
    let size = ByteCount(record.byteCount)
    guard let expires = record.expires else {
      return say(
        "\(record.name) (\(size)) is put on \(provider.name), which says no day on which it goes: iris files prune removes it."
      )
    }
    // Clocks differ.
    guard abs(expires - now - Int64(Self.lifetime)) > 3600 else {
      return say(
        "\(record.name) (\(size)) is put on \(provider.name), which removes it after a day.")
    }
    return say(
      "\(record.name) (\(size)) is put on \(provider.name), which removes it on \(expires.day).")
  }

  private func keep(_ record: UploadRecord, on provider: Provider) -> Phrase {
    let told = told(of: record, on: provider)
    guard let error = failure(toAdd: record) else { return told }
    return say(
      "\(told) The next request puts it there again: \(error.path) cannot be written (\(error.reason))."
    )
  }

  /// Adds a record to those that are kept; why it cannot be, else nil.
  private func failure(toAdd record: UploadRecord) -> FileError? {
    do throws(FileError) {
      try UploadRecords.update(in: folders, now: now) { records in
        // A list of the server's files may have found it first.
        if !records.contains(where: { $0.id == record.id && $0.server == record.server }) {
          records.append(record)
        }
      }
      return nil
    } catch {
      return error
    }
  }
}

extension Int64 {
  /// Seconds since 1970 as a day in UTC, like `2026-12-01`.
  var day: String {
    Date(timeIntervalSince1970: Double(self)).formatted(.iso8601.year().month().day())
  }
}

extension ChatAPIError {
  /// What is to be told of a file whose upload failed so, or was stopped with the task that asks; nil where
  /// it did not come to the server.
  func news(ofUpload name: String) -> Phrase? {
    guard mayHaveArrived || Task.isCancelled else { return nil }
    return say("\(name) may lie on \(server) all the same: iris files lists what does.")
  }
}
