import Screen
import Terminal
import TerminalEmulator
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TerminalSuite {
  /// A session on a pseudo-terminal, in the test's own process.
  @Suite(.serialized) struct SessionTests {
    private let terminal: PseudoTerminal
    private let descriptor: Int32

    init() throws {
      terminal = try PseudoTerminal(columns: 30, rows: 5)
      descriptor = open(terminal.path, O_RDWR | O_NOCTTY)
    }

    private func session(_ change: (inout TerminalSettings) -> Void = { _ in }) throws
      -> TerminalSession
    {
      var settings = TerminalSettings(name: "xterm-256color")
      settings.input = descriptor
      settings.output = descriptor
      change(&settings)
      return try TerminalSession(settings)
    }

    private var lineSettings: [UInt32] {
      var settings = termios()
      tcgetattr(descriptor, &settings)
      return [settings.c_iflag, settings.c_oflag, settings.c_lflag]
    }

    /// Waits for input, also for a lone Esc to have waited long enough, and reads it.
    private func read(_ session: TerminalSession) -> [TerminalEvent] {
      let poller = Poller([session.inputDescriptor])
      let end = ContinuousClock.now + .seconds(10)
      while ContinuousClock.now < end {
        _ = poller.wait(until: session.deadline ?? end)
        let events = session.readInput()
        if !events.isEmpty { return events }
      }
      return []
    }

    @Test func `A session draws, and gives the terminal back as it was`() throws {
      let before = lineSettings
      let session = try session()
      #expect(session.size == Size(columns: 30, rows: 5))
      #expect(session.depth == .palette)
      #expect(lineSettings != before)
      var frame = Frame(size: session.size)
      frame.write("Iris".unicodeScalars.map { Cell($0) }, row: 1)
      frame.modes.mouse = true
      session.draw(frame)
      try terminal.waits(for: "Iris")
      #expect(terminal.emulator.isAlternateScreen && terminal.emulator.reportsMouse)
      session.end()
      try terminal.waits(until: "the main screen is back") { !$0.isAlternateScreen }
      terminal.catchUp()
      #expect(!terminal.emulator.reportsMouse && !terminal.emulator.hasBracketedPaste)
      #expect(terminal.emulator.isCursorVisible)
      #expect(lineSettings == before)
    }

    @Test func `Keys, pastes and clicks are told apart`() throws {
      let session = try session()
      defer { session.end() }
      var frame = Frame(size: session.size)
      frame.modes.mouse = true
      session.draw(frame)
      try terminal.waits(until: "the mouse is reported") { $0.reportsMouse }
      terminal.press(.pageUp)
      #expect(read(session) == [.key(Array("\u{1B}[5~".utf8))])
      terminal.paste("two\nlines")
      #expect(read(session) == [.paste("two\nlines")])
      terminal.click(row: 2, column: 4)
      let point = Point(column: 4, row: 2)
      #expect(
        read(session) == [
          .mouse(MouseEvent(.press, button: 0, at: point)),
          .mouse(MouseEvent(.release, button: 0, at: point)),
        ])
      terminal.turnWheel(up: false)
      #expect(read(session) == [.key(Array("\u{1B}[<65M".utf8))])
    }

    @Test func `Esc alone arrives when nothing follows it in time`() throws {
      let session = try session()
      defer { session.end() }
      #expect(session.deadline == nil)
      terminal.press(.escape)
      #expect(read(session) == [.key([0x1B])])
      #expect(session.deadline == nil)
    }

    @Test func `An answer of the terminal is not a key`() throws {
      let session = try session()
      defer { session.end() }
      session.send(.askAttributes)
      try terminal.waits(until: "the question is answered") { _ in
        terminal.output.suffix(3) == Array("\u{1B}[c".utf8)[...]
      }
      guard case .answer(.attributes) = try #require(read(session).first) else {
        Issue.record("no answer")
        return
      }
    }

    @Test func `A window of another size is taken over`() throws {
      let session = try session()
      defer { session.end() }
      session.draw(Frame(size: session.size))
      terminal.resize(columns: 12, rows: 3)
      // The test's process does not own this terminal, so the kernel sends the signal to nobody.
      kill(getpid(), SIGWINCH)
      _ = Poller([session.signalDescriptor]).wait(until: .now + .seconds(10))
      #expect(session.nextSignal() == .resized)
      #expect(session.nextSignal() == nil)
      #expect(session.size == Size(columns: 12, rows: 3))
      var frame = Frame(size: session.size)
      frame.write("123456789012".unicodeScalars.map { Cell($0) }, row: 2)
      session.draw(frame)
      try terminal.waits(until: "the last row is full") { $0.text(row: 2) == "123456789012" }
    }

    @Test(arguments: [(SIGTERM, "end"), (SIGHUP, "end"), (SIGTSTP, "stop"), (SIGCONT, "continued")])
    func `A signal arrives at the loop`(number: Int32, name: String) throws {
      let session = try session()
      defer { session.end() }
      kill(getpid(), number)
      _ = Poller([session.signalDescriptor]).wait(until: .now + .seconds(10))
      let expected: [String: TerminalSignal] = [
        "end": .end(number: number), "stop": .stop, "continued": .continued,
      ]
      #expect(session.nextSignal() == expected[name])
    }

    @Test func `Another program gets the terminal as the shell would give it`() throws {
      let before = lineSettings
      let session = try session()
      defer { session.end() }
      var frame = Frame(size: session.size)
      frame.write("Iris".unicodeScalars.map { Cell($0) }, row: 0)
      session.draw(frame)
      let seen = session.withScreenReleased { lineSettings }
      #expect(seen == before)
      #expect(lineSettings != before)
      session.draw(frame)
      // The text alone may be seen in the middle of what the modes are set with.
      try terminal.waits(until: "the screen is taken again") {
        $0.text.contains("Iris") && $0.isAlternateScreen && $0.hasBracketedPaste
      }
    }

    @Test func `A terminal that goes away is told, again and again`() throws {
      var other: PseudoTerminal? = try PseudoTerminal()
      let path = try #require(other?.path)
      let descriptor = open(path, O_RDWR | O_NOCTTY)
      defer { close(descriptor) }
      let session = try session {
        $0.input = descriptor
        $0.output = descriptor
      }
      other = nil
      #expect(read(session) == [.hangup])
      #expect(session.readInput() == [.hangup])
      session.draw(Frame(size: session.size))
      session.end()
    }

    @Test func `A session that is let go gives the terminal back`() throws {
      let before = lineSettings
      var session: TerminalSession? = try session()
      session?.draw(Frame(size: Size(columns: 30, rows: 5)))
      session = nil
      #expect(lineSettings == before)
    }

    @Test func `What is no terminal is refused untouched`() throws {
      let nothing = open("/dev/null", O_RDWR)
      defer { close(nothing) }
      #expect(throws: TerminalError.notATerminal) { try session { $0.output = nothing } }
      #expect(throws: TerminalError.notATerminal) { try session { $0.input = nothing } }
    }

    @Test(arguments: [
      ("", TerminalError.terminalNotNamed), ("dumb", .unusableTerminal("dumb")),
      ("none-such", .unknownTerminal("none-such")),
    ])
    func `A terminal that cannot be used is told and left as it was`(
      name: String, error: TerminalError
    ) throws {
      let before = lineSettings
      #expect(throws: error) { try session { $0.name = name } }
      #expect(lineSettings == before)
      terminal.catchUp()
      #expect(terminal.output.isEmpty)
    }

    @Test func `Copied text goes out as OSC 52`() throws {
      let session = try session()
      defer { session.end() }
      session.send(.copy("桥 bridge"))
      // Base64 of the UTF-8 bytes E6 A1 A5 20 62 72 69 64 67 65, by RFC 4648's table.
      let expected = Array("\u{1B}]52;c;5qGlIGJyaWRnZQ==\u{7}".utf8)
      try terminal.waits(until: "the sequence has arrived") { _ in
        terminal.output.suffix(expected.count) == expected[...]
      }
    }
  }
}
