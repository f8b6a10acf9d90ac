import TerminalEmulator
import Testing

/// Commands that change what is asked.
@Suite(.seated) struct CommandTests {
  @Test func `Roles and the system message go to the server`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("/system Be brief.")
      try program.waits(for: "The system message opens every request now.")
      program.enter("/role assistant")
      try program.waits(for: "assistant ▸")
      program.enter("I am ready.")
      try program.waits(until: "it is in the transcript") {
        $0.transcript.contains { $0.hasSuffix("I am ready.") && !$0.contains("▸") }
      }
      #expect(try log.sent().isEmpty)
      program.enter("/role user")
      try program.waits(for: "user ▸")
      program.enter("Go")
      try program.waits(for: "No parameters were set.", within: .slow)
      let messages = try #require(try log.sent().last?.messages)
      #expect(messages.map(\.role) == ["system", "assistant", "user"])
      #expect(messages.map(\.texts) == [["Be brief."], ["I am ready."], ["Go"]])
    }
  }

  @Test func `Only what was set is sent`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      try program.asks("One")
      program.enter("/temperature 0.5")
      try program.waits(for: "t 0.5")
      program.enter("/set seed 7")
      try program.waits(for: "seed 7")
      program.enter("Two")
      try program.waits(for: "user: Two", within: .slow)
      try program.waits(untilGone: "Esc stops", within: .slow)
      program.enter("/unset temperature")
      try program.waits(untilGone: "t 0.5")
      program.enter("Three")
      try program.waits(for: "user: Three", within: .slow)
      let names = try log.sent().map { $0.names.intersection(Self.sampling) }
      #expect(names == [[], ["temperature", "seed"], ["seed"]])
    }
  }

  private static let sampling: Set = [
    "temperature", "top_p", "max_tokens", "max_completion_tokens", "seed", "stop",
    "frequency_penalty", "presence_penalty", "response_format", "reasoning_effort",
  ]

  struct Mistake: CustomTestStringConvertible {
    var line: String
    var sentence: String
    var testDescription: String { line }
  }

  @Test(arguments: [
    Mistake(line: "/temperature 7", sentence: "temperature takes a number from 0 to 2, not 7."),
    Mistake(line: "/top_p x", sentence: "top_p takes a number from 0 to 1, not x."),
    Mistake(line: "/atach a.png", sentence: "There is no command /atach. Did you mean /attach?"),
    Mistake(line: "/xyzzy", sentence: "There is no command /xyzzy."),
    Mistake(line: "/role boss", sentence: "There is no role boss"),
    Mistake(line: "/set colour red", sentence: "colour takes JSON"),
    Mistake(line: "/send", sentence: "There is nothing to send yet."),
  ])
  func `A mistake gets one line, and what was typed is given back`(mistake: Mistake) throws {
    let program = try Home().chat(columns: 120)
    program.enter(mistake.line)
    try program.waits(for: mistake.sentence)
    if mistake.line != "/send" { try program.waits(for: "user ▸ " + mistake.line) }
    program.press(.control("u"))
    try program.asks("Still here")
  }

  @Test(arguments: [
    Mistake(line: "/attach nosuch.png", sentence: "There is no file nosuch.png"),
    Mistake(line: "/load nosuch", sentence: "There is no conversation named “nosuch”"),
    Mistake(line: "/load ./nosuch.json", sentence: "nosuch.json cannot be read"),
    Mistake(line: "/export ./no/such/x.md", sentence: "x.md cannot be written"),
    Mistake(line: "/pipe nosuchtool", sentence: "nosuchtool ended with status 127"),
  ])
  func `What fails later is given back as well, and stands in the history once`(
    mistake: Mistake
  ) throws {
    // A sentence that the typed line already shows would be there before the command has failed.
    try #require(!mistake.line.contains(mistake.sentence))
    let program = try Home().chat(columns: 120)
    try program.asks("Before")
    program.enter(mistake.line)
    try program.waits(for: mistake.sentence, within: .slow)
    try program.waits(for: "user ▸ " + mistake.line)
    program.press(.up)
    try program.waits(for: "user ▸ Before")
  }

  @Test func `A line with two slashes is a message`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("//help is a command")
      try program.waits(for: "No parameters were set.", within: .slow)
      #expect(try log.sent().last?.messages.last?.texts == ["/help is a command"])
    }
  }

  @Test func `Another reply is a variant, and both are kept`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      try program.asks("Hello")
      program.enter("/retry")
      try program.waits(for: "2/2", within: .slow)
      try program.waits(untilGone: "Esc stops", within: .slow)
      program.enter("/variant 1")
      try program.waits(for: "1/2")
      #expect(try log.sent().map(\.messages.count) == [1, 1])
      #expect(try program.quits() == .status(0))
      try home.chat("--continue").waits(for: "1/2")
    }
  }

  @Test func `Undo gives the message back, and the next is sent without the old`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      try program.asks("First")
      try program.asks("Second")
      program.enter("/undo")
      try program.waits(for: "user ▸ Second")
      program.press(.control("u"))
      try program.asks("Third")
      let last = try #require(try log.sent().last)
      #expect(last.messages.filter { $0.role == "user" }.map(\.texts) == [["First"], ["Third"]])
    }
  }

  @Test func `Tab completes a command and its values`() throws {
    let program = try Home().chat()
    program.type("/temp")
    program.press(.tab)
    try program.waits(for: "user ▸ /temperature")
    program.press(.control("u"))
    program.type("/role sys")
    program.press(.tab)
    try program.waits(for: "/role system")
  }

  @Test func `The server's models are a list to choose from`() throws {
    let program = try Home().chat()
    program.enter("/models")
    try program.waits(for: "demo-slow", within: .slow)
    program.type("blind")
    try program.waits(untilGone: "demo-slow")
    program.press(.enter)
    try program.waits(for: "demo-blind (demo)")
  }

  @Test func `The help shows every command, and Esc closes it`() throws {
    let program = try Home().chat(columns: 120, rows: 160)
    program.enter("/help")
    for name in ["/attach", "/role", "/system", "/retry", "/save", "/quit", "Ctrl-Z"] {
      try program.waits(for: name)
    }
    program.press(.escape)
    try program.waits(until: "the page is closed") {
      !$0.text.contains("/attach PATH|URL") && $0.text.contains("user ▸")
    }
  }
}
