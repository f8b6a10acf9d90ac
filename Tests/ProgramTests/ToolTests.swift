import Foundation
import TerminalEmulator
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Programs beside the conversation: clipboard tools, `/pipe`, `/open`; stand-ins that a test writes
/// wait at a gate.
@Suite(.seated) struct ToolTests {
  private static let waiting = "read line < \"$HOME/gate\""

  /// A chat with a reply, in a home whose only programs are `tools`.
  private func chat(
    _ home: Home, tools: [String: String], _ variables: [String: String] = [:]
  ) throws -> TerminalProgram {
    let program = try home.equipped(with: tools, variables).chat("-m", "demo")
    try program.asks("Hello")
    return program
  }

  @Test func `A clipboard tool that waits holds nothing up, and is told of when it is done`()
    async throws
  {
    try await withServer { (home, _) async throws in
      let gate = try Gate(home)
      let program = try chat(
        home,
        tools: ["xclip": "\(Self.waiting); read text; echo \"$text\" > \"$HOME/clipboard\""],
        ["DISPLAY": ":0"])
      program.enter("/copy 1")
      try gate.waitsForVisitor()
      program.type("still here")
      try program.waits(for: "user ▸ still here")
      gate.open()
      try program.waits(for: "Copied 5 characters to the clipboard.", within: .slow)
      #expect(try home.text(of: "clipboard") == "Hello\n")
    }
  }

  @Test func `Of two texts the later one is copied, though the tool waits with the first`()
    async throws
  {
    try await withServer { (home, _) async throws in
      let gate = try Gate(home)
      let script = """
        read -r text
        case $text in Hello) \(Self.waiting);; esac
        echo "$text" > "$HOME/clipboard"
        """
      let program = try chat(home, tools: ["xclip": script], ["DISPLAY": ":0"])
      program.enter("/copy 1")
      try gate.waitsForVisitor()
      program.enter("/copy 2")
      try program.waits(for: "to the clipboard.", within: .slow)
      try home.waits(untilStored: "This is the demo", in: "clipboard")
      #expect(try program.quits() == .status(0))
      gate.open()
      #expect(try home.text(of: "clipboard") != "Hello\n")
    }
  }

  @Test func `Inside tmux the text goes to tmux, which hands it on`() async throws {
    try await withServer { (home, _) async throws in
      let script = "echo \"$@\" > \"$HOME/arguments\"; read text; echo \"$text\" > \"$HOME/buffer\""
      let program = try chat(home, tools: ["tmux": script], ["TMUX": home.path + "/tmux,1,0"])
      program.enter("/copy 1")
      try program.waits(for: "Copied 5 characters to tmux", within: .slow)
      #expect(try home.text(of: "arguments") == "load-buffer -w -\n")
      #expect(try home.text(of: "buffer") == "Hello\n")
    }
  }

  @Test func `Without a tool that takes it the terminal gets the text`() async throws {
    try await withServer { (home, _) async throws in
      let program = try chat(home, tools: ["xclip": "exit 1"], ["DISPLAY": ":0"])
      program.enter("/copy 1")
      try program.waits(for: "Copied 5 characters through the terminal", within: .slow)
      let bytes = String(decoding: program.terminal.output, as: UTF8.self)
      #expect(bytes.contains("\u{1B}]52;c;SGVsbG8=\u{7}"))
    }
  }

  @Test func `A command that waits holds nothing up, and its end is told`() async throws {
    try await withServer { (home, _) async throws in
      let gate = try Gate(home)
      let program = try chat(home, tools: ["slow": "\(Self.waiting); read text; echo got it"])
      program.enter("/pipe slow")
      try gate.waitsForVisitor()
      try program.waits(until: "the command's time is shown", within: .slow) {
        $0.text.contains("command ") && $0.text.contains(" s, Esc stops")
      }
      program.type("still here")
      try program.waits(for: "user ▸ still here")
      gate.open()
      try program.waits(for: "slow: got it", within: .slow)
      #expect(!program.screen.contains("Esc stops"))
      #expect(program.zombies == [])
    }
  }

  @Test(arguments: [Key.escape, .control("c")], ["", "trap '' TERM; "])
  func `A key stops a command with all that it has started`(key: Key, prelude: String) async throws
  {
    try await withServer { (home, _) async throws in
      let gate = try Gate(home)
      let script = """
        \(prelude)(\(Self.waiting)) &
        echo $! $$ > "$HOME/started"
        while :; do \(Self.waiting); done
        """
      let program = try chat(home, tools: ["slow": script])
      program.enter("/pipe slow")
      try gate.waitsForVisitor()
      try home.waits(untilStored: "\n", in: "started")
      let started = try home.text(of: "started").split(whereSeparator: \.isWhitespace)
        .compactMap { Int32($0) }
      #expect(started.count == 2)
      program.press(key)
      try program.waits(for: "slow was stopped before its end.")
      program.type("still here")
      try program.waits(for: "user ▸ still here")
      try waits { started.allSatisfy { !isRunning($0) } }
      try waits { program.zombies == [] }
    }
  }

  @Test func `Leaving ends a command that runs`() async throws {
    try await withServer { (home, _) async throws in
      let gate = try Gate(home)
      let program = try chat(
        home, tools: ["slow": "echo $$ > \"$HOME/started\"; \(Self.waiting); :"])
      program.enter("/pipe slow")
      try gate.waitsForVisitor()
      let started = try #require(Int32(try home.text(of: "started").dropLast()))
      #expect(try program.quits() == .status(0))
      #expect(!isRunning(started))
    }
  }

  @Test func `What a command prints is shown in part, and taken whole`() async throws {
    try await withServer { (home, _) async throws in
      let program = try chat(
        home,
        tools: [
          "long": """
          n=0; while [ $n -lt 20000 ]; do echo "line $n"; n=$((n+1)); done
          echo end > "$HOME/ended"
          """
        ])
      program.enter("/pipe long")
      try program.waits(for: "line 2", within: .slow)
      #expect(try home.text(of: "ended") == "end\n")
    }
  }

  @Test func `What goes wrong in a command is told with its own words`() async throws {
    try await withServer { (home, _) async throws in
      let program = try chat(
        home, tools: ["bad": "echo no such thing >&2; exit 3", "mute": "exit 4"])
      program.enter("/pipe bad")
      try program.waits(for: "bad ended with status 3: no such thing", within: .slow)
      try program.waits(for: "user ▸ /pipe bad")
      program.press(.control("u"))
      program.enter("/pipe mute")
      try program.waits(for: "mute ended with status 4 and printed nothing.", within: .slow)
      program.press(.control("u"))
      program.enter("/pipe nowhere")
      try program.waits(for: "nowhere ended with status 127", within: .slow)
      #expect(program.screen.contains("not found"))
    }
  }

  @Test func `A command that needs the terminal gets it, and the reply`() async throws {
    try await withServer { (home, _) async throws in
      let script = """
        test -t 1 && test -t 2 && read text && echo "so: $text?" >&2
        read line < /dev/tty && echo "$text $line" > "$HOME/said"
        """
      let program = try chat(home, tools: ["ask": script])
      program.enter("/pipe ask")
      // The command comes back with the offer.
      try program.waits(for: "user ▸ /pipe ask", within: .slow)
      try program.waits(for: "/pipe! ask", within: .slow)
      program.press(.control("u"))
      program.enter("/pipe! ask")
      try program.waits(for: "so: **This is the demo", within: .slow)
      #expect(!program.terminal.emulator.isAlternateScreen)
      program.enter("yes")
      try program.waits(for: "ask is done.", within: .slow)
      #expect(try home.text(of: "said").hasSuffix(" yes\n"))
      program.type("still here")
      try program.waits(for: "user ▸ still here")
    }
  }

  @Test(arguments: [(Key.control("c"), SIGINT), (Key.control("\\"), SIGQUIT)])
  func `A key that ends a command with the terminal does not end the program`(
    key: Key, signal: Int32
  ) async throws {
    try await withServer { (home, _) async throws in
      let program = try chat(home, tools: ["ask": "echo ready; read line < /dev/tty"])
      program.enter("/pipe! ask")
      try program.waits(for: "ready", within: .slow)
      program.press(key)
      try program.waits(for: "ask ended with status \(128 + signal).", within: .slow)
      program.press(.control("u"))
      program.type("still here")
      try program.waits(for: "user ▸ still here")
    }
  }

  @Test func `What a command leaves behind on the terminal takes none of the user's keys`()
    async throws
  {
    try await withServer { (home, _) async throws in
      let left =
        "(trap '' INT; exec /bin/cat < /dev/tty > taken) & echo ready; read line < /dev/tty"
      let program = try chat(home, tools: ["ask": left])
      program.enter("/pipe! ask")
      try program.waits(for: "ready", within: .slow)
      program.press(.control("c"))
      try program.waits(for: "ask ended with status 130.", within: .slow)
      program.press(.control("u"))
      for key in "every key is here" { program.type(String(key)) }
      try program.waits(for: "user ▸ every key is here", within: .slow)
    }
  }

  @Test func `Ctrl-Z stops the command and the program, and fg goes on with both`() async throws {
    try await withServer { (home, _) async throws in
      let tool = "echo ready; read line < /dev/tty; echo \"got $line\"; read line < /dev/tty"
      let home = try home.equipped(
        with: ["ask": tool], ["PS1": "shell> ", "IRIS": Home.program])
      let shell = try TerminalProgram(
        "/bin/bash", ["--norc", "--noprofile", "-i"], environment: home.environment,
        directory: home.path)
      try shell.waits(for: "shell>")
      shell.enter("$IRIS -m demo")
      try shell.waits(for: "user ▸", within: .slow)
      try shell.asks("Hello")
      shell.enter("/pipe! ask")
      try shell.waits(for: "ready", within: .slow)
      shell.press(.control("z"))
      try shell.waits(until: "the shell is back", within: .slow) {
        $0.text.contains("Stopped") && $0.awaitsCommand
      }
      shell.enter("fg")
      // What is typed while the shell still has the terminal raw would keep its carriage return.
      try shell.terminal.waits(until: "the job is named again", within: .slow) {
        $0.text.components(separatedBy: "$IRIS -m demo").count == 4
      }
      shell.enter("on")
      try shell.waits(for: "got on", within: .slow)
      shell.press(.enter)
      try shell.waits(for: "user ▸", within: .slow)
      shell.type("still here")
      try shell.waits(for: "user ▸ still here", within: .slow)
    }
  }

  @Test(arguments: ["/pipe! bad", "/pager"])
  func `What a command said that failed with the terminal can be read`(line: String) async throws {
    try await withServer { (home, _) async throws in
      let home = try home.equipped(
        with: ["bad": "echo no such thing >&2; exit 3"], ["PAGER": "bad"])
      let program = try home.chat("-m", "demo")
      try program.asks("Hello")
      program.enter(line)
      try program.waits(for: "A key goes back to the conversation.", within: .slow)
      #expect(program.screen.contains("no such thing"))
      program.press(.control("c"))
      try program.waits(for: "bad ended with status 3.", within: .slow)
    }
  }

  @Test func `A reply goes to disk also while a pager has the terminal`() async throws {
    try await withServer(pace: .milliseconds(5)) { (home, _) async throws in
      let gate = try Gate(home)
      let program = try home.equipped(with: ["slow": "\(Self.waiting); :"], ["PAGER": "slow"])
        .chat("-m", "demo")
      program.enter("count 100000")
      try program.waits(until: "some came", within: .slow) { $0.lastCounted ?? 0 > 20 }
      let last = try #require(program.terminal.emulator.lastCounted)
      program.enter("/pager")
      try gate.waitsForVisitor()
      // One of them may be cut in two where a piece ends.
      let later = [last + 400, last + 425].map { " \($0) " }
      try waits { later.contains { home.isStored($0, in: "data") } }
      gate.open()
      try program.waits(until: "the reply goes on", within: .slow) {
        $0.isAlternateScreen && $0.lastCounted ?? 0 > last + 425
      }
    }
  }

  @Test func `A browser that stays is not waited for, and not ended`() async throws {
    try await withServer { (home, _) async throws in
      let gate = try Gate(home)
      let home = try home.equipped(
        with: ["xdg-open": "echo \"$1\" > \"$HOME/opened\"; \(Self.waiting); echo > $HOME/closed"])
      let program = try home.chat("-m", "demo")
      program.enter("/role assistant")
      try program.waits(for: "assistant ▸")
      program.enter("See https://example.com/walk")
      try program.waits(untilGone: "▸ See")
      program.enter("/open")
      try gate.waitsForVisitor()
      program.type("still here")
      try program.waits(for: "▸ still here")
      try program.waits(for: "Opened https://", within: .slow)
      program.press(.control("c"))
      try program.waits(untilGone: "still here")
      #expect(try program.quits() == .status(0))
      gate.open()
      try home.waits(untilStored: "\n", in: "closed")
    }
  }

  /// Waits for something that does not show on the screen.
  private func waits(until condition: () -> Bool) throws {
    let deadline = ContinuousClock.now + .slow
    while !condition() {
      try #require(ContinuousClock.now < deadline)
      _ = poll(nil, 0, 10)
    }
  }

  /// Whether a process is there and no zombie.
  private func isRunning(_ pid: Int32) -> Bool {
    ProcessStatus(pid).map { $0.state != "Z" } ?? false
  }
}

/// A pipe with a name, at which a stand-in waits until the test lets it go on.
private final class Gate {
  private let path: String
  private var descriptor: Int32 = -1

  init(_ home: Home) throws {
    path = home.path + "/gate"
    try #require(mkfifo(path, 0o600) == 0)
  }

  deinit { open() }

  /// Waits until something waits at the gate.
  func waitsForVisitor() throws {
    let deadline = ContinuousClock.now + .slow
    while descriptor < 0 {
      // Succeeds only where a reader has opened it or is about to (fifo(7)).
      descriptor = Glibc.open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      if descriptor >= 0 { return }
      try #require(ContinuousClock.now < deadline, "nothing came to the gate")
      _ = poll(nil, 0, 5)
    }
  }

  func open() {
    guard descriptor >= 0 else { return }
    // Who waited may have been killed: without any reader a write would end the tests (SIGPIPE).
    let reader = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    _ = write(descriptor, "\n", 1)
    close(descriptor)
    close(reader)
    descriptor = -1
  }
}

/// What Linux tells of a process (proc(5), `/proc/PID/stat`).
private struct ProcessStatus {
  var state: String
  var parent: Int32

  init?(_ pid: Int32) {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 1, let parent = Int32(fields[1]) else { return nil }
    state = String(fields[0])
    self.parent = parent
  }
}

extension TerminalProgram {
  /// The program's children that have ended and were not waited for.
  fileprivate var zombies: [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter {
      guard let status = ProcessStatus($0) else { return false }
      return status.parent == pid && status.state == "Z"
    }
  }
}
