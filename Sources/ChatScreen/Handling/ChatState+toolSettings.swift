import ChatEngine
import Conversation
import Language
import ModelCatalog

/// `/tools`, `/allow`, `/deny` and `/rounds`.
extension ChatState {
  /// `/tools`: the list, or a tool by its name.
  mutating func setTool(_ words: [String]) -> [ChatEffect] {
    guard let name = words.first else { return pickTool() }
    guard words.count < 3, let isOn = Self.switches[words.count == 1 ? "on" : words[1].lowercased()]
    else { return misused(.tools) }
    if let tools = engine.calls.tools, !tools.contains(where: { $0.name == name }) {
      return fail(say("There is no tool \(name). /tools lists those there are."))
    }
    return setTool(name, isOn: isOn)
  }

  private static let switches = ["on": true, "off": false]

  private mutating func setTool(_ name: String, isOn: Bool) -> [ChatEffect] {
    let effects = send(.calls(.setTool(name, isOn: isOn))) + send(.calls(.list))
    let told =
      isOn
      ? tell(say("The model may call \(name) from the next request on."))
      : tell(say("The model may not call \(name) any more."))
    return effects + told
  }

  private mutating func pickTool() -> [ChatEffect] {
    guard let tools = engine.calls.tools else {
      session.isPickingTool = true
      return send(.calls(.list))
    }
    return open(
      .picker(Picker(subject: .tools, title: say("Tools"), items: tools.map { item(of: $0) })))
  }

  /// Opens the list that waited for the tools, and tells what cannot be used.
  mutating func toolsListed(_ problems: [Phrase]) -> [ChatEffect] {
    if let problem = problems.first { notice = Notice(.warning, problem) }
    guard session.isPickingTool else { return [] }
    session.isPickingTool = false
    return pickTool()
  }

  /// Enter on a tool of the list switches it; the list stays.
  mutating func switchTool(_ name: String) -> [ChatEffect] {
    let isOn = engine.calls.enabled.contains(name)
    let effects = setTool(name, isOn: !isOn) + pickTool()
    guard case .picker(var picker) = overlay else { return effects }
    picker.selection = picker.items.firstIndex { $0.choice == .tool(name) } ?? 0
    overlay = .picker(picker)
    return effects
  }

  private func item(of tool: Tool) -> Picker.Item {
    let calls = engine.calls
    let isOn = calls.enabled.contains(tool.name)
    let text = { (phrase: Phrase) in phrase.text(in: capabilities.language) }
    let asks: Phrase =
      if calls.rules.denies(tool.name) {
        say("denied")
      } else if calls.rules.allows(tool.name, arguments: "{}") {
        say("allowed")
      } else {
        switch tool.asking {
        case .always: say("asks always")
        case .once: say("asks once")
        case .never: say("asks never")
        }
      }
    let tokens = tool.definition.tokens.tokens ?? 0
    let remark = "\(tool.source.text)  \(text(asks))  ≈\(tokens) tok"
    let sign = isOn ? "[x] " : "[ ] "
    return Picker.Item(title: sign + tool.name, remark: remark, choice: .tool(tool.name))
  }

  /// `/allow TOOL [PATTERN]`; without a tool, what is allowed and denied.
  mutating func allowTool(_ text: String) -> [ChatEffect] {
    let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    guard let name = words.first else { return showRules() }
    let pattern = words.count > 1 ? words[1].trimmed : nil
    return add(ToolRules.Rule(isAllowed: true, tool: name, pattern: pattern))
  }

  /// `/deny TOOL`.
  mutating func denyTool(_ text: String) -> [ChatEffect] {
    let name = text.trimmed
    guard !name.isEmpty, !name.contains(where: \.isWhitespace) else { return misused(.deny) }
    return add(ToolRules.Rule(isAllowed: false, tool: name))
  }

  private mutating func add(_ rule: ToolRules.Rule) -> [ChatEffect] {
    let told = tell(say("This rule is written down: \(rule.line)"))
    return told + send(.calls(.add(rule)))
  }

  private mutating func showRules() -> [ChatEffect] {
    let rules = engine.calls.rules.rules
    guard !rules.isEmpty else {
      return tell(say("Nothing is allowed or denied for good. /allow TOOL makes calls unasked."))
    }
    return show(
      Page(
        title: say("Tools that are allowed and denied"),
        rows: rules.map { Page.Row("", .verbatim($0.line)) }))
  }

  /// `/rounds [N]`.
  mutating func setRounds(_ text: String) -> [ChatEffect] {
    guard !text.trimmed.isEmpty else {
      return tell(say("Calls are answered \(engine.calls.roundLimit) times in a row; 0: no limit."))
    }
    guard let limit = Int(text.trimmed), limit >= 0 else { return misused(.rounds) }
    return send(.calls(.limitRounds(limit)))
      + tell(say("Calls are answered \(limit) times in a row; 0: no limit."))
  }
}
