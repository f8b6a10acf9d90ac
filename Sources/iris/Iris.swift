import ArgumentParser
import ChatProgram
import Configuration
import Language

/// The command line.
struct Iris: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "iris", abstract: "A terminal chat client that can see.",
    usage: """
      iris [<options>] [<prompt> ...]
      iris <subcommand>
      """,
    discussion: "iris chat --help tells the options that iris takes by itself.",
    version: Program.version,
    subcommands: [
      Chat.self, Ask.self, ListConversations.self, Show.self, Export.self, Import.self,
      Models.self, Draw.self, ListTools.self, ListMCPServers.self, Doctor.self, Tokens.self,
      Usage.self, Check.self, SalvageDamaged.self, Speak.self, Transcribe.self, Embed.self,
      Similar.self, ServerFiles.self, Libraries.self,
      Demo.self,
    ], defaultSubcommand: Chat.self)

  /// The call that the command line begins with, or the screen where it begins with an option, parsed by
  /// itself: the parser would build the arguments of all calls first, which takes longer than most of them do.
  ///
  /// Nil where it names none, or where something is to be said, help or a mistake: the whole parser says
  /// that, with the names of what stands above the call. Behind an option no word is a call's name to it either.
  static func named(in arguments: [String]) -> (any ParsableCommand)? {
    let words = arguments.dropFirst()
    guard let first = words.first else { return nil }
    guard !first.hasPrefix("-") else { return try? Chat.parse(Array(words)) }
    let call = configuration.subcommands.first { $0.configuration.commandName == first }
    return call.flatMap { try? $0.parse(Array(words.dropFirst())) }
  }

  /// The configuration of a call that is parsed by itself.
  ///
  /// The parser takes it for one below another command, and so does not look first, by the arguments of two
  /// commands of its own, whether a completion script is wanted: the whole parser does.
  static func call(_ configuration: CommandConfiguration) -> CommandConfiguration {
    var configuration = configuration
    configuration._superCommandName = "iris"
    return configuration
  }

  /// A text that the parser gives where nothing is wrong, with the options of the call that need not be named
  /// where it is a script of completions.
  static func completed(_ text: String) -> String {
    guard CommandLine.arguments.dropFirst().first == "--generate-completion-script" else {
      return text
    }
    return CompletionScript(text, of: "iris", withoutName: Chat._commandName).text
  }

  /// Whether the command line names the call, which need not be named where it is the default: its
  /// usage is told as it was typed.
  static func isNamed(_ call: String, in arguments: [String]) -> Bool {
    arguments.dropFirst().first == call || arguments.dropFirst().starts(with: ["help", call])
  }

  /// The call that a single word is hardly more than a slip away from: a mistyped call must not
  /// become a question that costs money.
  static func call(like word: String) -> String? {
    // git, go and node have it as a call.
    guard word != "version" else { return "--version" }
    return MistypedCall.nearest(to: word, among: configuration.subcommands.map { $0._commandName })
  }
}

/// The full-screen program.
struct Chat: ParsableCommand {
  static let configuration = Iris.call(
    CommandConfiguration(
      commandName: name,
      abstract: "Chat in the terminal, on a new conversation or an old one; with words, ask them.",
      usage: Iris.isNamed(name, in: CommandLine.arguments)
        ? nil : "iris [<options>] [<prompt> ...]"))

  private static let name = "chat"

  @OptionGroup var shared: SharedOptions

  @Argument(help: "A question that is asked without the screen, as iris ask does.")
  var prompt: [String] = []

  @Flag(name: [.customShort("c"), .customLong("continue")], help: "Go on with the last one.")
  var continues = false

  @Option(help: "Open the conversation of this name.", completion: .conversation)
  var load: String?

  func validate() throws {
    guard prompt.count == 1, let word = prompt.first, let call = Iris.call(like: word) else {
      return
    }
    throw ValidationError(
      say("There is no call \(word). Did you mean \(call)? iris ask \(word) asks it all the same."))
  }

  func run() throws {
    var invocation = try shared.invocation()
    invocation.start = load.map { .named($0) } ?? (continues ? .last : .new)
    guard prompt.isEmpty else {
      var options = AskOptions()
      options.words = prompt
      return try Start.run(invocation) { AskRun($0, options).run() }
    }
    try Self.start(invocation)
  }

  /// Opens the screen; asks what is piped in instead.
  static func start(_ invocation: Invocation) throws {
    let isPiped = PipedInput.isThere
    try Start.run(invocation) {
      isPiped ? AskRun($0, AskOptions()).run() : ChatRun($0).run()
    }
  }
}
