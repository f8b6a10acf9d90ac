import Glibc
import TerminalEmulator
import Testing

/// Conversations are kept, found again, and shared by two programs.
@Suite(.seated) struct ConversationTests {
  @Test func `A named conversation comes back by its name`() throws {
    let home = try Home()
    let first = try home.chat()
    try first.asks("Hello é")
    first.enter("/save my trip")
    try first.waits(for: "Iris · my trip")
    first.enter("/new")
    try first.waits(untilGone: "Hello é")
    try first.asks("Another")
    first.enter("/load 'my trip'")
    try first.waits(for: "user: Hello é")
    #expect(try first.quits() == .status(0))
    #expect(first.screen.contains("iris --load 'my trip'"))
    try home.chat("--load", "my trip").waits(for: "user: Hello é")
  }

  @Test func `The list opens what is chosen in it`() throws {
    let program = try Home().chat()
    try program.asks("About bridges")
    program.enter("/new")
    try program.waits(for: "A new conversation.")
    try program.asks("About mountains")
    program.enter("/list")
    try program.waits(for: "filter ▸")
    program.type("bridges")
    try program.waits(for: "Conversations 1/1")
    program.press(.enter)
    try program.waits(for: "user: About bridges")
  }

  @Test func `Without a conversation, --load says so and --continue starts anew`() throws {
    let home = try Home()
    try home.chat("--continue").waits(for: "This is the demo")
    let program = try home.chat("--load", "nothing")
    try program.waits(for: "nothing")
    try program.asks("Hello")
  }

  @Test func `Two programs on one conversation make a branch, are told, and lose nothing`() throws {
    let home = try Home()
    let first = try home.chat()
    try first.asks("Common ground")
    let second = try home.chat("--continue")
    try second.waits(for: "user: Common ground", within: .slow)
    try first.asks("From the first")
    try second.asks("From the second")
    let told = "Another program wrote to this conversation too"
    try second.waits(for: told)
    #expect(!first.screen.contains(told))
    try first.asks("First again")
    try first.waits(for: told)
    second.enter("/variant 1")
    try second.waits(for: "user: From the first")
    #expect(try first.quits() == .status(0))
    #expect(try second.quits() == .status(0))
    for text in ["Common ground", "From the first", "From the second", "First again"] {
      #expect(try home.run("list", "--search", text).output.contains(text))
    }
  }

  @Test(arguments: [true, false])
  func `Of two branches the one that was closed last is opened again`(firstIsLast: Bool) throws {
    let home = try Home()
    let first = try home.chat()
    try first.asks("Common ground")
    let second = try home.chat("--continue")
    try second.waits(for: "user: Common ground", within: .slow)
    try first.asks("From the first")
    try second.asks("From the second")
    for program in firstIsLast ? [second, first] : [first, second] {
      #expect(try program.quits() == .status(0))
    }
    let last = firstIsLast ? "From the first" : "From the second"
    try home.chat("--continue").waits(for: "user: \(last)", within: .slow)
  }

  @Test func `A program that only looked on takes nothing back when it is closed`() throws {
    let home = try Home()
    let first = try home.chat()
    try first.asks("Common ground")
    let second = try home.chat("--continue")
    try second.waits(for: "user: Common ground", within: .slow)
    try first.asks("And more")
    first.enter("/temperature 0.5")
    try first.waits(for: "t 0.5")
    first.type("half a thought")
    try home.waits(untilStored: "half a thought")
    first.press(.control("u"))
    first.type("half a sentence")
    try home.waits(untilStored: "half a sentence")
    first.signal(SIGTERM)
    _ = try first.waitsForExit(within: .slow)
    second.signal(SIGTERM)
    _ = try second.waitsForExit(within: .slow)
    let third = try home.chat("--continue")
    try third.waits(for: "user: And more", within: .slow)
    try third.waits(for: "user ▸ half a sentence")
    try third.waits(for: "t 0.5")
  }

  @Test(arguments: ["md", "json", "iris.json", "html", "sh"])
  func `A conversation is written to a file`(ending: String) throws {
    let home = try Home()
    let program = try home.chat()
    try program.asks("Written down é")
    program.enter("/export out.\(ending)")
    try program.waits(for: "is written to", within: .slow)
    #expect(try home.text(of: "out.\(ending)").contains("Written down é"))
  }
}
