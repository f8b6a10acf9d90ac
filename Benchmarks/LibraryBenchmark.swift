import Conversation
import ConversationStore
import GRDB
import TerminalEmulator

#if canImport(Glibc)
  import Glibc
#endif

/// Measures the program on a store of 100,000 messages in 2,000 conversations.
///
/// One conversation has 10,000 messages; the texts are English and Chinese, 300 bytes in the middle.
struct LibraryBenchmark {
  let program: String
  let home: String
  let serverURL: String
  let report: (_ name: String, _ figure: String, _ bound: String) -> Void

  private var folder: String { home + "/library/iris" }

  private var environment: [String: String] {
    [
      "HOME": home, "XDG_DATA_HOME": home + "/library", "TERM": "xterm-256color",
      "LANG": "C.UTF-8", "INPUTRC": "/dev/null", "OPENAI_BASE_URL": serverURL,
      "OPENAI_API_KEY": "none", "PATH": "/usr/local/bin:/usr/bin:/bin",
    ]
  }

  func run() async throws {
    try await fill()
    try start()
    try use()
    try stream()
  }

  // MARK: - The store

  private static let conversationCount = 2_000
  private static let largeCount = 10_000
  private static let messageCount = 100_000

  private func fill() async throws {
    mkdir(home + "/library", 0o700)
    let store = try ConversationStore(folder: folder, now: Timestamp(milliseconds: 0))
    var ids = IdentifierSource(entropy: 11)
    let others = Self.conversationCount - 1
    let each = (Self.messageCount - Self.largeCount) / others
    try await store.insert([conversation("large", Self.largeCount, number: 0, &ids)])
    for start in stride(from: 0, to: others, by: 100) {
      let numbers = start..<min(start + 100, others)
      try await store.insert(
        numbers.map { conversation("talk \($0)", each, number: $0 + 1, &ids) })
    }
    try await store.close()
  }

  private func conversation(
    _ name: String, _ count: Int, number: Int, _ ids: inout IdentifierSource
  ) -> Conversation {
    let created = Timestamp(milliseconds: 1_700_000_000_000 + Int64(number) * 60_000)
    var conversation = Conversation(id: ids.next(at: created), created: created)
    conversation.name = Label(name)
    for index in 0..<count {
      conversation.messages.append(
        Message(
          id: ids.next(at: created), parent: conversation.messages.leaf,
          role: index % 2 == 0 ? .user : .assistant, parts: [.text(text(number, index))],
          created: created))
    }
    return conversation
  }

  private func text(_ number: Int, _ index: Int) -> String {
    let words = "The walkway number \(number * 7919 + index) leads over the lake to a small house. "
    let chinese = index % 3 == 0 ? "湖上有一座木桥，通向第\(number)间小屋。" : ""
    return String(repeating: words, count: 1 + (number + index) % 6) + chinese
  }

  // MARK: - Measurements

  private func open(_ arguments: String...) throws -> TerminalProgram {
    let program = try TerminalProgram(program, arguments, environment: environment)
    try program.waits(for: "user ▸", within: .seconds(60))
    return program
  }

  private func start() throws {
    let program = try open("-m", "demo-fast")
    let figures = ProcessFigures(pid: program.pid)
    report("100,000 messages: ready to type", milliseconds(figures.seconds), "≤ 60 ms CPU")
  }

  private func use() throws {
    let program = try open("-m", "demo-fast")
    try measure(program, "  /list", typing: "/list\r", until: "filter ▸", "")
    for key in ["t", "a", "l", "k", " ", "1", "9"] {
      try measure(program, "  /list, the key “\(key)”", typing: key, until: "1/", "≤ 16 ms")
    }
    program.press(.escape)
    try program.waits(untilGone: "filter ▸")
    for word in ["lake", "number 15830125", "桥", "第77间", "鱼"] {
      let shown = word == "鱼" ? "is in no conversation" : "Messages with"
      try measure(
        program, "  /search \(word)", typing: "/search \(word)\r", until: shown, "≤ 100 ms")
      // A search in vain gives its line back; after it an Esc would make the next key one of Alt.
      guard word != "鱼" else {
        program.press(.control("u"))
        continue
      }
      program.press(.escape)
      try program.waits(untilGone: "Messages with")
    }
    try measure(
      program, "  /load, 10,000 messages", typing: "/load large\r", until: "Iris · large",
      "≤ 100 ms")
    let figures = ProcessFigures(pid: program.pid)
    report("  memory", "\(figures.peakMiB.rounded()) MiB", "≤ 60 MiB")
  }

  /// CPU time and wall time from typing to the text on the screen, and the pause after it in which
  /// what is left is done.
  private func measure(
    _ program: TerminalProgram, _ name: String, typing keys: String, until text: String,
    _ bound: String
  ) throws {
    let before = ProcessFigures(pid: program.pid).seconds
    let clock = ContinuousClock()
    let start = clock.now
    program.type(keys)
    try program.waits(for: text, within: .seconds(60))
    let wall = (clock.now - start) / .seconds(1)
    _ = poll(nil, 0, 100)
    let cpu = ProcessFigures(pid: program.pid).seconds - before
    report(name, "\(milliseconds(cpu)), \(milliseconds(wall)) wall", bound)
  }

  /// Counts the commits of a reply in 10,000 deltas, as another connection sees them.
  private func stream() throws {
    let program = try open("-m", "demo")
    let database = try DatabaseQueue(path: folder + "/iris.sqlite")
    var versions: Set<Int> = []
    let clock = ContinuousClock()
    let start = clock.now
    program.type("count 10000\r")
    try program.waits(for: "Esc stops", within: .seconds(30))
    try program.waits(until: "10,000 are counted", within: .seconds(120)) { terminal in
      let version = try? database.read { try Int.fetchOne($0, sql: "PRAGMA data_version") }
      if let version { versions.insert(version) }
      return terminal.text.contains("9999") && !terminal.text.contains("Esc stops")
    }
    let seconds = (clock.now - start) / .seconds(1)
    report(
      "10,000 deltas stored", "\(versions.count - 1) commits in \(Int(seconds * 10) / 10) s",
      "≤ \(Int(seconds * 4) + 5)")
  }

  private func milliseconds(_ seconds: Double) -> String {
    "\((seconds * 10_000).rounded() / 10) ms"
  }
}
