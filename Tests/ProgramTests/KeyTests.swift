import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// The key that is asked for: not shown, kept in the keyring, and nowhere else.
@Suite(.seated) struct KeyTests {
  private static let key = "sk-typed-0123456789"

  /// A home with a server called work that wants a key, and a keyring that is a file.
  private static func locked(_ home: Home) throws -> Home {
    var home = home
    let address = home.environment["OPENAI_BASE_URL"] ?? ""
    home.environment["OPENAI_BASE_URL"] = nil
    home.environment["OPENAI_API_KEY"] = nil
    let config = """
      provider: work
      providers:
        work: {base_url: "\(address)", api_key_env: WORK_KEY}
      """
    try home.write(Array(config.utf8), to: "iris.yaml")
    let keyring = """
      #!/bin/sh
      case $1 in
        store) cat >"\(home.path)/kept" ;;
        lookup) cat "\(home.path)/kept" 2>/dev/null ;;
      esac
      """
    try home.write(executable: keyring, to: "secret-tool")
    home.environment["PATH"] = home.path + ":/usr/bin:/bin"
    return home
  }

  @Test func `A missing key is told, asked for without echo, and kept`() async throws {
    try await withServer { (home, log) async throws in
      let home = try Self.locked(home)
      let program = try home.chat("--config", "iris.yaml", "-m", "demo")
      try program.waits(for: "No key for work. Set WORK_KEY", within: .slow)
      try program.waits(for: "/key")
      program.enter("/key")
      try program.waits(for: "it is not shown", within: .slow)
      program.type(Self.key)
      program.press(.enter)
      try program.waits(for: "The key for work is kept in the keyring.", within: .slow)
      try program.asks("Hello")
      #expect(log.requests.last?.headers["Authorization"] == "Bearer \(Self.key)")
      #expect(program.terminal.output.firstRange(of: Array(Self.key.utf8)) == nil)
      #expect(try program.quits() == .status(0))
      #expect(try home.text(of: "kept") == Self.key)
      #expect(!home.isStored(Self.key, in: "data"))
      #expect(!home.isStored(Self.key, in: "state"))
      let outcome = try home.run("ask", "--config", "iris.yaml", "-m", "demo", "Hello")
      #expect(outcome.status == 0)
    }
  }

  @Test func `Enter alone gives no key, and nothing is kept`() async throws {
    try await withServer { (home, log) async throws in
      let home = try Self.locked(home)
      let program = try home.chat("--config", "iris.yaml", "-m", "demo")
      program.enter("/key")
      try program.waits(for: "it is not shown", within: .slow)
      program.press(.enter)
      try program.waits(for: "No key was given.", within: .slow)
      program.enter("Hello")
      try program.waits(for: "No key for work.", within: .slow)
      #expect(log.requests.isEmpty)
    }
  }

  @Test func `A key that is typed on the screen is kept in no file`() async throws {
    try await withServer { (home, _) async throws in
      try FileManager.default.createDirectory(
        atPath: home.path + "/state/iris", withIntermediateDirectories: true)
      try home.write(Array("/key sk-from-an-old-version\nhello\n".utf8), to: "state/iris/history")
      let program = try home.chat("-m", "demo")
      #expect(!home.isStored("sk-from-an-old-version", in: "state"))
      program.type("/key \(Self.key)")
      try program.waits(for: Self.key)
      program.type(" x")
      try home.waits(untilStored: "/key")
      program.press(.enter)
      try program.waits(for: "What stands behind /key was dropped")
      program.press(.up)
      try program.waits(for: "user ▸ hello")
      #expect(!program.screen.contains(Self.key))
      program.press(.control("c"))
      #expect(try program.quits() == .status(0))
      #expect(!home.isStored(Self.key, in: ""))
      #expect(home.isStored("hello", in: "state"))
    }
  }

  @Test func `Without a keyring a key holds until the end`() async throws {
    try await withServer { (home, log) async throws in
      var home = try Self.locked(home)
      home.environment["PATH"] = home.path + "/none"
      let program = try home.chat("--config", "iris.yaml", "-m", "demo", columns: 160)
      program.enter("/key")
      try program.waits(for: "it is not shown", within: .slow)
      program.type(Self.key)
      program.press(.enter)
      try program.waits(for: "The key for work holds until you quit.", within: .slow)
      try program.asks("Hello")
      #expect(log.requests.last?.headers["Authorization"] == "Bearer \(Self.key)")
      #expect(!home.isStored(Self.key, in: ""))
    }
  }

  @Test func `A log that cannot be written is said, and the question is asked`() async throws {
    try await withServer { (home, _) async throws in
      var home = home
      home.environment["XDG_STATE_HOME"] = "/dev/null"
      let outcome = try home.run("ask", "--debug", "-m", "demo", "Hello")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("Nothing is logged: /dev/null/iris is not writable."))
    }
  }

  @Test func `A question in a terminal asks for the key, one in a script does not`() async throws {
    try await withServer { (home, log) async throws in
      let home = try Self.locked(home)
      let outcome = try home.run("ask", "--config", "iris.yaml", "-m", "demo", "Hello")
      #expect(outcome.status == 77)
      #expect(outcome.errors.contains("No key for work. Set WORK_KEY"))
      let program = try TerminalProgram(
        Home.program, ["ask", "--config", "iris.yaml", "-m", "demo", "count 3"],
        environment: home.environment, directory: home.path)
      try program.waits(for: "it is not shown", within: .slow)
      program.type(Self.key)
      program.press(.enter)
      try program.waits(for: "1 2 3", within: .slow)
      #expect(log.requests.last?.headers["Authorization"] == "Bearer \(Self.key)")
      #expect(program.terminal.output.firstRange(of: Array(Self.key.utf8)) == nil)
    }
  }

  @Test func `The log of --debug is not written through a link that stands in its place`()
    async throws
  {
    try await withServer { (home, _) async throws in
      try home.write(Array("mine".utf8), to: "diary")
      let state = home.path + "/state/iris"
      try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: state + "/debug.log", withDestinationPath: home.path + "/diary")
      try #require(try home.run("ask", "--debug", "-m", "demo", "Hello").status == 0)
      #expect(try home.text(of: "diary") == "mine")
      #expect(try home.text(of: "state/iris/debug.log").contains("Hello"))
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/limits")))
  func `A crash of the screen leaves no image of its memory, in which the key is`() throws {
    let program = try Home().chat()
    let limits = try String(contentsOfFile: "/proc/\(program.pid)/limits", encoding: .utf8)
    let core = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file") })
    // One byte: the only limit at which a kernel that hands images to a program makes none either.
    #expect(core.split(whereSeparator: \.isWhitespace).suffix(3) == ["1", "1", "bytes"])
  }

  @Test func `The log of --debug is told, is its owner's alone, and has no key`() async throws {
    try await withServer { (home, _) async throws in
      var home = home
      home.environment["OPENAI_API_KEY"] = Self.key
      let outcome = try home.run("ask", "--debug", "-m", "demo", "What is this?")
      let path = home.path + "/state/iris/debug.log"
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("logged, without keys, in \(path)."))
      let log = try String(contentsOfFile: path, encoding: .utf8)
      #expect(log.contains("What is this?"))
      #expect(log.contains("> Authorization: Bearer …"))
      #expect(log.contains("< HTTP 200"))
      #expect(!log.contains(Self.key))
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      let program = try home.chat("--debug", "-m", "demo", columns: 200)
      try program.waits(for: "logged, without keys, in \(path).", within: .slow)
    }
  }
}
