import ChatEngine
import Conversation
import Language
import ModelCatalog

extension ChatState {
  /// `/help [COMMAND|WORDS]`: everything, a command, or the rows that hold these words.
  mutating func help(_ rest: String) -> [ChatEffect] {
    let name = rest.hasPrefix("/") ? String(rest.dropFirst()) : rest
    guard !name.isEmpty else { return show(Page(title: say("Commands and keys"), rows: helpRows)) }
    guard let command = Command.named(name) else {
      guard let near = Command.nearest(to: name) else {
        var page = Page(title: say("Commands and keys"), rows: helpRows)
        page.filter = name
        let fits = !page.shown { $0.text(in: capabilities.language) }.isEmpty
        if fits { return show(page) }
        return fail(say("There is no command /\(name). /help lists them."))
      }
      return fail(
        say("There is no command /\(name). Did you mean /\(near)? /help lists them."),
        offers: [.help(near)])
    }
    return tell(say("\(command.usage): \(command.summary), for example \(command.example)."))
  }

  mutating func showKeys() -> [ChatEffect] {
    guard composer.text.isEmpty, overlay == nil else { return [.composer(.insert("?"))] }
    return show(Page(title: say("Keys"), rows: keyRows))
  }

  private var helpRows: [Page.Row] {
    Command.groups.flatMap { group in
      [Page.Row.heading(group.title)] + group.commands.map { Page.Row($0.usage, $0.helpSentence) }
    } + [Page.Row.heading(say("Keys"))] + keyRows
  }

  private var keyRows: [Page.Row] {
    [
      Page.Row("Enter", say("sends the message")),
      Page.Row("Tab", say("completes commands, values, paths and names")),
    ]
      + KeyAction.allCases.compactMap { key in
        key.keyName.map { Page.Row($0, key.summary) }
      } + [Page.Row.heading(say("While a list, a page or a question is open"))]
      + OverlayKeys.rows.map { Page.Row($0.keys, $0.summary) }
      + [Page.Row.heading(say("While text is being selected"))]
      + SelectionKeys.rows.map { Page.Row($0.keys, $0.summary) }
  }

  /// What the catalogue knows of a model, for the picker.
  func modelRemark(_ id: String) -> String {
    let model = engine.settings.catalog.model(named: id)
    let window = model.contextWindow.map { TokenEstimate.short($0) } ?? ""
    let price = model.price.map {
      "$\(Parameters.number($0.input))/\(Parameters.number($0.output))"
    }
    return [window, price ?? "", model.hasVision == true ? "▦" : ""]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

extension Command {
  /// What it does, and its other names.
  fileprivate var helpSentence: Phrase {
    guard !aliases.isEmpty else { return summary }
    let names = aliases.map { "/" + $0 }.joined(separator: ", ")
    return say("\(summary); also \(names)")
  }
}
