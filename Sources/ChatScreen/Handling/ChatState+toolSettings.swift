import ChatEngine
import Conversation
import Language
import ModelCatalog
import Screen

/// `/tools`, `/allow`, `/deny`, `/rounds` and `/budget`.
extension ChatState {
  /// `/tools`: the list, or a tool by its name.
  mutating func setTool(_ words: [String]) -> [ChatEffect] {
    guard let name = words.first else { return pickTool() }
    guard words.count < 3, let isOn = Self.switches[words.count == 1 ? "on" : words[1].lowercased()]
    else { return misused(.tools) }
    let isServer = engine.calls.options.servers.contains { name == $0 || name.hasPrefix($0 + "__") }
    let isForgotten = !isOn && engine.tools.enabled.contains(name)
    guard isServer || isForgotten || isThere(name) ?? true else {
      return fail(say("There is no tool \(name). /tools lists those there are."))
    }
    let effects = setTool(name, isOn: isOn)
    // Where nobody has looked yet, the list tells whether there is such a one.
    let looks = isOn && !isServer && engine.calls.tools == nil
    return looks ? effects + [.engine(.tool(.list(.named([name]))))] : effects
  }

  /// Whether a tool of this name was listed; nil where none were listed yet.
  private func isThere(_ name: String) -> Bool? {
    engine.calls.tools.map { tools in tools.contains { $0.name == name } }
  }

  private static let switches = ["on": true, "off": false]

  private mutating func setTool(_ name: String, isOn: Bool) -> [ChatEffect] {
    let effects = send(.calls(.setTool(name, isOn: isOn)))
    let told =
      isOn
      ? tell(say("The model may call \(name) from the next request on."))
      : tell(say("The model may not call \(name) any more."))
    return effects + told
  }

  private mutating func pickTool() -> [ChatEffect] {
    guard let tools = engine.calls.tools, engine.calls.knowsAllTools else {
      session.isPickingTool = true
      return send(.calls(.list))
    }
    return open(
      .picker(Picker(subject: .tools, title: say("Tools"), items: tools.map { item(of: $0) })))
  }

  /// Opens the list that waited for the tools, and tells what cannot be used.
  mutating func toolsListed(_ problems: [Phrase]) -> [ChatEffect] {
    if let first = problems.first {
      notice = Notice(.warning, problems.dropFirst().reduce(first) { say("\($0) \($1)") })
    }
    guard session.isPickingTool else { return [] }
    session.isPickingTool = false
    return pickTool()
  }

  /// Enter on a tool of the list switches it; the list stays.
  mutating func switchTool(_ name: String) -> [ChatEffect] {
    let isOn = engine.tools.tool(named: name).map(engine.tools.isOn) ?? false
    let effects = setTool(name, isOn: !isOn) + pickTool()
    guard case .picker(var picker) = overlay else { return effects }
    picker.selection = picker.items.firstIndex { $0.choice == .tool(name) } ?? 0
    overlay = .picker(picker)
    return effects
  }

  private func item(of tool: Tool) -> Picker.Item {
    let rules = engine.calls.rules
    let text = { (phrase: Phrase) in phrase.text(in: capabilities.language) }
    let asks: Phrase =
      if rules.denies(tool.name) {
        say("denied")
      } else if rules.allows(tool.name, arguments: "{}") {
        say("allowed")
      } else {
        switch tool.asking {
        case .always: say("asks always")
        case .once: say("asks once")
        case .never: say("asks never")
        }
      }
    let tokens = tool.definition.tokens.tokens ?? 0
    let figures = "\(text(asks))  ≈\(tokens) tok"
    let title = (engine.tools.isOn(tool) ? "[x] " : "[ ] ") + tool.name
    // A long path gives way, not the figures: remarks have half of the row, or what titles leave.
    let columns = capabilities.size.columns
    let half = max(columns / 2, columns - Cell.cells(of: title).count - 3)
    let room = half - Cell.cells(of: figures).count - 6
    let remark = "\(tool.source.text.endShown(in: room))  \(figures)"
    return Picker.Item(title: title, remark: remark, choice: .tool(tool.name))
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
    var rule = rule
    let servers = engine.calls.options.servers
    let isKnown =
      rule.tool.contains("*")
      || servers.contains { rule.tool == $0 || rule.tool.hasPrefix($0 + "__") }
      || isThere(rule.tool) ?? true
    // A server's name stands for all of its tools.
    if servers.contains(rule.tool) { rule.tool += "__*" }
    let fact = say("This rule is written down: \(rule.line)")
    let told =
      isKnown
      ? tell(fact)
      : tell(say("\(fact). There is no tool \(rule.tool) yet: /tools lists those there are."))
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

  /// `/budget [DOLLARS|off]`.
  mutating func setBudget(_ text: String) -> [ChatEffect] {
    let word = text.trimmed.lowercased()
    guard !word.isEmpty else {
      guard let budget = engine.calls.budget else { return tell(say("There is no budget.")) }
      return tell(say("A question may cost \("\(budget)") with all its calls."))
    }
    guard word != "off" else {
      return send(.calls(.limitCost(nil))) + tell(say("There is no budget any more."))
    }
    let digits = word.hasPrefix("$") ? String(word.dropFirst()) : word
    guard let dollars = Double(digits), dollars > 0, dollars <= 1_000_000 else {
      return misused(.budget)
    }
    let budget = Money(dollars: dollars)
    return send(.calls(.limitCost(budget)))
      + tell(say("A question may cost \("\(budget)") with all its calls."))
  }

  /// `/rounds [N]`.
  mutating func setRounds(_ text: String) -> [ChatEffect] {
    guard !text.trimmed.isEmpty else {
      return tell(say("Calls are answered \(engine.calls.roundLimit) times in a row; 0: no limit."))
    }
    guard let limit = Int(typed: text.trimmed), limit >= 0 else { return misused(.rounds) }
    return send(.calls(.limitRounds(limit)))
      + tell(say("Calls are answered \(limit) times in a row; 0: no limit."))
  }
}

extension String {
  /// The end of the text behind “…”, where it has more than so many characters.
  fileprivate func endShown(in room: Int) -> String {
    count > max(8, room) ? "…" + suffix(max(8, room) - 1) : self
  }
}
