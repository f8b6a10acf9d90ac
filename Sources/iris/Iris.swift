import ArgumentParser
import ChatProgram
import Configuration

/// The command line.
struct Iris: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "iris", abstract: "A terminal chat client that can see.",
    version: Program.version,
    subcommands: [
      Chat.self, Ask.self, ListConversations.self, Show.self, Export.self, Import.self,
      Models.self, Doctor.self, Usage.self, Check.self, SalvageDamaged.self, Demo.self,
    ], defaultSubcommand: Chat.self)
}

/// The full-screen program.
struct Chat: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Chat in the terminal, on a new conversation or an old one.")

  @OptionGroup var shared: SharedOptions

  @Flag(name: [.customShort("c"), .customLong("continue")], help: "Go on with the last one.")
  var continues = false

  @Option(help: "Open the conversation of this name.")
  var load: String?

  func run() throws {
    var invocation = try shared.invocation()
    invocation.start = load.map { .named($0) } ?? (continues ? .last : .new)
    let installation = try Start.installation(invocation)
    throw ExitCode(ChatRun(installation).run().rawValue)
  }
}
