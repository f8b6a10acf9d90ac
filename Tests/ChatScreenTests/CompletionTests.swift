import ChatEngine
import ChatScreen
import Conversation
import Language
import Testing

@Suite struct CompletionTests {
  private static let state: ChatState = {
    var chat = Chat()
    chat.on(.server(.models(["llava", "gpt-4o"])))
    chat.store(.listed([.named("trip", id: 7), .named("walk", id: 8)]))
    return chat.state
  }()

  struct Case: CustomTestStringConvertible, Sendable {
    /// With a bar where the word begins that is completed.
    let line: String
    let plan: CompletionPlan
    var testDescription: String { line }

    init(_ line: String, _ plan: CompletionPlan) {
      self.line = line
      self.plan = plan
    }
  }

  private static let settings =
    ParameterName.allCases.map(\.rawValue) + PictureSetting.allCases.map(\.rawValue)
  private static let details = ["auto", "low", "high", "original", "tiles"]

  @Test(arguments: [
    Case("|", .nothing), Case("Hello |wor", .nothing), Case("//|h", .nothing),
    Case("|/he", .words(Command.table.map { "/" + $0.name.rawValue })),
    Case("/frob |x", .nothing),
    Case("/attach |a", .pictures), Case("/image |a", .pictures),
    Case("/ATTACH |a", .pictures),
    Case("/attach a.png |l", .wordsOrPictures(details)),
    Case("/attach a\\ b.png c.png |l", .wordsOrPictures(details)),
    Case("/detail |l", .words(details)), Case("/detail low |1", .nothing),
    Case("/detach |a", .words(["all"])), Case("/preview |o", .words(["on", "off"])),
    Case("/role |s", .words(["user", "system", "assistant"])),
    Case("/model |g", .words(["gpt-4o", "llava"])), Case("/model gpt |4", .nothing),
    Case("/provider |p", .words(["openai", "plain"])),
    Case("/set |t", .words(settings)),
    Case("/set response_format |j", .wordsOrFiles(["text", "json"])),
    Case(
      "/set reasoning_effort |h",
      .words(["none", "minimal", "low", "medium", "high", "xhigh", "max"])),
    Case("/set temperature |1", .words([])),
    Case("/unset |t", .words(settings)),
    Case("/forget |l", .words(["learned"])), Case("/forget 1 |p", .words(["pictures"])),
    Case("/load |t", .wordsOrFiles(["trip", "walk"])),
    Case("/save |t", .wordsOrFiles(["trip", "walk"])),
    Case("/delete |t", .words(["trip", "walk"])), Case("/export |t", .files),
    Case("/add |s", .words(["user", "system", "assistant"])),
    Case("/copy |c", .words(["code"])),
    Case("/help |a", .words(Command.table.map(\.name.rawValue))),
    Case("/quit |x", .nothing),
  ])
  func `Tab completes what the command takes there`(_ row: Case) {
    let parts = row.line.split(separator: "|", omittingEmptySubsequences: false)
    let plan = CompletionPlan(
      line: parts.joined(), wordStart: parts[0].utf8.count, in: Self.state)
    #expect(plan == row.plan)
  }

  @Test func `Every completion that the table promises is answered`() {
    for command in Command.table {
      for (position, completion) in command.completions.enumerated() where completion != .nothing {
        let line = "/" + command.name.rawValue + String(repeating: " x", count: position) + " "
        let plan = CompletionPlan(line: line, wordStart: line.utf8.count, in: Self.state)
        #expect(plan != .nothing, "\(line)")
      }
    }
  }
}
