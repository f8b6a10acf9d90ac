import Dispatch
import Screen
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A small full-screen program on the Terminal room, for tests that need a process of their own.
///
/// It shows the composer and what happened, and knows a few commands, such as `editor`, and some
/// that end it by a fault, such as `overflow`.
@main
struct Probe {
  private let session: TerminalSession
  private let composer: Composer
  private let wakeup: Wakeup
  private let mailbox: Mailbox<String>
  private var happened: [String] = []
  private var isOver = false

  static func main() throws {
    var environment: [String: String] = [:]
    for name in ["TERM", "NO_COLOR", "COLORTERM", "TMUX"] {
      environment[name] = getenv(name).map { String(cString: $0) }
    }
    var settings = TerminalSettings(environment: environment)
    settings.crashMessage = "The probe has crashed.\n"
    var probe = try Probe(settings)
    probe.run()
  }

  private init(_ settings: TerminalSettings) throws {
    session = try TerminalSession(settings)
    composer = try Composer(bindings: Self.bindings)
    wakeup = try Wakeup()
    mailbox = Mailbox(waking: wakeup)
  }

  private static let bindings =
    KeyBinding.editing
    + [
      "iris-cancel": ["\\e"], "iris-interrupt": ["\\C-c"], "iris-quit-or-delete": ["\\C-d"],
      "iris-suspend": ["\\C-z"], "iris-page-up": ["\\e[5~"], "iris-wheel-up": ["\\e[<64M"],
      "iris-newline": ["\\e\\C-m"],
    ].flatMap { KeyBinding.bindings(named: $0.key, $0.value) }

  private mutating func run() {
    let poller = Poller([session.inputDescriptor, session.signalDescriptor, wakeup.descriptor])
    while !isOver {
      draw()
      let ready = poller.wait(until: session.deadline)
      if ready.contains(wakeup.descriptor) { wakeup.clear() }
      happened += mailbox.takeAll()
      while let signal = session.nextSignal() { handle(signal) }
      for event in session.readInput() { handle(event) }
    }
    session.end()
  }

  private mutating func handle(_ signal: TerminalSignal) {
    switch signal {
    case .resized: happened.append("resized")
    case .continued: happened.append("continued")
    case .stop: session.suspend()
    case .end(let number):
      happened.append("signal \(number)")
      isOver = true
    }
  }

  private mutating func handle(_ event: TerminalEvent) {
    switch event {
    case .key(let key): for event in composer.press(key) { handle(event) }
    case .paste(let text): for event in composer.insert(text) { handle(event) }
    case .mouse(let mouse):
      happened.append("\(mouse.action) \(mouse.point.column),\(mouse.point.row)")
    case .answer, .focus, .colours: happened.append("\(event)")
    case .hangup: isOver = true
    }
  }

  private mutating func handle(_ event: ComposerEvent) {
    switch event {
    case .action(let action): perform(action)
    case .lineAccepted(let line): perform(line)
    case .candidates, .changed: break
    }
  }

  private mutating func perform(_ action: ComposerAction) {
    happened.append(action.rawValue)
    if action == .endOfInput { isOver = true }
    if action.rawValue == "iris-suspend" { session.suspend() }
  }

  private mutating func perform(_ line: String) {
    happened.append("line \(line)")
    switch line {
    case "crash": abort()
    case "trap": preconditionFailure()
    case "overflow": Self.overflow(1)
    case "overflow beside": Self.overflowBeside()
    case "memory": Self.exhaustMemory()
    case "stop": kill(getpid(), SIGSTOP)
    case "broken pipe": writeToBrokenPipe()
    case "ask": session.send(.askAttributes)
    case "post": post()
    case "editor": session.withScreenReleased { _ = system("echo in the editor; read line") }
    default: break
    }
  }

  /// Calls itself until the stack ends.
  @inline(never) private static func overflow(_ depth: Int) {
    withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 16) { memory in
      memory[depth % 4_096] = 1
      overflow(depth + 1)
      memory[0] = 2
    }
  }

  /// Overflows the stack of a thread that is guarded.
  private static func overflowBeside() {
    DispatchQueue(label: "beside").async {
      FatalSignals.guardThread()
      overflow(1)
    }
  }

  /// Fills arrays until there is no memory left.
  private static func exhaustMemory() {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(9), &limit)  // RLIMIT_AS, of which Glibc's module has no name
    var all: [[UInt8]] = []
    while true { all.append([UInt8](repeating: 1, count: 1 << 20)) }
  }

  private mutating func writeToBrokenPipe() {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    close(ends[0])
    let count = write(ends[1], &ends, 1)
    happened.append("write \(count) \(errno == EPIPE)")
    close(ends[1])
  }

  /// Has another thread leave an event.
  private func post() {
    let mailbox = mailbox
    Task.detached { mailbox.post("posted") }
  }

  private func draw() {
    var frame = Frame(size: session.size)
    let snapshot = composer.snapshot
    let size = session.size
    frame.write(cells("\(size.columns)×\(size.rows) \(session.depth)"), row: 0)
    frame.write(cells((snapshot.message ?? "> ") + snapshot.text), row: 1)
    for (row, line) in happened.suffix(max(0, frame.size.rows - 2)).enumerated() {
      frame.write(cells(line), row: row + 2)
    }
    frame.cursor = Point(column: 2, row: 1)
    frame.modes.mouse = true
    frame.modes.title = "probe"
    session.draw(frame)
  }

  private func cells(_ text: String) -> [Cell] {
    text.unicodeScalars.map { Cell($0 == "\n" ? "↵" : $0, width: $0.value < 0x2E80 ? 1 : 2) }
  }
}
