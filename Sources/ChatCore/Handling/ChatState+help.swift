import Conversation
import Language
import ModelCatalog

extension ChatState {
  mutating func help(_ rest: String) -> [ChatEffect] {
    let name = rest.hasPrefix("/") ? String(rest.dropFirst()) : rest
    guard !name.isEmpty else { return show(Page(title: say("Commands and keys"), rows: helpRows)) }
    guard let command = Command.named(name) else {
      return fail(say("There is no command /\(name). /help lists them."))
    }
    return tell(say("\(command.usage): \(command.summary), for example \(command.example)."))
  }

  mutating func showKeys() -> [ChatEffect] {
    guard composer.text.isEmpty, overlay == nil else { return [.composer(.insert("?"))] }
    return show(Page(title: say("Keys"), rows: keyRows))
  }

  private var helpRows: [Page.Row] {
    let commands = Command.table.map { Page.Row($0.usage, $0.summary) }
    return commands + [Page.Row("", .verbatim(""))] + keyRows
  }

  private var keyRows: [Page.Row] {
    [
      Page.Row("Enter", say("sends the message")),
      Page.Row("Tab", say("completes commands, values, paths and names")),
    ]
      + KeyAction.allCases.compactMap { key in
        key.keyName.map { Page.Row($0, key.summary) }
      }
  }

  mutating func askUsage() -> [ChatEffect] { [.store(.usage(conversation.id))] }

  mutating func showUsage(_ lines: [UsageLine]) -> [ChatEffect] {
    guard !lines.isEmpty else {
      return tell(say("No server has told what this conversation used yet."))
    }
    let rows = lines.map { line in
      let usage = line.usage
      let model = surroundings.catalog.model(named: line.model)
      let money =
        model.cost(of: usage).map { .verbatim($0.description) } ?? say("price unknown")
      let tokens = TokenEstimate.short
      return Page.Row(
        line.label,
        say(
          "\(line.model): \(line.replies) replies, \(tokens(usage.prompt)) in (\(tokens(usage.cached)) cached), \(tokens(usage.completion)) out, \(money)"
        ))
    }
    return show(Page(title: say("Tokens and money"), rows: rows))
  }

  /// What the catalogue knows of a model, for the picker.
  func modelRemark(_ id: String) -> String {
    let model = surroundings.catalog.model(named: id)
    let window = model.contextWindow.map { TokenEstimate.short($0) } ?? ""
    let price = model.price.map {
      "$\(Parameters.number($0.input))/\(Parameters.number($0.output))"
    }
    return [window, price ?? "", model.hasVision == true ? "▦" : ""]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
