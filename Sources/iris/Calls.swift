import ArgumentParser
import ChatProgram
import Configuration

/// The stored conversations, a line each.
struct ListConversations: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the stored conversations, newest first.")

  @Option(help: "Only messages with this text.")
  var search: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Start.run { LibraryCalls($0).list(searching: search, asJSON: json) }
  }
}

/// One conversation as text.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a stored conversation; the last one without a name.")

  @Argument(help: "The conversation's name.", completion: .conversation)
  var name: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Start.run { LibraryCalls($0).show(name, asJSON: json) }
  }
}

/// One conversation as a file.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a stored conversation to a file: .json, .iris.json, .md, .html or .sh.",
    discussion: """
      A file that Iris did not write itself from the same conversation, or that was changed since, is \
      replaced only with --force.
      """)

  @Argument(help: "The conversation's name.", completion: .conversation)
  var name: String

  @Argument(
    help: "The file; NAME.json unless it is given. - is standard output.", completion: .file())
  var file: String?

  @Option(
    help: "json, iris.json, md, html or sh, where the file's name does not tell it.",
    completion: .list(["json", "iris.json", "md", "html", "sh"]))
  var format: String?

  @Flag(help: "Replace whatever file is there.")
  var force = false

  func run() throws {
    try Start.run {
      LibraryCalls($0).export(name, to: file, as: format, isReplacing: force)
    }
  }
}

/// Conversations from files.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read conversations of Iris and of other programs.",
    discussion: """
      Read are files of Iris, OpenAI messages (JSON, JSON Lines), exports of ChatGPT and Claude (the \
      .zip as it came, its folder, or conversations.json), Open WebUI and LibreChat (JSON), sessions of \
      aichat (.yaml), folders of gptme, and the databases of llm (logs.db), oterm (store.db) and Iris \
      (iris.sqlite). The mcpServers of a claude_desktop_config.json go into config.yaml, and are shown. \
      What is there already is not doubled; the files stay as they are.
      """)

  @Argument(help: "The files, archives or folders.", completion: .file())
  var files: [String]

  @Flag(help: "Print what would come, and import nothing.")
  var dryRun = false

  @Flag(help: "With --dry-run: print JSON.")
  var json = false

  @Option(
    help: "A file, or a folder, outside the import's own folder, whose pictures may be read.",
    completion: .file())
  var allowPath: [String] = []

  func run() throws {
    try Start.run { installation in
      // Servers are settings: they go into config.yaml, and nothing of them is run.
      let (files, status) = MCPCalls(installation).importServers(from: files, isPlan: dryRun)
      guard !files.isEmpty else { return status }
      let calls = LibraryCalls(installation)
      guard dryRun else {
        let imported = calls.importFiles(files, allowing: allowPath)
        return imported == .done ? status : imported
      }
      return calls.planImport(of: files, allowing: allowPath, asJSON: json)
    }
  }
}

/// Tokens and money.
struct Usage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "usage",
    abstract: "Print the tokens and the money used, by month and model.")

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Start.run { LibraryCalls($0).usage(asJSON: json) }
  }
}

/// What a message costs.
struct Tokens: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokens",
    abstract: "Count the tokens of a text and of pictures, by the server where it can.",
    discussion: """
      The number is the server's own count, or an estimate by the model's rules behind ≈. The text is \
      the words, the file that they name, or what is piped in.
      """)

  @OptionGroup var shared: SharedOptions

  @Argument(help: "A text, or a file that holds one.", completion: .file())
  var words: [String] = []

  func run() throws {
    try Start.run(try shared.invocation()) { TokensCall($0, words: words).run() }
  }
}

/// The server's models.
struct Models: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the models that the server offers.")

  @Option(name: .customLong("base-url"), help: "The server's address.")
  var baseURL: String?

  @Option(help: "A server by its name.", completion: .provider)
  var provider: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    var invocation = Invocation()
    invocation.options.baseURL = baseURL
    invocation.options.provider = provider
    try Start.run(invocation) { ServerCalls($0).models(asJSON: json) }
  }
}

/// The tools on this machine.
struct ListTools: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tools", abstract: "List the tools that a model may be given.",
    discussion: """
      Tools are programs in ~/.config/iris/tools, each with a NAME.yaml beside it, folders that were \
      built for llm-functions, and those inside Iris. None is given to a model unless it is named: \
      --tool NAME, /tools NAME on, or tools: in config.yaml.
      """)

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Start.run { ToolCalls($0).list(asJSON: json) }
  }
}

/// The servers that tools come from.
struct ListMCPServers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp", abstract: "Start the MCP servers, and show how they are.",
    discussion: """
      Servers of the Model Context Protocol are named in mcp in config.yaml: programs, or addresses. \
      This starts each of them, shows its revision, its tools and what went wrong, and ends it.
      """)

  @Argument(help: "The servers to start; all of them, where none is named.")
  var names: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Start.run { MCPCalls($0).list(names, asJSON: json) }
  }
}

/// What a server can do.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Ask a server what it can do, and find out anew what Iris learned of it.")

  @Option(name: .shortAndLong, help: "The model to ask.")
  var model: String?

  @Option(name: .customLong("base-url"), help: "The server's address.")
  var baseURL: String?

  @Option(help: "A server by its name.", completion: .provider)
  var provider: String?

  @Flag(help: "Ask without being asked for leave.")
  var yes = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    var invocation = Invocation()
    invocation.options.model = model
    invocation.options.baseURL = baseURL
    invocation.options.provider = provider
    try Start.run(invocation) { DoctorCall($0).run(isConfirmed: yes, asJSON: json) }
  }
}

/// The demo by itself.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Run the demo server on this machine and print its address.")

  @Option(help: "The port; any that is free unless it is given.")
  var port: UInt16 = 0

  func run() throws {
    try Start.run { ServerCalls($0).demo(port: port) }
  }
}
