import ChatEngine
import Testing

/// Rules about tools, whose names come from servers.
@Suite struct ToolRuleTests {
  /// What a file holds after a tool of that name was allowed for good, read again.
  private func written(_ name: String) -> ToolRules {
    var rules = ToolRules()
    rules.add(ToolRules.Rule(allowing: name))
    return ToolRules(text: rules.text)
  }

  @Test(arguments: [
    "server__go", "server__a\nallow *", "server__*", "server__a b", "server__a\r\n#", "a\u{2028}b",
    #"server__\u{2A}"#, "天气__查询", "a\u{0}b", "#a", "\t",
  ])
  func `A rule that Iris writes allows the very tool, and no other`(name: String) {
    let rules = written(name)
    #expect(rules.rules.count == 1 && rules.unreadableLines.isEmpty)
    #expect(rules.allows(name, arguments: "{}"))
    for other in ["plain__go", "server__a", "server__b", "allow", "a", "b", "x"] where other != name
    {
      #expect(!rules.allows(other, arguments: "{}"), "\(other)")
    }
  }

  @Test func `A star that a user writes stands for any characters`() {
    let rules = ToolRules(text: "allow server__*\ndeny server__rm\n")
    #expect(rules.allows("server__go", arguments: "{}"))
    #expect(!rules.allows("server__rm", arguments: "{}"))
    #expect(!rules.allows("other__go", arguments: "{}"))
  }

  @Test func `A pattern is compared with arguments as they are, backslashes too`() {
    let rules = ToolRules(text: #"allow run {"path":"C:\\*"}"#)
    #expect(rules.allows("run", arguments: #"{"path":"C:\\temp"}"#))
    #expect(!rules.allows("run", arguments: #"{"path":"D:\\temp"}"#))
  }
}
