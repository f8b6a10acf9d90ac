import ArgumentParser
import ChatProgram
import Configuration
import Conversation
import Language

/// The options that the TUI and `ask` share.
struct SharedOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The model to ask.")
  var model: String?

  @Option(name: .shortAndLong, help: "The system message, or @FILE.")
  var system: String?

  @Option(name: [.customShort("t"), .long], help: "The temperature, 0 to 2.")
  var temperature: Double?

  @Option(help: "top_p, 0 to 1.")
  var topP: Double?

  @Option(help: "The most tokens that the reply may have.")
  var maxTokens: Int?

  @Option(help: "A whole number that makes replies repeatable, where the server can.")
  var seed: Int64?

  @Option(
    name: .customLong("set"),
    help: "Any setting of the request, as NAME=JSON: top_k=40. May be repeated.")
  var members: [String] = []

  @Option(
    name: [.customShort("i"), .customLong("image")],
    help: "A picture or a document: a path or a URL. May be repeated.", completion: .file())
  var images: [String] = []

  @Option(
    help:
      "How closely the model looks: auto, low, high, original, or tiles for print in long pictures."
  )
  var detail: Detail?

  @Flag(help: "Ask for a reply in JSON.")
  var json = false

  @Option(help: "A file with a JSON Schema that the reply must follow.", completion: .file())
  var schema: String?

  @Flag(help: "Fetch pictures at URLs here and send them inside the request.")
  var fetch = false

  @Flag(help: "Put pictures and documents on the server once, and name them in requests.")
  var upload = false

  @Option(
    name: .customLong("tool"),
    help: "A tool that the model may call, by its name. May be repeated.")
  var tools: [String] = []

  @Option(name: .customLong("base-url"), help: "The server's address.")
  var baseURL: String?

  @Option(
    help: "A server of config.yaml, or one that Iris knows, by its name.", completion: .provider)
  var provider: String?

  @Option(help: "The call that replies are asked for with: auto, chat or responses.")
  var api: WireChoice?

  @Option(name: .customLong("config"), help: "Another config.yaml.", completion: .file())
  var configurationFile: String?

  @Flag(help: "Log requests and answers, without keys, to a file that is told.")
  var debug = false

  func validate() throws {
    try check(temperature, in: 0...2) {
      say("--temperature takes a number from 0 to 2, not \($0).")
    }
    try check(topP, in: 0...1) { say("--top-p takes a number from 0 to 1, not \($0).") }
    if let maxTokens, maxTokens < 1 {
      throw ValidationError(say("--max-tokens takes a whole number above 0, not \(maxTokens)."))
    }
    _ = try parameters
  }

  /// The settings of `--set`, and those of the options of their own over them.
  private var parameters: Parameters {
    get throws {
      var parameters = Parameters()
      for text in members {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
          throw ValidationError(
            say("--set takes NAME=JSON, as in top_k=40 or user='\"me\"', not \(text)."))
        }
        do throws(ParameterError) {
          try parameters.set(name: parts[0], json: parts[1])
        } catch {
          throw ValidationError(error.phrase)
        }
      }
      parameters.temperature = temperature ?? parameters.temperature
      parameters.topP = topP ?? parameters.topP
      parameters.maxTokens = maxTokens ?? parameters.maxTokens
      parameters.seed = seed ?? parameters.seed
      if json { parameters.responseFormat = .jsonObject }
      if upload { parameters.upload = true }
      return parameters
    }
  }

  private func check(
    _ value: Double?, in range: ClosedRange<Double>, sentence: (String) -> Phrase
  ) throws {
    guard let value, !range.contains(value) else { return }
    let typed = value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)"
    throw ValidationError(sentence(typed))
  }

  /// What was asked for, with `@FILE` read.
  func invocation() throws -> Invocation {
    var invocation = Invocation()
    invocation.options.model = model
    invocation.options.provider = provider
    invocation.options.baseURL = baseURL
    invocation.options.detail = detail
    invocation.options.api = api
    if fetch { invocation.options.fetchesURLs = true }
    invocation.options.parameters = try parameters
    invocation.options.system = try system.map(Start.text)
    invocation.configurationFile = configurationFile
    invocation.images = images
    invocation.tools = tools
    invocation.debug = debug
    invocation.schemaFile = schema
    return invocation
  }
}

extension Detail: ExpressibleByArgument {}
extension WireChoice: ExpressibleByArgument {}
