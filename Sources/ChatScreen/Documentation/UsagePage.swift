import ChatEngine
import Conversation
package import Language
import ModelCatalog

/// The manual of `docs/`, written from the tables that the program itself goes by.
package struct UsagePage {
  let language: Language

  /// The whole page as Markdown.
  package static func markdown(in language: Language) -> String {
    let page = UsagePage(language: language)
    let parts = [
      page.opening, page.calls, page.writing, page.commands, page.parameters, page.keys,
      page.pictures, page.exitCodes, page.terminal, page.environment, page.files,
    ]
    return parts.joined(separator: "\n")
  }

  func text(_ phrase: Phrase) -> String { phrase.text(in: language) }

  func heading(_ phrase: Phrase) -> String { "## \(text(phrase))\n\n" }

  func table(_ head: [Phrase], _ rows: [[String]]) -> String {
    MarkdownTable(head: head.map(text), rows: rows).text
  }

  private var opening: String {
    """
    # \(text(say("Using Iris")))

    \(text(
      say("What stands in brackets may be left out; of words with a bar between them one is meant; words in capitals are yours to fill in.")
    ))

    """
  }

  private var writing: String {
    """
    \(heading(say("Writing")))\(text(
      say("Enter sends the message, Tab completes commands, values, paths and names. A line that starts with `/` is a command; `//` begins a message with a slash. GNU readline edits, so your `~/.inputrc` rules here too. A pasted or dropped path of a picture becomes an attachment; any other paste goes in whole.")
    ))

    """
  }

  private var commands: String {
    heading(say("Commands"))
      + Command.groups.map { group in
        "### \(text(group.title))\n\n"
          + table(
            [say("Command"), say("What it does"), say("Example")], group.commands.map(row))
      }.joined(separator: "\n")
  }

  private func row(of command: Command) -> [String] {
    let others = command.aliases.map { "`/\($0)`" }
    let names = (["`\(command.usage)`"] + others).joined(separator: ", ")
    let isPlain = command.example == command.usage
    return [names, text(command.summary), isPlain ? "" : "`\(command.example)`"]
  }

  private var parameters: String {
    heading(say("Parameters"))
      + text(say("Set with `/set`, taken out with `/unset`; one that is not set is not sent."))
      + "\n\n"
      + table(
        [say("Name"), say("What it takes")],
        ParameterName.allCases.map { ["`\($0.rawValue)`", text($0.expectation)] }
          + PictureSetting.allCases.map { ["`\($0.rawValue)`", text($0.expectation)] })
      + "\n" + text(say("Those of pictures go with `/draw` and `iris draw` alone.")) + "\n"
  }

  private var keys: String {
    let rows = KeyAction.allCases.compactMap { key in
      key.keyName.map { [$0, text(key.summary), "`\(key.rawValue)`"] }
    }
    return heading(say("Keys"))
      + text(
        say(
          "The last column is the name of the readline function, for other keys in `~/.inputrc` between `$if iris` and `$endif`."
        )) + "\n\n" + table([say("Key"), say("What it does"), say("Function")], rows)
      + "\n" + text(say("While a list, a page or a question is open:")) + "\n\n"
      + table(
        [say("Key"), say("What it does")], OverlayKeys.rows.map { [$0.keys, text($0.summary)] })
      + "\n" + text(say("While text is being selected:")) + "\n\n"
      + table(
        [say("Key"), say("What it does")],
        SelectionKeys.rows.map { [$0.keys, text($0.summary)] }) + "\n" + vi
  }

  private var vi: String {
    "### " + text(say("Readline's vi mode")) + "\n\n"
      + text(
        say(
          "With `set editing-mode vi` in `~/.inputrc` the composer says `(ins)` or `(cmd)`. Esc goes to command mode; Esc once more does what Esc does elsewhere, such as stopping a reply. A list, a page or a question closes at the first Esc. `/` in command mode searches the history, `v` opens the editor. `:q` and its like leave Iris, also without vi mode; with a blank before it `:q` is a message."
        )) + "\n"
  }
}

/// A table as GitHub Flavored Markdown writes it (GFM 0.29 §4.10).
struct MarkdownTable {
  var head: [String]
  var rows: [[String]]

  var text: String {
    ([head, head.map { _ in "---" }] + rows)
      .map { "| " + $0.map(Self.escaped).joined(separator: " | ") + " |\n" }.joined()
  }

  private static func escaped(_ cell: String) -> String {
    cell.replacing("|", with: "\\|").replacing("\n", with: " ")
  }
}
