import Configuration
import Dispatch
import Glibc
import Secrets
import Synchronization
import Testing

/// Both ends of a pseudo-terminal, closed with the value.
private final class PseudoTerminal {
  let user: Int32
  let program: Int32

  init() throws {
    user = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var unlocked: Int32 = 0
    var number: Int32 = 0
    // TIOCSPTLCK and TIOCGPTN of Linux, which Swift does not import.
    try #require(ioctl(user, 0x4004_5431, &unlocked) == 0)
    try #require(ioctl(user, 0x8004_5430, &number) == 0)
    program = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(program >= 0)
  }

  deinit {
    close(user)
    close(program)
  }

  var modes: tcflag_t {
    var settings = termios()
    tcgetattr(program, &settings)
    return settings.c_lflag
  }

  /// What the program has shown so far.
  func shown(until end: String) -> String {
    var text = ""
    while !text.hasSuffix(end) {
      var request = pollfd(fd: user, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, 10_000) > 0 else { return text + " (nothing more came)" }
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = read(user, &buffer, buffer.count)
      guard count > 0 else { return text }
      text += String(decoding: buffer.prefix(count), as: UTF8.self)
    }
    return text
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(user, bytes, bytes.count)
  }
}

/// What a prompt on a thread of its own answers.
private final class Answer: Sendable {
  private let result = Mutex<Result<Secret?, any Error>?>(nil)
  private let group = DispatchGroup()

  init(from terminal: Int32) {
    DispatchQueue.global().async(group: group) { [self] in
      let answer = Result { try KeyPrompt(terminal: terminal).ask("Key: ") }
      result.withLock { $0 = answer }
    }
  }

  func wait() throws -> Result<Secret?, any Error> {
    try #require(group.wait(timeout: .now() + 10) == .success)
    return try #require(result.withLock { $0 })
  }
}

@Suite struct KeyPromptTests {
  @Test(arguments: [
    ("sk-1\r", Secret("sk-1")), ("x\u{15}sk-22\u{7F}\r", Secret("sk-2")), ("\r", nil),
    ("sk\u{3}", nil), ("\u{4}", nil),
  ])
  func `A key is asked for without echo, and the terminal is as it was`(
    typed: String, key: Secret?
  ) throws {
    let terminal = try PseudoTerminal()
    let before = terminal.modes
    let answer = Answer(from: terminal.program)
    #expect(terminal.shown(until: "Key: ") == "Key: ")
    #expect(terminal.modes & tcflag_t(ECHO) == 0)
    terminal.type(typed)
    #expect(try answer.wait().get() == key)
    #expect(terminal.shown(until: "\r\n") == "\r\n")
    #expect(terminal.modes == before)
  }

  @Test func `A question that cannot be shown is not waited upon`() throws {
    let terminal = try PseudoTerminal()
    var name = [CChar](repeating: 0, count: 64)
    try #require(ttyname_r(terminal.program, &name, name.count) == 0)
    let readOnly = open(name, O_RDONLY | O_NOCTTY | O_CLOEXEC)
    defer { close(readOnly) }
    let before = terminal.modes
    #expect(try Answer(from: readOnly).wait().get() == nil)
    #expect(terminal.modes == before)
  }

  @Test func `Where there is no terminal nothing is asked`() throws {
    let folder = try TemporaryFolder()
    let descriptor = open(try folder.write("sk-1\n", to: "file"), O_RDWR | O_CLOEXEC)
    defer { close(descriptor) }
    #expect(try KeyPrompt(terminal: descriptor).ask("Key: ") == nil)
  }
}
