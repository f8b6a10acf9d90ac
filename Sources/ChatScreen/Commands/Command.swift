import ChatEngine
package import Language

/// A slash command: the one description that dispatch, Tab, `/help` and the manual come from.
package struct Command: Equatable, Sendable {
  /// What a Tab after the command completes.
  package enum Completion: Equatable, Sendable {
    case nothing
    case words([String])
    /// Files, and folders with them.
    case files
    /// Files that are named like pictures, and folders with them.
    case pictures
    case models
    case conversations
    case conversationsOrPaths
    case providers
    case parameters
    /// Values of the parameter before.
    case valueOfParameter
    case commands
    case tools
    /// The voices that were listed last.
    case voices
  }

  package let name: CommandName
  package let aliases: [String]
  /// The arguments as the help shows them, such as `PATH|URL… [DETAIL]`.
  package let arguments: String
  package let completions: [Completion]
  package let summary: Phrase
  package let example: String

  init(
    _ name: CommandName, aliases: [String] = [], takes arguments: String = "",
    completing completions: [Completion] = [], _ summary: Phrase, example: String
  ) {
    self.name = name
    self.aliases = aliases
    self.arguments = arguments
    self.completions = completions
    self.summary = summary
    self.example = example
  }

  /// `/name arguments`, as it is typed.
  package var usage: String {
    arguments.isEmpty ? "/" + name.rawValue : "/" + name.rawValue + " " + arguments
  }
}

/// The commands, each in one place of ``ChatState/perform(_:_:at:)``.
package enum CommandName: String, CaseIterable, Sendable {
  case attach, paste, detach, attachments, detail, images, view, preview
  case draw, redraw, again, mask
  case role, system, add, send, retry, edit, undo, variant
  case model, models, provider, api, key
  case temperature
  case topP = "top_p"
  case set, unset, params
  case tools, allow, deny, rounds, budget, rerun, web, python, pictures, library
  case files
  case saveFile = "save-file"
  case context, forget, keep, usage
  case new, fork, save, load, list, rename, delete, undelete, search, export
  case speak, voice, listen
  case copy, find, raw, open, pipe
  case pipeOnScreen = "pipe!"
  case pager
  case help, quit
}

extension Command {
  /// The command that is called so, or has that alias.
  package static func named(_ name: String) -> Command? {
    table.first { $0.name.rawValue == name || $0.aliases.contains(name) }
  }

  /// Every command, in the order of the help.
  package static let table: [Command] = groups.flatMap(\.commands)

  /// The commands by what they are about.
  package static let groups = [
    CommandGroup(title: say("Pictures"), commands: pictureCommands),
    CommandGroup(title: say("Making pictures"), commands: drawingCommands),
    CommandGroup(title: say("Messages"), commands: messageCommands),
    CommandGroup(title: say("Models and parameters"), commands: modelCommands),
    CommandGroup(title: say("Tools"), commands: toolCommands),
    CommandGroup(title: say("What a request carries"), commands: contextCommands),
    CommandGroup(title: say("Conversations"), commands: conversationCommands),
    CommandGroup(title: say("Sound"), commands: soundCommands),
    CommandGroup(title: say("Reading"), commands: readingCommands),
    CommandGroup(title: say("The program"), commands: programCommands),
  ]
}

/// Commands that belong together.
package struct CommandGroup: Equatable, Sendable {
  package let title: Phrase
  package let commands: [Command]
}
