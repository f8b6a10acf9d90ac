import ArgumentParser
import ChatProgram
import Configuration
import Conversation
import Language

/// Pictures from a prompt, or from other pictures.
struct Draw: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Make pictures, or change some, and print their paths.",
    discussion: """
      What it costs is told first, on standard error. A prompt that is piped in stands behind the one \
      of the command line. With -i the prompt says what to change; transparent pixels of --mask say \
      where. Without -o the file is named for the prompt. A file that is there is replaced only with \
      --force.
      """)

  @Argument(help: "What is to be seen.")
  var prompt: [String] = []

  @Option(
    name: [.customShort("i"), .customLong("image")],
    help: "A picture to change: a path, a URL, or - for standard input. May be repeated.",
    completion: .file())
  var images: [String] = []

  @Option(
    help: "A PNG as large as the first picture, transparent where it is changed.",
    completion: .file())
  var mask: String?

  @Option(help: "Like 1536x1024 or 3:2; what the model likes unless it is given.")
  var size: Drawing.Size?

  @Option(help: "Like low, medium, high or hd; low where the model knows it.")
  var quality: String?

  @Option(help: "Like vivid or natural, where the model knows styles.")
  var style: String?

  @Option(help: "transparent or opaque, where the model can.")
  var background: String?

  @Option(name: .customShort("n"), help: "How many pictures.")
  var count: Int = 1

  @Option(help: "Styles, parted by commas: the prompt is drawn in each of them.")
  var each: String?

  @Option(help: "A whole number that makes pictures repeatable, where the server can.")
  var seed: Int64?

  @Option(name: .shortAndLong, help: "The model that draws.")
  var model: String?

  @Option(
    name: .shortAndLong, help: "The file, like NAME.png; several get numbers.",
    completion: .file())
  var output: String?

  @Flag(help: "Replace whatever file is there.")
  var force = false

  @Flag(help: "Print JSON: path, size, format and bytes of each picture.")
  var json = false

  @Option(name: .customLong("base-url"), help: "The server's address.")
  var baseURL: String?

  @Option(help: "A server by its name.", completion: .provider)
  var provider: String?

  @Option(name: .customLong("config"), help: "Another config.yaml.", completion: .file())
  var configurationFile: String?

  @Flag(help: "Log requests and answers, without keys, to a file that is told.")
  var debug = false

  func validate() throws {
    guard 1...Drawing.largestCount ~= count else {
      throw ValidationError(
        say("-n takes a whole number from 1 to \(Drawing.largestCount), not \(count)."))
    }
  }

  func run() throws {
    var invocation = Invocation()
    invocation.options.model = model
    invocation.options.baseURL = baseURL
    invocation.options.provider = provider
    invocation.configurationFile = configurationFile
    invocation.debug = debug
    var options = DrawOptions()
    (options.words, options.pictures, options.mask) = (prompt, images, mask)
    (options.size, options.quality, options.style) = (size, quality, style)
    (options.background, options.count, options.seed) = (background, count, seed)
    options.looks = Drawing.looks(each ?? "")
    (options.output, options.isReplacing, options.asJSON) = (output, force, json)
    try Start.run(invocation) { DrawCall($0, options).run() }
  }
}

extension Drawing.Size: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}
