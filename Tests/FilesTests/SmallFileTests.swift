import Files
import Foundation
import Testing

@Suite struct SmallFileTests {
  @Test func `A small file is read whole, and one that is larger is refused by its name`() throws {
    try withFolder { folder in
      let path = folder + "/a"
      let bytes = (0..<50_000).map { UInt8(truncatingIfNeeded: $0) }
      try WholeFile.write(to: path) { sink throws(FileError) in try sink.write(bytes) }
      #expect(try SmallFile.bytes(of: path, atMost: 50_000) == bytes)
      #expect(throws: FileError(code: EFBIG, path: path)) {
        try SmallFile.bytes(of: path, atMost: 49_999)
      }
    }
  }

  @Test func `What an open file is told by is its own status`() throws {
    try withFolder { folder in
      try WholeFile.write(to: folder + "/a", access: .owner) { _ in }
      let status = try SmallFile(folder + "/a").status
      #expect(status.isFile && !status.isFolder)
      #expect(status.owner == geteuid())
      #expect(status.permissions == 0o600)
      #expect(try SmallFile(folder).status.isFolder)
    }
  }

  @Test func `A pipe or a device is refused at once`() throws {
    try withFolder { folder in
      let path = folder + "/pipe"
      try #require(mkfifo(path, 0o600) == 0)
      #expect(try !SmallFile(path).status.isFile)
      for path in [path, "/dev/zero", "/dev/full"] {
        let error = FileError(code: FileError.notOrdinary, path: path)
        #expect(throws: error) { try SmallFile.bytes(of: path, atMost: 10) }
        #expect(error.reason == "Not an ordinary file")
      }
    }
  }

  @Test func `The device that is always empty is an empty file`() throws {
    #expect(try SmallFile.bytes(of: "/dev/null", atMost: 10).isEmpty)
  }

  @Test func `A pipe that a shell opened for us is read to its end`() throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    let (source, end) = (ends[0], ends[1])
    defer { close(source) }
    Thread.detachNewThread {
      write(end, "all", 3)
      close(end)
    }
    #expect(try SmallFile.bytes(of: "/dev/fd/\(source)", atMost: 10) == Array("all".utf8))
  }
}
