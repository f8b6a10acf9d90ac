import Configuration
import Glibc
import Language
import Secrets
import Testing

@Suite struct KeyReaderTests {
  let folder = try? TemporaryFolder()

  private func reader(
    _ variables: [String: String] = [:], limit: Duration = .seconds(30)
  ) throws -> KeyReader {
    try #require(folder).keyReader(variables, limit: limit)
  }

  @Test func `A variable's value is the key, without the white space around it`() throws {
    let key = try reader(["K": " sk-1 \r\n"]).key(from: .environment("K"))
    #expect(key == Secret("sk-1"))
  }

  @Test(arguments: [nil, "", " \n"])
  func `A variable that is not set, or blank, has no key`(value: String?) throws {
    #expect(try reader(value.map { ["K": $0] } ?? [:]).key(from: .environment("K")) == nil)
  }

  @Test(arguments: ["a b", "a\nb", "键", "a\u{7F}"])
  func `A key that cannot stand in a header is refused`(value: String) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try reader(["K": value]).key(from: .environment("K"))
    }
    #expect(
      error.phrase.text()
        == "The key from K has spaces or control characters in it. Copy it once more.")
  }

  @Test func `A command's first line is the key`() throws {
    let command = KeySource.command("printf 'sk-%s\\nuser: me\\n' \"$PART\"; echo noise >&2")
    #expect(try reader(["PART": "2"]).key(from: command) == Secret("sk-2"))
  }

  @Test func `A command that leaves something running in the background still ends`() throws {
    #expect(try reader().key(from: .command("sleep 60 & echo sk-3")) == Secret("sk-3"))
  }

  @Test func `A command that writes more than is kept still ends`() throws {
    #expect(
      try reader().key(from: .command("echo sk-4; head -c 1000000 /dev/zero")) == Secret("sk-4"))
  }

  @Test(arguments: [
    ("exit 3", ConfigurationError.keyCommandFailed(command: "…", status: 3)),
    ("sh -c 'exit 3'", .keyCommandFailed(command: "sh", status: 3)),
    ("kill -9 $$", .keyCommandFailed(command: "kill", status: 137)),
    ("sk-put-here-by-mistake", .keyCommandFailed(command: "…", status: 127)),
    ("true", .keyCommandPrintedNothing(command: "true")),
    ("echo; echo sk", .keyCommandPrintedNothing(command: "…")),
  ])
  func `A command that fails, or prints nothing, is said`(
    command: String, error: ConfigurationError
  ) throws {
    let reader = try reader()
    #expect(throws: error) { try reader.key(from: .command(command)) }
  }

  @Test func `A command that takes too long is ended with all that it started`() throws {
    let folder = try #require(folder)
    let command = "sleep 1000 & echo $! >'\(folder.path)/child'; wait"
    let reader = try reader(limit: .milliseconds(300))
    #expect(
      throws: ConfigurationError.keyCommandTimedOut(command: "sleep", limit: .milliseconds(300))
    ) {
      try reader.key(from: .command(command))
    }
    let written = try #require(folder.text(of: "child")).filter(\.isNumber)
    let child = try #require(pid_t(written))
    #expect(hasEnded(child, within: .seconds(10)))
  }

  @Test(arguments: [
    ("echo sk-hidden; exit 1", "echo"), ("K=sk-hidden false", "false"), ("K=sk-hidden", "…"),
  ])
  func `What follows a command's name may be the key, and is not repeated`(
    command: String, name: String
  ) throws {
    let reader = try reader()
    let error = try #require(throws: ConfigurationError.self) {
      try reader.key(from: .command(command))
    }
    #expect(error.phrase.text().contains("“\(name)”"))
    #expect(!"\(error)".contains("hidden"))
  }

  @Test func `A command is in no list of processes`() throws {
    let source = KeySource.command("tr '\\0' ' ' </proc/$$/cmdline; : sk-hidden")
    let line = try reader().key(from: source)?.reveal()
    #expect(line == "/bin/sh")
  }

  @Test func `A command has no input, and cannot be fooled into waiting for some`() throws {
    let source = KeySource.command("cat; echo sk-5")
    #expect(try reader(limit: .seconds(20)).key(from: source) == Secret("sk-5"))
  }

  @Test(arguments: [mode_t(0o600), 0o400, 0o700])
  func `A file that only its owner can read gives its first line`(mode: mode_t) throws {
    _ = try #require(folder).write("sk-6\nnote\n", to: "key", mode: mode)
    #expect(try reader().key(from: .file("~/key")) == Secret("sk-6"))
  }

  @Test(arguments: [mode_t(0o640), 0o604, 0o644, 0o620, 0o666])
  func `A file that others can read or write is refused`(mode: mode_t) throws {
    let path = try #require(folder).write("sk-7", to: "key", mode: mode)
    let reader = try reader()
    #expect(
      throws: ConfigurationError.keyFileIsOpen(path: path, mode: String(mode, radix: 8))
    ) {
      try reader.key(from: .file(path))
    }
  }

  @Test func `A file that is missing, empty, a folder or a pipe is said at once`() throws {
    let folder = try #require(folder)
    let reader = try reader()
    let missing = "\(folder.path)/missing"
    #expect(throws: ConfigurationError.unreadable(path: missing, code: ENOENT)) {
      try reader.key(from: .file(missing))
    }
    let empty = try folder.write("\nsk", to: "empty")
    #expect(throws: ConfigurationError.keyFileIsEmpty(path: empty)) {
      try reader.key(from: .file(empty))
    }
    #expect(throws: ConfigurationError.keyFileIsNoFile(path: folder.path)) {
      try reader.key(from: .file(folder.path))
    }
    let pipe = "\(folder.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    #expect(throws: ConfigurationError.keyFileIsNoFile(path: pipe)) {
      try reader.key(from: .file(pipe))
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
  func `A file of somebody else is refused`() throws {
    let path = try #require(folder).write("sk-8", to: "key")
    try #require(chown(path, 65534, 65534) == 0)
    let reader = try reader()
    #expect(throws: ConfigurationError.keyFileIsNotOurs(path: path)) {
      try reader.key(from: .file(path))
    }
  }

  @Test func `The first source that has a key is used`() throws {
    var provider = ProviderSettings(name: "x", baseURL: "https://x")
    provider.keySources = [
      .environment("NONE"), .keyring(.iris("x")), .command("echo sk-9"), .command("exit 1"),
    ]
    #expect(try reader().key(for: provider) == Secret("sk-9"))
  }

  @Test func `A server without keys needs none, another one says what is missing`() throws {
    let reader = try reader()
    let local = try #require(ProviderSettings.readyMade(named: "ollama"))
    #expect(try reader.key(for: local) == nil)
    let hosted = try #require(ProviderSettings.readyMade(named: "groq"))
    #expect(
      throws: ConfigurationError.missingKey(provider: "groq", sources: hosted.keySources)
    ) {
      try reader.key(for: hosted)
    }
  }

  /// Waits until a process is gone, or is a corpse that its new parent has yet to bury.
  private func hasEnded(_ process: pid_t, within limit: Duration) -> Bool {
    let deadline = ContinuousClock.now + limit
    while kill(process, 0) == 0, !isZombie(process) {
      guard ContinuousClock.now < deadline else { return false }
      sched_yield()
    }
    return true
  }

  private func isZombie(_ process: pid_t) -> Bool {
    guard let file = fopen("/proc/\(process)/stat", "re") else { return true }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, 256, file) != nil else { return true }
    let text = String(decoding: line.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.split(separator: ")").last?.hasPrefix(" Z") == true
  }
}
