import Files
import Foundation
import Testing

@Suite struct WholeFileTests {
  @Test func `What was written is read back, past every buffer`() throws {
    try withFolder { folder in
      let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try WholeFile.write(to: folder + "/a") { sink throws(FileError) in
        for start in stride(from: 0, to: bytes.count, by: 7000) {
          try sink.write(Array(bytes[start..<min(start + 7000, bytes.count)]))
        }
        try sink.write("末")
      }
      var source = try FileSource(folder + "/a")
      #expect(try source.read(upTo: 3) == [0, 31, 62])
      #expect(try source.readToEnd() == Array(bytes[3...]) + Array("末".utf8))
      #expect(try source.read(upTo: 1).isEmpty)
    }
  }

  @Test func `A write that fails leaves the old file and nothing else`() throws {
    try withFolder { folder in
      try WholeFile.write(to: folder + "/a") { sink throws(FileError) in try sink.write("old") }
      let cut = FileError(code: 5, path: "elsewhere")
      #expect(throws: cut) {
        try WholeFile.write(to: folder + "/a") { sink throws(FileError) in
          try sink.write("new")
          throw cut
        }
      }
      #expect(try String(contentsOfFile: folder + "/a", encoding: .utf8) == "old")
      #expect(try FileSystem.names(in: folder) == ["a"])
    }
  }

  @Test func `A folder that is not there is told by the target's own name`() {
    let path = "/nowhere-at-all/a"
    let error = #expect(throws: FileError.self) { try WholeFile.write(to: path) { _ in } }
    #expect(error?.path == path)
    #expect(error?.isMissing == true)
  }

  @Test func `A private file is its owner's alone, another follows the umask`() throws {
    try withFolder { folder in
      try WholeFile.write(to: folder + "/own", access: .owner) { _ in }
      try WholeFile.write(to: folder + "/shared") { _ in }
      #expect(try mode(of: folder + "/own") == 0o600)
      let mask = umask(0)
      umask(mask)
      #expect(try mode(of: folder + "/shared") == 0o666 & ~Int(mask))
    }
  }

  @Test func `A private file that was open to others is closed to them when it is written`() throws
  {
    try withFolder { folder in
      try WholeFile.write(to: folder + "/own") { _ in }
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: folder + "/own")
      _ = try OpenFile(folder + "/own", for: .writing, access: .owner)
      #expect(try mode(of: folder + "/own") == 0o600)
    }
  }
}

/// Calls `body` with a folder that is removed afterwards.
func withFolder(_ body: (String) throws -> Void) throws {
  let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  try body(url.path)
}

/// The permission bits of what is at `path`.
func mode(of path: String) throws -> Int? {
  try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}
