import Files
import Foundation
import SampleArchives
import Testing

/// What an archive gives, and what it cannot make us do.
@Suite struct ZipArchiveTests {
  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/zip-\(UUID().uuidString).zip"
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func withArchive(
    _ entries: [SampleArchive.Entry], _ body: (String) throws -> Void
  ) throws {
    try withFile(SampleArchive(entries).bytes, body)
  }

  private func contents(of name: String, at path: String) throws -> [UInt8] {
    let archive = try ZipArchive(path)
    let entry = try #require(archive.entry(named: name))
    var source = try archive.source(of: entry)
    return try source.readToEnd()
  }

  @Test func `Stored and deflated files are read, whatever their length`() throws {
    let long = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
    var deflated = SampleArchive.Entry("a/long.json", long)
    deflated.isDeflated = true
    try withArchive([.init("桥.txt", "bridge"), deflated, .init("empty", "")]) { path in
      let read = try ["桥.txt", "a/long.json", "empty"].map { try contents(of: $0, at: path) }
      #expect(read == [Array("bridge".utf8), long, []])
    }
  }

  @Test func `Names that climb, folders and links are no files of it`() throws {
    var link = SampleArchive.Entry("link", "/etc/passwd")
    link.mode = 0o120777
    try withArchive([
      .init("../up", "x"), .init("/root", "x"), .init("a/../../b", "x"), .init("..\\up", "x"),
      .init("folder/", ""), link, .init("good", "x"),
    ]) { path in
      let names = try ZipArchive(path).entries.map(\.name)
      #expect(names == ["good"])
    }
  }

  @Test func `A file that grows beyond measure is refused unread`() throws {
    var bomb = SampleArchive.Entry("conversations.json", [UInt8](repeating: 0x20, count: 1000))
    bomb.isDeflated = true
    bomb.claimedByteCount = 4_000_000_000
    try withArchive([bomb]) { path in
      #expect(throws: ZipError.bomb(name: "conversations.json")) {
        try contents(of: "conversations.json", at: path)
      }
    }
  }

  @Test(arguments: [100, 600_000])
  func `A file with more in it than the list says is damaged`(claimed: Int) throws {
    var liar = SampleArchive.Entry("a", [UInt8](repeating: 7, count: 700_000))
    liar.isDeflated = true
    liar.claimedByteCount = UInt32(claimed)
    try withArchive([liar]) { path in
      #expect(throws: ZipError.damagedEntry(name: "a")) { try contents(of: "a", at: path) }
    }
  }

  @Test func `A file whose bytes changed is damaged`() throws {
    var bytes = SampleArchive([.init("name", "abcdefgh")]).bytes
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "d")))
    bytes[place] = UInt8(ascii: "x")
    try withFile(bytes) { path in
      #expect(throws: ZipError.damagedEntry(name: "name")) { try contents(of: "name", at: path) }
    }
  }

  @Test func `A file behind a password is told`() throws {
    var locked = SampleArchive.Entry("secret", [UInt8](repeating: 1, count: 40))
    locked.isLocked = true
    try withArchive([locked]) { path in
      #expect(throws: ZipError.locked(name: "secret")) { try contents(of: "secret", at: path) }
    }
  }

  @Test func `An archive that was cut off, or is none, is damaged`() throws {
    let whole = SampleArchive([.init("a", "text")]).bytes
    for bytes in [Array(whole.dropLast(30)), Array("PK".utf8), []] {
      try withFile(bytes) { path in
        #expect(throws: ZipError.damaged) { try ZipArchive(path) }
      }
    }
    #expect(throws: ZipError.file(FileError(code: ENOENT, path: "/nowhere/a.zip"))) {
      try ZipArchive("/nowhere/a.zip")
    }
  }

  @Test func `Pictures are found by the start of their names, wherever they lie`() throws {
    try withArchive([
      .init("x/conversations.json", "[]"), .init("x/user-1/file_0a1-b.png", "one"),
      .init("x/near.png", "two"), .init("x/file_0a12.png", "three"),
    ]) { path in
      let files = ReadableFiles(besides: "x/conversations.json", in: try ZipArchive(path))
      let found = try #require(files.first(beginningWith: "file_0a1"))
      #expect(files.contents(of: found) == .bytes(Array("one".utf8)))
      #expect(files.contents(of: "near.png") == .bytes(Array("two".utf8)))
      #expect(files.contents(of: "../x/near.png") == .missing)
      #expect(files.first(beginningWith: "file_0a") == nil)
    }
  }
}
