import ArgumentParser
import ChatProgram
import Configuration

/// One question, for scripts.
struct Ask: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask one question; the reply goes to standard output.",
    discussion: """
      Standard input is read when it is piped: as the question, or behind it.
      """)

  @OptionGroup var shared: SharedOptions

  @Argument(help: "The question.")
  var prompt: [String] = []

  @Flag(help: "Ask once for each picture, in order.")
  var each = false

  @Flag(help: "Print the whole response as JSON.")
  var raw = false

  @Flag(name: .customLong("no-stream"), help: "Ask for the reply in one piece.")
  var noStream = false

  @Option(help: "Store the question and the reply under this name.")
  var save: String?

  @Option(help: "Ask in the stored conversation of this name.")
  var load: String?

  @Flag(name: [.customShort("c"), .customLong("continue")], help: "Ask in the last conversation.")
  var continues = false

  func run() throws {
    var invocation = try shared.invocation()
    invocation.start = load.map { .named($0) } ?? (continues ? .last : .new)
    let installation = try Start.installation(invocation)
    var options = AskOptions()
    options.prompt = prompt.isEmpty ? nil : prompt.joined(separator: " ")
    options.each = each
    options.raw = raw
    options.streams = !noStream
    options.saveName = save
    throw ExitCode(AskRun(installation, options).run().rawValue)
  }
}
