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

  @Test func `A pipe is read to its end, and its writer is waited for only where that is asked`()
    throws
  {
    try withFolder { folder in
      let path = folder + "/pipe"
      try #require(mkfifo(path, 0o600) == 0)
      #expect(try !SmallFile(path, waits: false).status.isFile)
      Thread.detachNewThread {
        #expect(throws: Never.self) {
          try FileHandle(forWritingTo: URL(filePath: path)).write(contentsOf: Data("all".utf8))
        }
      }
      #expect(try SmallFile.bytes(of: path, atMost: 10) == Array("all".utf8))
    }
  }
}
