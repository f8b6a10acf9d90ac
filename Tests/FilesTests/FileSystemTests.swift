import Files
import Foundation
import Testing

@Suite struct FileSystemTests {
  @Test func `A private folder is made with those above it, and closed where it was open`() throws {
    try withFolder { folder in
      try FileSystem.makePrivateFolder(folder + "/a/b/c")
      #expect(try mode(of: folder + "/a/b/c") == 0o700)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: folder + "/a/b/c")
      try FileSystem.makePrivateFolder(folder + "/a/b/c")
      #expect(try mode(of: folder + "/a/b/c") == 0o700)
    }
  }

  @Test func `Two that make the same folders at once do not stop each other`() throws {
    try withFolder { folder in
      for round in 0..<200 {
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
          #expect(throws: Never.self) {
            try FileSystem.makePrivateFolder(folder + "/\(round)/a/b/c/d")
          }
        }
      }
    }
  }

  @Test func `A file in a folder's place is an error that names it`() throws {
    try withFolder { folder in
      try WholeFile.write(to: folder + "/a") { _ in }
      #expect(throws: FileError(code: ENOTDIR, path: folder + "/a")) {
        try FileSystem.makePrivateFolder(folder + "/a")
      }
    }
  }

  @Test func `A device, a pipe and a folder are not replaced by a file`() throws {
    try withFolder { folder in
      try #require(mkfifo(folder + "/pipe", 0o600) == 0)
      for (path, code) in [
        (folder + "/pipe", FileError.notOrdinary), ("/dev/null", FileError.notOrdinary),
        (folder, EISDIR),
      ] {
        #expect(throws: FileError(code: code, path: path)) {
          try WholeFile.write(to: path) { _ in }
        }
      }
      #expect(try FileSystem.status(of: folder + "/pipe")?.isFile == false)
      #expect(try FileSystem.status(of: "/dev/null")?.isNull == true)
    }
  }

  @Test func `The status of a file is its length, and none where there is no file`() throws {
    try withFolder { folder in
      try WholeFile.write(to: folder + "/a") { sink throws(FileError) in try sink.write("four") }
      let status = try #require(try FileSystem.status(of: folder + "/a"))
      #expect(status.byteCount == 4)
      #expect(!status.isFolder)
      #expect(try FileSystem.status(of: folder)?.isFolder == true)
      #expect(try FileSystem.status(of: folder + "/b") == nil)
    }
  }

  @Test func `A file is renamed and removed, and removing nothing is no error`() throws {
    try withFolder { folder in
      try WholeFile.write(to: folder + "/a") { _ in }
      try FileSystem.rename(folder + "/a", to: folder + "/b")
      #expect(try FileSystem.names(in: folder) == ["b"])
      try FileSystem.remove(folder + "/b")
      try FileSystem.remove(folder + "/b")
      #expect(try FileSystem.names(in: folder).isEmpty)
    }
  }

  @Test func `Many share a lock, one has it alone`() throws {
    try withFolder { folder in
      let first = try OpenFile(folder + "/lock", for: .writing)
      let second = try OpenFile(folder + "/lock", for: .writing)
      try first.lock(exclusively: false)
      try second.lock(exclusively: false)
      let error = #expect(throws: FileError.self) { try second.lock(exclusively: true) }
      #expect(error?.isLocked == true)
      first.unlock()
      try second.lock(exclusively: true)
    }
  }
}
