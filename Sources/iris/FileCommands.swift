import ArgumentParser
import ChatProgram
import Configuration
import Language

/// The options of calls about what a server keeps.
struct ServerOptions: ParsableArguments {
  @Option(name: .customLong("base-url"), help: "The server's address.")
  var baseURL: String?

  @Option(
    help: "A server of config.yaml, or one that Iris knows, by its name.", completion: .provider)
  var provider: String?

  @Option(name: .customLong("config"), help: "Another config.yaml.", completion: .file())
  var configurationFile: String?

  var invocation: Invocation {
    var invocation = Invocation()
    invocation.options.baseURL = baseURL
    invocation.options.provider = provider
    invocation.configurationFile = configurationFile
    return invocation
  }
}

/// The files on a server.
struct ServerFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "files", abstract: "List, put, get and remove files on a server.",
    discussion: """
      Files go by their names; of several of one name the newest is NAME#1. Iris itself puts documents of \
      more than 5 MB there, and with --upload pictures and every document: for a day, once for each server.
      """,
    subcommands: [
      ListServerFiles.self, PutServerFiles.self, GetServerFile.self, RemoveServerFiles.self,
      PruneServerFiles.self,
    ], defaultSubcommand: ListServerFiles.self)
}

/// `iris files list`.
struct ListServerFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the files, newest first, and whose conversation names them.")

  @OptionGroup var server: ServerOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Start.run(server.invocation) { FileCalls($0).list(asJSON: json) }
  }
}

/// `iris files put`.
struct PutServerFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put", abstract: "Put files on the server, pictures without their metadata.")

  @OptionGroup var server: ServerOptions

  @Argument(help: "The files.", completion: .file())
  var files: [String]

  @Option(help: "After how many days the server removes them, 1 to 30; never, unless it is given.")
  var days: Int?

  func validate() throws {
    if let days, !(1...30).contains(days) {
      throw ValidationError(say("--days takes a whole number from 1 to 30, not \(days)."))
    }
  }

  func run() throws {
    try Start.run(server.invocation) { FileCalls($0).put(files, days: days) }
  }
}

/// `iris files get`.
struct GetServerFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Write a file of the server into this folder.")

  @OptionGroup var server: ServerOptions

  @Argument(help: "The file's name on the server.")
  var name: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Another path; - is standard output.", completion: .file())
  var output: String?

  func run() throws {
    try Start.run(server.invocation) { FileCalls($0).get(name, to: output) }
  }
}

/// `iris files rm`.
struct RemoveServerFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Remove files from the server.")

  @OptionGroup var server: ServerOptions

  @Argument(help: "The files' names on the server.")
  var names: [String]

  func run() throws {
    try Start.run(server.invocation) { FileCalls($0).remove(names) }
  }
}

/// `iris files prune`.
struct PruneServerFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Remove what Iris put on the server and no conversation names any more.")

  @OptionGroup var server: ServerOptions

  func run() throws {
    try Start.run(server.invocation) { FileCalls($0).prune() }
  }
}

/// The libraries on a server.
struct Libraries: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "library",
    abstract: "List, fill and remove libraries, which a server searches for the model.",
    discussion: """
      A library is a vector store of the server (OpenAI: the first GB is free, then $0.10 a GB and day). \
      /library NAME and iris ask --library NAME let the model search it.
      """,
    subcommands: [ListLibraries.self, AddToLibrary.self, RemoveLibrary.self],
    defaultSubcommand: ListLibraries.self)
}

/// `iris library list`.
struct ListLibraries: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the libraries, newest first.")

  @OptionGroup var server: ServerOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Start.run(server.invocation) { VectorStoreCalls($0).list(asJSON: json) }
  }
}

/// `iris library add`.
struct AddToLibrary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Put files into a library, which is made where there is none.")

  @OptionGroup var server: ServerOptions

  @Argument(help: "The library.")
  var name: String

  @Argument(help: "The files.", completion: .file())
  var files: [String]

  func run() throws {
    try Start.run(server.invocation) { VectorStoreCalls($0).add(files, to: name) }
  }
}

/// `iris library rm`.
struct RemoveLibrary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Remove a library, and the files in it, from the server.")

  @OptionGroup var server: ServerOptions

  @Argument(help: "The library.")
  var name: String

  func run() throws {
    try Start.run(server.invocation) { VectorStoreCalls($0).remove(name) }
  }
}
