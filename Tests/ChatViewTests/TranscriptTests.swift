import ChatEngine
import ChatScreen
import Conversation
import Language
import ModelCatalog
import Screen
import Testing

/// What stands beside and below the messages.
@Suite struct TranscriptTests {
  struct Remark: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let change: @Sendable (inout Message) -> Void
    var testDescription: String { name }
  }

  private static let remarks = [
    Remark(name: "unsent", text: "not answered yet, /send asks again") { $0.status = .unsent },
    Remark(name: "stopped", text: "stopped") { $0.status = .stopped },
    Remark(name: "cut off", text: "cut off, /send lets it go on") { $0.status = .cutOff },
    Remark(name: "refusal", text: "the model refused") { $0.reply?.isRefusal = true },
    Remark(name: "length", text: "reached its limit of tokens") {
      $0.reply?.finishReason = .length
    },
    Remark(name: "filter", text: "ended by the content filter") {
      $0.reply?.finishReason = .contentFilter
    },
    Remark(name: "other", text: "ended by the server: moon�phase") {
      $0.reply?.finishReason = .other("moon\u{7}phase")
    },
    Remark(name: "pictures", text: "its pictures are left out of requests, /keep brings them back")
    {
      $0.omission = .pictures
    },
    Remark(name: "all", text: "left out of requests, /keep brings it back") { $0.omission = .all },
    Remark(name: "no text", text: "no text") { $0.parts = [] },
    Remark(name: "no text yet", text: "…") {
      $0.parts = []
      $0.status = .streaming
    },
    Remark(name: "two at once", text: "stopped · left out of requests, /keep brings it back") {
      $0.status = .stopped
      $0.omission = .all
    },
  ]

  @Test(arguments: remarks)
  func `What is to be said of a message stands below it`(_ remark: Remark) {
    var stage = Stage(80, 24)
    let id = stage.add(.assistant, "Text.")
    stage.change(id, remark.change)
    let rows = Screenful(stage.draw()).rows.filter { !$0.isEmpty }
    #expect(rows.last == remark.text)
  }

  @Test func `A message that is as it should be has nothing below it`() {
    var stage = Stage(80, 24)
    let id = stage.add(.assistant, "Text.")
    stage.change(id) { $0.reply?.finishReason = .stop }
    #expect(Screenful(stage.draw()).rows.filter { !$0.isEmpty } == ["Text."])
  }

  @Test(arguments: [40, 80])
  func `Messages have the numbers that commands take, the instructions none`(_ columns: Int) {
    var stage = Stage(columns, 60)
    stage.conversation.instructions = "Be short.\nAnd clear."
    for _ in 1...6 { stage.add(.user, "two\nrows") }
    let labels = stage.draw().rows.map { $0.prefix(columns >= 60 ? 9 : 6).text }
    let numbers = labels.flatMap { $0.split(separator: " ").compactMap { Int($0) } }
    #expect(numbers == Array(1...6))
  }

  @Test func `The role stays beside a message whose beginning is out of sight`() {
    var stage = Stage(80, 24)
    stage.add(.user, String(repeating: "word\n", count: 100))
    let frame = stage.draw()
    #expect(frame.rows[2].text.hasPrefix(" you 1"))
  }

  @Test(arguments: ["\n", "\r\n", "\r", "\u{B}", "\u{85}", "\u{2028}"])
  func `A line of a user's text ends wherever Unicode says so`(_ end: String) {
    var stage = Stage(80, 24)
    stage.add(.user, "one\(end)two\(end)\(end)three\(end)")
    #expect(Screenful(stage.draw()).rows.prefix(5) == ["one", "two", "", "three", ""])
  }

  @Test(arguments: [Role.user, .assistant])
  func `Code and prose of a million bytes in one line are shown and passed`(_ role: Role) {
    var stage = Stage(80, 24)
    stage.add(role, String(repeating: "x", count: 1_000_000))
    let rows = Screenful(stage.draw()).rows
    #expect(rows.filter { $0.count == 70 }.count >= rows.count - 2)
    stage.press(.pageUp, .pageUp)
    #expect(stage.state.transcript.place != .bottom)
    stage.press(.top)
    #expect(Screenful(stage.draw()).rows.allSatisfy { $0.count == 70 })
  }

  @Test func `Code that goes on for long keeps its bar and all its lines`() {
    var stage = Stage(80, 1000)
    stage.add(.assistant, "```\n" + (1...700).map { "line \($0)\n" }.joined() + "```")
    let rows = Screenful(stage.draw()).rows.filter { !$0.isEmpty }
    #expect(rows == (1...700).map { "│ line \($0)" })
  }

  @Test func `A table that goes on for long keeps its columns`() {
    var stage = Stage(80, 1000)
    let lines = (1...300).map { "| \($0) | \(String(repeating: "木", count: $0 % 7)) |\n" }
    stage.add(.assistant, "| number | name |\n|--:|---|\n" + lines.joined())
    let rows = stage.draw().rows.filter { $0.contains { $0.base == "│" } }
    #expect(rows.count == 301)
    #expect(Set(rows.map { $0.firstIndex { $0.base == "│" } }).count == 1)
  }

  @Test func `Nothing moves when a list grows to its tenth item`() {
    var stage = Stage(80, 40)
    let id = stage.add(.assistant, "1. item\n", status: .streaming)
    var before = Screenful(stage.draw()).rows.filter { !$0.isEmpty }
    for number in 2...12 {
      stage.extend(id, by: "\(number). item\n")
      let rows = Screenful(stage.draw()).rows.filter { !$0.isEmpty }
      #expect(rows == before + ["\(number). item"])
      before = rows
    }
  }
}

/// What the bar at the top says.
@Suite struct HeaderTests {
  private func header(_ stage: inout Stage) -> String { stage.draw().rows[0].text }

  @Test func `Tokens and money of all branches are added up, whatever was drawn before`() {
    var stage = Stage(80, 24)
    var first: MessageID?
    for number in 1...5 {
      let question = stage.add(.user, "Question \(number)")
      if first == nil { first = question }
      let reply = stage.add(.assistant, "Answer")
      stage.change(reply) {
        $0.reply?.usage = TokenUsage(prompt: TokenCount(90 * number), completion: 10)
      }
      let total = 45 * number * (number + 1) + 10 * number
      #expect(header(&stage).contains(" \(TokenEstimate.short(total)) tok $"))
    }
    // What was spent on a branch stays spent on another.
    stage.conversation.messages.select(leaf: first)
    #expect(header(&stage).contains(" \(TokenEstimate.short(1_400)) tok $"))
    let other = stage.add(.assistant, "Other")
    stage.change(other) { $0.reply?.usage = TokenUsage(prompt: 95, completion: 5) }
    #expect(header(&stage).contains(" \(TokenEstimate.short(1_500)) tok $"))
    stage.conversation = Conversation(
      id: ConversationID(rawValue: 7), created: Timestamp(milliseconds: 7))
    #expect(!header(&stage).contains("tok"))
  }

  @Test func `A model of unknown price costs nothing that could be shown`() {
    var stage = Stage(80, 24)
    let reply = stage.add(.assistant, "Answer")
    stage.change(reply) {
      $0.reply?.model = "nobody-knows-it"
      $0.reply?.usage = TokenUsage(prompt: 5, completion: 2)
    }
    #expect(header(&stage).contains(" 7 tok "))
    #expect(!header(&stage).contains("$"))
  }

  @Test(arguments: [40, 60, 80, 200])
  func `The model is always named, and what is set while there is room`(_ columns: Int) {
    var stage = Stage(columns, 24)
    stage.addTrip()
    stage.conversation.parameters.seed = 1234
    stage.conversation.parameters.reasoningEffort = "high"
    #expect(header(&stage).contains("gpt-4o"))
    #expect(header(&stage).contains("reasoning_effort high") == (columns >= 100))
  }

  @Test(arguments: [40, 44, 50, 60])
  func `Money is not cut on a narrow screen, the model's name gives way`(_ columns: Int) {
    var stage = Stage(columns, 10)
    stage.add(.user, "A question that is the conversation's title")
    let reply = stage.add(.assistant, "Answer")
    stage.change(reply) {
      $0.reply?.model = "gpt-4o-mini-2024-07-18"
      $0.reply?.usage = TokenUsage(prompt: 9_000, completion: 100, isEstimated: true)
    }
    stage.conversation.model = "gpt-4o-mini-2024-07-18"
    stage.conversation.parameters.seed = 1234
    let bar = header(&stage)
    #expect(bar.contains("≈$0.0014"), "\(bar)")
    #expect(bar.contains(" gpt-"), "\(bar)")
  }

  @Test func `A demo says that it is one`() {
    var stage = Stage(80, 24, isDemo: true)
    #expect(header(&stage).contains("(demo)"))
    #expect(stage.draw().snapshot.contains("This is the demo"))
  }

  @Test func `The window is called by the conversation`() {
    var stage = Stage(80, 24)
    #expect(stage.draw().modes.title == "Iris")
    stage.add(.user, "What is this?\nSecond line.")
    #expect(stage.draw().modes.title == "Iris · What is this?")
  }

  struct Activity: CustomTestStringConvertible, Sendable {
    let event: ReplyEvent
    let text: String
    var testDescription: String { text }
  }

  private static let activities = [
    Activity(event: .connecting, text: "◑ connecting 12 s, Esc stops"),
    Activity(event: .waiting, text: "◑ waiting 12 s, Esc stops"),
    Activity(event: .text("Well", pieces: 500), text: "◑ streaming 50 tok/s, 12 s, Esc stops"),
    Activity(
      event: .retrying(attempt: 1, after: .milliseconds(11_500), because: "Too many requests"),
      text: "◑ trying again in 2 s, Esc stops: Too many requests"),
  ]

  @Test(arguments: [
    (80, Language.english, "trying again in 2 s, Esc stops: a.cn:80 failed"),
    (40, .english, "trying again in 2 s, Esc stops"),
    (80, .simplifiedChinese, "2 秒后重试，Esc 停止：a.cn:80 出错"),
  ])
  func `While it is tried again, the reason stands where there is room for it`(
    columns: Int, language: Language, shown: String
  ) {
    var stage = Stage(columns, 24, language: language)
    stage.add(.user, "Question")
    let reason = say("\("a.cn:80") failed")
    stage.reply(.retrying(attempt: 1, after: .seconds(2), because: reason))
    #expect(stage.draw().rows[22].text.contains(" \(shown) ──"))
  }

  @Test(arguments: activities)
  func `The rule says what is going on`(_ activity: Activity) {
    var stage = Stage(80, 24)
    stage.add(.user, "Question")
    stage.reply(.connecting)
    stage.wait(milliseconds: 2500)
    stage.reply(activity.event)
    stage.wait(milliseconds: 10_000)
    stage.handle(.clock)
    #expect(stage.draw().rows[22].text.contains(" \(activity.text) ──"))
  }
}
