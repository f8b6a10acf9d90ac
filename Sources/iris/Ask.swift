import ArgumentParser
import ChatProgram
import Configuration
import Conversation
import Language

/// One question, for scripts.
struct Ask: ParsableCommand {
  static let configuration = Iris.call(
    CommandConfiguration(
      commandName: "ask",
      abstract: "Ask one question; the reply goes to standard output.",
      discussion: """
        Standard input is read when it is piped: as the question, or behind it. Words that are paths of \
        pictures are pictures, as a shell's pattern gives them: iris ask -i *.png "What is new?"
        """))

  @OptionGroup var shared: SharedOptions

  @Argument(help: "The question.")
  var prompt: [String] = []

  @Flag(help: "Ask once for each picture; what fails is told and gone past.")
  var each = false

  @Flag(name: .customLong("jsonl"), help: "With --each: a JSON object a line for each picture.")
  var jsonLines = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "With --jsonl: the file of results; the same command goes on where it stopped.",
    completion: .file())
  var output: String?

  @Option(
    name: [.customShort("j"), .customLong("jobs")],
    help: "With --each: how many requests go side by side, 1 to 64.")
  var jobs: Int = 1

  @Flag(help: "Print the whole response as JSON.")
  var raw = false

  @Flag(name: .customLong("no-stream"), help: "Ask for the reply in one piece.")
  var noStream = false

  @Option(help: "Store the question and the reply under this name.")
  var save: String?

  @Option(help: "Ask in the stored conversation of this name.", completion: .conversation)
  var load: String?

  @Flag(name: [.customShort("c"), .customLong("continue")], help: "Ask in the last conversation.")
  var continues = false

  @Option(
    parsing: .upToNextOption,
    help: "Add a message first: user, assistant or system, and its text. May be repeated.")
  var add: [String] = []

  @Flag(help: "Say what it took, in tokens and money, on standard error.")
  var usage = false

  @Flag(help: "Let the model search the web with its server's own tool.")
  var web = false

  @Flag(help: "Let the model run Python on its server.")
  var python = false

  @Flag(help: "Let the model make pictures in its reply.")
  var pictures = false

  @Option(
    name: .customLong("library"),
    help: "A library on the server that the model may search. May be repeated.")
  var libraries: [String] = []

  @Flag(help: "Send although a limit that is known speaks against it.")
  var anyway = false

  @Option(
    name: .customLong("allow"),
    help: "A tool whose calls are made unasked; it is offered too. May be repeated.")
  var allowed: [String] = []

  @Option(help: "How often in a row calls of tools may be answered, 0 for no limit.")
  var rounds: Int?

  @Option(help: "What the question may cost with all calls of tools, in dollars.")
  var budget: Double?

  @Flag(help: "Make no call of a tool: recorded results of the conversation stand in their place.")
  var replay = false

  @Flag(name: .customLong("show-calls"), help: "Tell calls of tools on standard error.")
  var showCalls = false

  func validate() throws {
    if let rounds, rounds < 0 {
      throw ValidationError(say("--rounds takes a whole number, 0 or more, not \(rounds)."))
    }
    if let budget, !(budget > 0) {
      throw ValidationError(say("--budget takes an amount above 0, not \(budget)."))
    }
    guard (1...64).contains(jobs) else {
      throw ValidationError(say("-j takes a whole number from 1 to 64, not \(jobs)."))
    }
    if jsonLines, !each { throw ValidationError(say("--jsonl goes with --each.")) }
    if output != nil, !jsonLines { throw ValidationError(say("-o goes with --each --jsonl.")) }
    if let save {
      do throws(LabelError) {
        _ = try Label(typed: save)
      } catch {
        throw ValidationError(say("--save takes a name of 1 to \(Label.columns) columns."))
      }
    }
    if raw, jsonLines { throw ValidationError(say("--raw and --jsonl exclude each other.")) }
    _ = try additions
  }

  func run() throws {
    var invocation = try shared.invocation()
    invocation.start = load.map { .named($0) } ?? (continues ? .last : .new)
    invocation.tools += allowed.filter { !invocation.tools.contains($0) }
    if web { invocation.options.parameters.web = .on }
    if python { invocation.options.parameters.python = true }
    if pictures { invocation.options.parameters.makesPictures = true }
    if !libraries.isEmpty { invocation.options.parameters.libraries = libraries }
    var options = AskOptions()
    options.words = prompt + (try additions.rest)
    options.additions = try additions.messages
    options.each = each
    options.jsonLines = jsonLines
    options.resultsFile = output
    options.parallelism = jobs
    options.raw = raw
    options.streams = !noStream
    options.saveName = save
    options.ignoresRisks = anyway
    options.tellsUsage = usage
    options.allowedTools = allowed
    options.roundLimit = rounds
    options.budget = budget
    options.replays = replay
    options.showsCalls = showCalls
    try Start.run(invocation) { AskRun($0, options).run() }
  }

  /// The messages of `--add`, and the words behind the last one: they are the question's.
  private var additions: (messages: [AskOptions.Addition], rest: [String]) {
    get throws {
      var messages: [AskOptions.Addition] = []
      var rest = add[...]
      while let word = rest.first, messages.isEmpty || Role(written: word) != nil {
        guard let role = Role(written: word), rest.count > 1 else {
          throw ValidationError(
            say("--add takes a role and a text: --add user|assistant|system TEXT, not \(word)."))
        }
        messages.append(AskOptions.Addition(role: role, text: rest[rest.startIndex + 1]))
        rest = rest.dropFirst(2)
      }
      return (messages, Array(rest))
    }
  }
}
