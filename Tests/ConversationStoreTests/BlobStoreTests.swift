import Conversation
import ConversationStore
import Foundation
import SampleValues
import Testing

@Suite struct BlobStoreTests {
  let digest = Digest.of1234

  @Test func `A picture is kept once, its owner's alone, under its digest`() async throws {
    try await withStoreFolder { folder in
      let blobs = BlobStore(folder: folder)
      try blobs.keep([1, 2, 3, 4], as: digest)
      #expect(blobs.path(of: digest) == folder + "/9f/\(digest.rawValue)")
      #expect(
        try Data(contentsOf: URL(filePath: folder + "/9f/\(digest.rawValue)"))
          == Data([1, 2, 3, 4]))
      #expect(try permissions(folder + "/9f/\(digest.rawValue)") == 0o600)
      #expect(try permissions(folder + "/9f") == 0o700)
      try blobs.keep([1, 2, 3, 4], as: digest)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder + "/9f") == [digest.rawValue])
      try blobs.verify(digest)
    }
  }

  @Test func `A file is copied whole`() async throws {
    try await withStoreFolder { folder in
      let bytes = Data((0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 13) })
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try bytes.write(to: URL(filePath: folder + "/original"))
      let blobs = BlobStore(folder: folder + "/pictures")
      try blobs.keep(fileAt: folder + "/original", as: .sample("ab34"))
      #expect(try Data(contentsOf: URL(filePath: blobs.path(of: .sample("ab34")))) == bytes)
    }
  }

  @Test func `A missing or damaged picture is told, and kept anew`() async throws {
    try await withStoreFolder { folder in
      let blobs = BlobStore(folder: folder)
      let path = blobs.path(of: digest)
      #expect(throws: StoreError.pictureDamaged(path: path, isMissing: true)) {
        try blobs.verify(digest)
      }
      try blobs.keep([1, 2, 3, 4], as: digest)
      for damaged in [[1], [1, 2, 3, 5], [1, 2, 3, 4, 5], []] as [[UInt8]] {
        try Data(damaged).write(to: URL(filePath: path))
        #expect(throws: StoreError.pictureDamaged(path: path, isMissing: false)) {
          try blobs.verify(digest)
        }
        try blobs.keep([1, 2, 3, 4], as: digest)
        try blobs.verify(digest)
      }
    }
  }

  @Test func `A file that is not there cannot be kept`() async throws {
    try await withStoreFolder { folder in
      let blobs = BlobStore(folder: folder)
      let error = #expect(throws: StoreError.self) {
        try blobs.keep(fileAt: folder + "/none", as: digest)
      }
      guard case .failed(let cause) = error else { throw error ?? .empty }
      #expect(cause.code == ENOENT)
      #expect(cause.path == folder + "/none")
    }
  }

  @Test func `Closing frees what no message and no draft uses`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      for name in ["aa1", "bb2", "cc3", "dd4", "ee5"] {
        try store.pictures.keep([1, 2, 3, 4], as: Digest.sample(name))
        if name != "ee5" { try age(store.pictures.path(of: Digest.sample(name))) }
      }
      var sent = Conversation.new(10, saying: "x")
      sent.messages.update(MessageID(rawValue: 11)) { $0.parts.append(.picture(.stored("aa1"))) }
      var deleted = Conversation.new(20, saying: "y")
      deleted.messages.update(MessageID(rawValue: 21)) { $0.parts = [.picture(.stored("bb2"))] }
      var waiting = Conversation.new(30)
      waiting.draft.pictures = [.stored("cc3")]
      try await store.insert([sent, deleted, waiting])
      try await store.delete(.new(20))
      let other = try openStore(folder)
      try await store.close()
      #expect(
        try kept(folder) == ["aa1", "bb2", "cc3", "dd4", "ee5"].map { Digest.sample($0).rawValue })
      try await other.close()
      // The last was kept a moment ago: who kept it may be about to use it.
      #expect(try kept(folder) == ["aa1", "cc3", "ee5"].map { Digest.sample($0).rawValue })
    }
  }

  @Test func `Pictures that are discarded go at once, unless a message or a draft uses them`()
    async throws
  {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      for name in ["aa1", "cc3", "dd4"] {
        try store.pictures.keep([1, 2, 3, 4], as: Digest.sample(name))
      }
      var sent = Conversation.new(10, saying: "x")
      sent.messages.update(MessageID(rawValue: 11)) { $0.parts.append(.picture(.stored("aa1"))) }
      var waiting = Conversation.new(30)
      waiting.draft.pictures = [.stored("cc3")]
      try await store.insert([sent, waiting])
      // One that is gone already is no failure.
      try await store.discardBlobs(Set(["aa1", "cc3", "dd4", "ee5"].map(Digest.sample)))
      let left = try kept(folder)
      #expect(left == ["aa1", "cc3"].map { Digest.sample($0).rawValue })
      try await store.close()
    }
  }

  @Test func `A picture that is kept again is young again`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try store.pictures.keep([1, 2, 3, 4], as: digest)
      try age(store.pictures.path(of: digest))
      try store.pictures.keep([1, 2, 3, 4], as: digest)
      try await store.close()
      let left = try kept(folder)
      #expect(left == [digest.rawValue])
    }
  }

  @Test func `Of a store that was lost no picture is freed, and that is told`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try store.pictures.keep([1, 2, 3, 4], as: digest)
      try age(store.pictures.path(of: digest))
      try await store.close()
      // Used by the conversations that are gone.
      try store.pictures.keep([1, 2, 3, 4], as: digest)
      try age(store.pictures.path(of: digest))
      for suffix in ["", "-wal", "-shm", "-backup"] {
        try? FileManager.default.removeItem(atPath: databasePath(folder) + suffix)
      }
      for opening in [
        ConversationStore.Opening.createdBesidePictures(folder: folder + "/pictures"), .sound,
      ] {
        let anew = try openStore(folder)
        #expect(anew.opening == opening)
        let check = try await anew.check { [digest] _ in digest }
        #expect(check.strayPictures == 1)
        #expect(check.lostStoreMark == folder + "/pictures/of-a-lost-store")
        try await anew.close()
        #expect(try kept(folder) == [digest.rawValue])
      }
      try FileManager.default.removeItem(atPath: folder + "/pictures/of-a-lost-store")
      try await openStore(folder).close()
      #expect(try kept(folder) == [])
    }
  }

  @Test func `A picture that was kept just before the first store was made is its own`()
    async throws
  {
    try await withStoreFolder { folder in
      try BlobStore(folder: folder + "/pictures").keep([1, 2, 3, 4], as: digest)
      #expect(try openStore(folder).opening == .created)
    }
  }

  /// Makes a file two days older than it is.
  private func age(_ path: String) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -2 * 86_400)], ofItemAtPath: path)
  }

  private func kept(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder + "/pictures")
      .compactMap { $0.split(separator: "/").dropFirst().first.map(String.init) }.sorted()
  }
}

extension Digest {
  /// The SHA-256 of the bytes 1, 2, 3, 4, by coreutils' sha256sum.
  fileprivate static let of1234: Digest =
    Digest(rawValue: "9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a")
    ?? .sample("")
}

extension PictureReference {
  /// A kept picture by its digest.
  static func stored(_ digest: String) -> PictureReference {
    PictureReference(source: .stored(.new(digest)), name: digest, detail: .auto)
  }
}

/// The permission bits of what is at `path`.
func permissions(_ path: String) throws -> Int? {
  try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}
