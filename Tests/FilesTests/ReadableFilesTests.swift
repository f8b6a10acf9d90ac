import Files
import Foundation
import Testing

/// What the contents of one file may name.
@Suite struct ReadableFilesTests {
  private func withFolders(_ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    let folder =
      try FileSystem.realPath(of: FileManager.default.temporaryDirectory.path)
      + "/" + url.lastPathComponent
    for name in ["export/sub", "other"] {
      try FileManager.default.createDirectory(
        atPath: folder + "/" + name, withIntermediateDirectories: true)
    }
    for name in ["export/file-1.png", "export/sub/b.png", "other/secret", "export-2", "secret"] {
      try Data(name.utf8).write(to: URL(filePath: folder + "/" + name))
    }
    for (link, target) in [("in", "sub/b.png"), ("out", "../secret"), ("up", "..")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/export/" + link, withDestinationPath: target)
    }
    mkfifo(folder + "/export/pipe", 0o600)
    try body(folder)
  }

  @Test func `Files of the folder are read, by whatever way they are named`() throws {
    try withFolders { folder in
      let files = ReadableFiles(besides: folder + "/export/logs.db")
      for (name, contents) in [
        ("file-1.png", "export/file-1.png"), ("sub/b.png", "export/sub/b.png"),
        ("sub/../file-1.png", "export/file-1.png"), ("in", "export/sub/b.png"),
        (folder + "/export/sub/b.png", "export/sub/b.png"),
      ] {
        #expect(files.contents(of: name) == .bytes(Array(contents.utf8)), "\(name)")
      }
      #expect(
        ReadableFiles(besides: folder + "/export").contents(of: "sub/b.png")
          == .bytes(Array("export/sub/b.png".utf8)))
    }
  }

  @Test func `What is outside is named and not read`() throws {
    try withFolders { folder in
      let files = ReadableFiles(besides: folder + "/export/logs.db")
      for (name, path) in [
        ("../secret", "/secret"), ("out", "/secret"), ("up/secret", "/secret"),
        ("sub/../../other/secret", "/other/secret"), (folder + "/secret", "/secret"),
        ("../export-2", "/export-2"),
      ] {
        #expect(files.contents(of: name) == .outside(path: folder + path), "\(name)")
      }
      #expect(files.contents(of: "/dev/null") == .outside(path: "/dev/null"))
    }
  }

  @Test(arguments: ["pipe", "sub", "none", "", "file-1.png\0", "/", ".", "file-1.png/x"])
  func `What is no regular file is missing, at once`(name: String) throws {
    try withFolders { folder in
      let contents = ReadableFiles(besides: folder + "/export/logs.db").contents(of: name)
      #expect(contents == .missing || contents == .outside(path: "/"))
    }
  }

  @Test func `An allowed file, or folder, may be read as well, and no other`() throws {
    try withFolders { folder in
      let secret = ReadableFiles(besides: folder + "/export/x", allowing: [folder + "/secret"])
      #expect(secret.contents(of: "../secret") == .bytes(Array("secret".utf8)))
      #expect(secret.contents(of: "../other/secret") == .outside(path: folder + "/other/secret"))
      let other = ReadableFiles(besides: folder + "/export/x", allowing: [folder + "/other/"])
      #expect(other.contents(of: "../other/secret") == .bytes(Array("other/secret".utf8)))
      #expect(other.contents(of: "../secret") == .outside(path: folder + "/secret"))
    }
  }

  @Test func `A name is found by its beginning up to the end of a word`() throws {
    try withFolders { folder in
      let files = ReadableFiles(besides: folder + "/export/logs.db")
      #expect(files.first(beginningWith: "file-1") == "file-1.png")
      #expect(files.first(beginningWith: "file") == "file-1.png")
      try FileManager.default.createDirectory(
        atPath: folder + "/export/user-1", withIntermediateDirectories: true)
      try Data().write(to: URL(filePath: folder + "/export/user-1/file_9.png"))
      #expect(
        ReadableFiles(besides: folder + "/export/x").first(beginningWith: "file_9")
          == "user-1/file_9.png")
      for start in ["fil", "file-1.pn", "", "..", "zzz", "sub/b"] {
        #expect(files.first(beginningWith: start) == nil, "\(start)")
      }
    }
  }

  @Test(arguments: ["/dev/zero", "/dev/null", "/dev/tty", "pipe"])
  func `A device or a pipe is refused when it is opened`(name: String) throws {
    try withFolders { folder in
      let path = name.hasPrefix("/") ? name : folder + "/export/" + name
      #expect(throws: FileError.self) { _ = try FileSource(path) }
    }
  }

  @Test func `A name is given only where nothing has it`() throws {
    try withFolders { folder in
      #expect(throws: FileError.taken(folder + "/secret")) {
        try WholeFile.write(to: folder + "/secret", isReplacing: false) { sink throws(FileError) in
          try sink.write("new")
        }
      }
      #expect(try String(contentsOfFile: folder + "/secret", encoding: .utf8) == "secret")
      try WholeFile.write(to: folder + "/new", isReplacing: false) { sink throws(FileError) in
        try sink.write("new")
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
          == ["export", "export-2", "new", "other", "secret"])
    }
  }
}
