import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// What is typed wrongly gets one sentence, and the line back.
@Suite struct CommandTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let line: String
    let says: String
    var testDescription: String { line }

    init(_ line: String, _ says: String) {
      self.line = line
      self.says = says
    }
  }

  @Test(arguments: [
    "copy", "copy code", "edit", "retry", "variant", "rerun", "detail", "again", "mask", "redraw @",
    "detach",
    "open", "speak", "view", "forget", "keep", "rounds", "save-file", "preview",
    "include",
  ])
  func `No number that is typed ends the program`(command: String) {
    for number in ["-9223372036854775808", "9223372036854775807", "-1", "0", "1000000001"] {
      var chat = Chat(.of("One", "Two"))
      chat.enter("/\(command)\(command.hasSuffix("@") ? "" : " ")\(number) low")
      chat.enter("/\(command)\(command.hasSuffix("@") ? "" : " ")\(number)")
      #expect(chat.conversation.messages.count == 2)
    }
  }

  @Test(arguments: [
    Case("/hlep", "There is no command /hlep. Did you mean /help? /help lists them."),
    Case("/modle x", "There is no command /modle. Did you mean /model? /help lists them."),
    Case("/exot", "There is no command /exot. Did you mean /exit? /help lists them."),
    Case(
      "/frobnicate",
      "There is no command /frobnicate. /help lists them; // sends a line with a slash."),
    Case("/", "There is no command /. /help lists them; // sends a line with a slash."),
    Case("/help frobnicate", "There is no command /frobnicate. /help lists them."),
    Case(
      "/attach",
      "It is written /attach PATH|URL… [DETAIL], for example /attach ~/photos/bridge.jpg high."
    ),
    Case(
      "/detail low x",
      "It is written /detail low|high|auto|original|tiles [N], for example /detail low 1."),
    Case(
      "/detail low 1 2",
      "It is written /detail low|high|auto|original|tiles [N], for example /detail low 1."),
    Case("/preview maybe", "It is written /preview [on|off], for example /preview on."),
    Case("/role boss", "There is no role boss: it is user, system or assistant."),
    Case("/edit x", "It is written /edit [N], for example /edit 3."),
    Case("/edit 9", "There is no message 9: there are 2."),
    Case("/variant 2", "There are no variants here. /retry and /edit make them."),
    Case("/model gpt 4o", "It is written /model [NAME], for example /model gpt-4o."),
    Case("/provider gone", "There is no provider gone: there are openai, plain."),
    Case("/set colour", "It is written /set NAME VALUE, for example /set max_tokens 500."),
    Case(
      "/set colour red",
      "colour takes JSON, such as 40, true, [1, 2] or \"text\" in quotes, not red."
    ),
    Case("/unset", "It is written /unset NAME, for example /unset temperature."),
    Case(
      "/unset colour",
      "There is no parameter colour: there are temperature, top_p, max_tokens, frequency_penalty, presence_penalty, seed, stop, response_format, reasoning_effort, store, upload, picture_model, picture_size, picture_quality, picture_style, picture_background, picture_format."
    ),
    Case(
      "/forget", "It is written /forget N|N-M [pictures]|learned, for example /forget 2 pictures."),
    Case(
      "/forget 1 images",
      "It is written /forget N|N-M [pictures]|learned, for example /forget 2 pictures."),
    Case("/keep", "It is written /keep N|N-M, for example /keep 2."),
    Case("/keep 1 pictures", "It is written /keep N|N-M, for example /keep 2."),
    Case("/rename", "It is written /rename NAME, for example /rename walk."),
    Case(
      "/search",
      "It is written /search [~]TEXT, for example /search ~a way across the river."),
    Case("/export", "It is written /export FILE, for example /export trip.md."),
    Case("/copy x", "It is written /copy [N|code [N]], for example /copy code."),
    Case("/copy code x", "It is written /copy [N|code [N]], for example /copy code."),
    Case("/copy 9", "There is no message 9: there are 2."),
    Case("/copy code", "The last reply has no block of code."),
    Case("/find", "It is written /find TEXT, for example /find walkway."),
    Case("/find zebra", "“zebra” is not in this conversation. /search looks in all of them."),
    Case("/pipe", "It is written /pipe COMMAND, for example /pipe wc -w."),
  ])
  func `A wrong line is given back with one sentence`(_ row: Case) {
    var chat = Chat(.of("One", "Two"))
    let before = chat.conversation
    #expect(
      chat.enter(row.line).withoutWakes
        == [.composer(.remember(row.line)), .composer(.setText(row.line))])
    #expect(chat.state.notice?.kind == .error)
    #expect(chat.says == row.says)
    #expect(chat.line == row.line)
    #expect(chat.conversation == before)
  }

  @Test(arguments: [
    Case("/retry", "There is no reply to ask for again. Type a message and press Enter."),
    Case("/edit", "There is no message of yours to write anew yet."),
    Case("/undo", "There is nothing to take back."),
    Case("/copy", "There is no reply to copy yet."),
    Case("/pipe wc", "There is no reply to hand over yet."),
    Case("/pager", "There is nothing to read yet."),
    Case("/variant", "There are no variants here. /retry and /edit make them."),
    Case("/open", "The last reply has no links."),
    Case("/undelete", "No conversation was deleted since the start."),
  ])
  func `A line that comes too early is given back where it has arguments`(_ row: Case) {
    var chat = Chat()
    chat.enter(row.line)
    #expect(chat.says == row.says)
    #expect(chat.line == (row.line.contains(" ") ? row.line : ""))
  }

  @Test(arguments: ["/send", "/retry", "/edit 1", "/fork", "/variant 1"])
  func `What would disturb the reply that comes is refused`(line: String) throws {
    var chat = Chat(.of("One", "Two").withVariant)
    try chat.ask("Three")
    chat.enter(line)
    #expect(chat.says == "A reply is still coming: Esc stops it.")
    #expect(chat.line == line)
    #expect(!chat.state.reply.isIdle)
  }

  @Test func `Every command is dispatched, by its name and its aliases, whatever the case`() {
    for command in Command.table {
      for name in [command.name.rawValue] + command.aliases {
        #expect(Command.named(name) == command)
        var chat = Chat(.of("One", "Two"))
        let effects = chat.enter("/\(name.uppercased())").withoutWakes
        #expect(
          effects != [.composer(.remember("/\(name.uppercased())"))] || chat.says != nil
            || chat.state.transcript.isRaw)
        #expect(chat.says?.contains("There is no command") != true)
      }
    }
  }

  @Test(arguments: [
    ("", "", 0), ("help", "help", 0), ("hlep", "help", 1), ("hel", "help", 1), ("", "ab", 2),
    ("modle", "model", 1), ("kitten", "sitting", 3), ("木桥", "桥木", 1),
  ])
  func `Two words are as far apart as the letters that were mistyped`(
    left: String, right: String, distance: Int
  ) {
    #expect(EditDistance.between(left, right) == distance)
    #expect(EditDistance.between(right, left) == distance)
  }

  @Test func `The table has every command once, with an example that can be typed`() {
    #expect(
      Command.table.map(\.name).sorted { $0.rawValue < $1.rawValue }
        == CommandName.allCases.sorted { $0.rawValue < $1.rawValue })
    let names = Command.table.flatMap { [$0.name.rawValue] + $0.aliases }
    #expect(Set(names).count == names.count)
    for command in Command.table {
      #expect(CommandLine(command.example)?.name == command.name.rawValue)
      #expect(command.summary.text().last?.isPunctuation == false)
    }
  }

  @Test func `Help names every command and every key`() {
    var chat = Chat()
    chat.enter("/help")
    #expect(chat.page?.title.text() == "Commands and keys")
    let leads = Set(chat.page?.rows.map(\.lead) ?? [])
    #expect(leads.isSuperset(of: Command.table.map(\.usage)))
    #expect(leads.isSuperset(of: KeyAction.allCases.compactMap(\.keyName)))
  }

  @Test(arguments: ["/help attach", "/help /attach", "/help image"])
  func `Help explains one command`(line: String) {
    var chat = Chat()
    chat.enter(line)
    #expect(
      chat.says
        == "/attach PATH|URL… [DETAIL]: adds pictures, documents and sound to the next message: "
        + "files, folders, patterns, URLs, for example /attach ~/photos/bridge.jpg high.")
  }

  @Test func `A question mark on an empty line shows the keys, else it is a letter`() {
    var chat = Chat()
    chat.press(.help)
    #expect(chat.page?.title.text() == "Keys")
    #expect(chat.page?.rows.prefix(2).map(\.lead) == ["Enter", "Tab"])
    #expect(
      chat.page?.text.prefix(2) == [
        "sends the message", "completes commands, values, paths and names",
      ])
    chat.press(.cancel)
    chat.type("What")
    #expect(chat.press(.help).first == .composer(.insert("?")))
    #expect(chat.line == "What?")
  }
}

extension Conversation {
  /// The conversation with another answer to its first message.
  fileprivate var withVariant: Self {
    var copy = self
    copy.messages.append(
      Message(
        id: MessageID(rawValue: 50), parent: messages.pathIDs[0], role: .assistant,
        parts: [.text("Other")], created: created))
    return copy
  }
}
