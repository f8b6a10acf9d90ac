import Terminal
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TerminalSuite {
  /// Tab: words of the program and names of files, quoted as the command line reads them.
  @Suite(.serialized) struct CompletionTests {
    struct Case: CustomTestStringConvertible {
      let typed: String
      let completed: String
      var testDescription: String { typed }

      init(_ typed: String, _ completed: String) {
        self.typed = typed
        self.completed = completed
      }
    }

    @Test(arguments: [
      Case("/he", "/help "), Case("/co", "/co"), Case("/cop", "/copy "),
      Case("/load tri", "/load trip\\ photos "),
      Case("/load \"tri", "/load \"trip photos\" "), Case("/load 'tri", "/load 'trip photos' "),
      Case("/load trip\\ ph", "/load trip\\ photos "), Case("/load 桥", "/load 桥梁 "),
      Case("/none", "/none"),
    ])
    func `A sole word is completed`(example: Case) throws {
      let composer = try Composer.fresh()
      composer.completer = { request in
        request.line.hasPrefix("/load ")
          ? .words(["trip photos", "桥梁"]) : .words(["/help", "/copy", "/context"])
      }
      composer.type(example.typed + "\t")
      #expect(composer.snapshot.text == example.completed)
    }

    @Test func `The program is asked about the word under the cursor`() throws {
      let composer = try Composer.fresh()
      var asked: [CompletionRequest] = []
      composer.completer = { request in
        asked.append(request)
        return .nothing
      }
      composer.type("/detail 桥 lo")
      _ = composer.type("\t")
      #expect(asked == [CompletionRequest(line: "/detail 桥 lo", word: 12..<14)])
    }

    @Test func `Several candidates are offered as soon as Tab finds them`() throws {
      let composer = try Composer.fresh()
      composer.completer = { _ in .words(["low", "high", "original", "auto", "lower"]) }
      composer.type("l")
      #expect(composer.type("\t") == [.candidates(["low", "lower"]), .changed])
      #expect(composer.snapshot.text == "low")
      #expect(composer.type("\t") == [.candidates(["low", "lower"])])
    }

    @Test func `A word may be followed by something else, or by nothing`() throws {
      let composer = try Composer.fresh()
      composer.completer = { _ in .words(["temperature"], append: "=") }
      composer.type("te\t")
      #expect(composer.snapshot.text == "temperature=")
      composer.completer = { _ in .words(["model"], append: nil) }
      _ = composer.setText("mo")
      composer.type("\t")
      #expect(composer.snapshot.text == "model")
    }

    @Test(arguments: [
      Case("/attach a", "/attach a\\ bridge.png "),
      Case("/attach \"a", "/attach \"a bridge.png\" "),
      Case("/attach 'a", "/attach 'a bridge.png' "),
      Case("/attach a\\ b", "/attach a\\ bridge.png "),
      Case("/attach it", "/attach it\\'s\\ \\\"it\\\".png "),
      Case("/attach \"it", "/attach \"it's \\\"it\\\".png\" "),
      Case("/attach 'it", "/attach 'it'\\''s \"it\".png' "),
      Case("/attach st", "/attach star\\*\\[1].png "),
      Case("/attach 桥", "/attach 桥\\ 上.png "),
      Case("/attach my", "/attach my\\ folder/"),
      Case("/attach my\\ folder/in", "/attach my\\ folder/inner\\ one.png "),
      Case("/attach \"my folder/in", "/attach \"my folder/inner one.png\" "),
      Case("/attach ~/a", "/attach ~/a\\ bridge.png "),
      Case("/attach ~/my\\ folder/", "/attach ~/my\\ folder/inner\\ one.png "),
      Case("/attach b", "/attach b.jpg "),
    ])
    func `A path is completed and quoted`(example: Case) throws {
      try Folder.with(
        "a bridge.png", "it's \"it\".png", "star*[1].png", "桥 上.png", "my folder/inner one.png",
        "b.jpg", "b.txt"
      ) {
        let composer = try Composer.fresh()
        composer.completer = { _ in .paths(suffixes: [".png", ".jpg"]) }
        composer.type(example.typed + "\t")
        #expect(composer.snapshot.text == example.completed)
      }
    }

    @Test func `Paths to choose from are offered without their folder`() throws {
      try Folder.with("shots/one.png", "shots/one.txt", "shots/once/x", "shots/other.JPG") {
        let composer = try Composer.fresh()
        composer.completer = { _ in .paths(suffixes: [".png", ".jpg"]) }
        composer.type("shots/o")
        #expect(composer.type("\t") == [.candidates(["once", "one.png", "other.JPG"])])
      }
    }

    @Test func `Where no file has a wanted name, all are offered`() throws {
      try Folder.with("notes.txt") {
        let composer = try Composer.fresh()
        composer.completer = { _ in .paths(suffixes: [".png"]) }
        composer.type("no\t")
        #expect(composer.snapshot.text == "notes.txt ")
      }
    }

    @Test func `Words and paths are offered together`() throws {
      try Folder.with("lower.png", "lo.txt") {
        let composer = try Composer.fresh()
        composer.completer = { _ in .wordsOrPaths(["low", "high"], suffixes: [".png"]) }
        composer.type("/attach x.png lo")
        #expect(composer.type("\t") == [.candidates(["low", "lower.png"]), .changed])
        #expect(composer.snapshot.text == "/attach x.png low")
      }
    }
  }
}

/// A temporary folder that is the working directory and the home of a test.
enum Folder {
  static func with(_ names: String..., body: () throws -> Void) throws {
    var template = TemporaryPath.template("folder")
    let path = String(cString: try #require(mkdtemp(&template)))
    let before = String(cString: try #require(getcwd(nil, 0)))
    let home = getenv("HOME").map { String(cString: $0) }
    chdir(path)
    setenv("HOME", path, 1)
    defer {
      chdir(before)
      if let home { setenv("HOME", home, 1) } else { unsetenv("HOME") }
      for name in names { remove("\(path)/\(name)") }
      for folder in folders(of: names).reversed() { rmdir("\(path)/\(folder)") }
      rmdir(path)
    }
    for folder in folders(of: names) { mkdir(folder, 0o700) }
    for name in names { close(open(name, O_CREAT | O_WRONLY, 0o600)) }
    try body()
  }

  private static func folders(of names: [String]) -> [String] {
    var found: [String] = []
    for name in names {
      let parts = name.split(separator: "/").dropLast()
      for depth in parts.indices {
        let folder = parts[...depth].joined(separator: "/")
        if !found.contains(folder) { found.append(folder) }
      }
    }
    return found
  }
}
