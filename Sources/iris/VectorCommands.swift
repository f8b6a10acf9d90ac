import ArgumentParser
import ChatProgram
import Language

/// Vectors of texts.
struct Embed: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Make vectors of texts, or put files into an index for iris similar.",
    discussion: """
      Each text is a JSON object a line: text, model, dimensions, embedding. Without a text, or for -, \
      standard input is one. With --index the words are files, cut into pieces of some 2,000 bytes at \
      blank lines; what is in the index already costs nothing, what is no longer in a file goes.
      """)

  @OptionGroup var server: SideOptions

  @Argument(help: "The texts, or with --index the files.", completion: .file())
  var words: [String] = []

  @Option(help: "How many numbers a vector has, for models that can choose.")
  var dimensions: TypedNumber?

  @Option(help: "json, or f32: floats of four bytes, little-endian.")
  var format: EmbedOptions.Format = .json

  @Option(help: "Put the files' texts into the index of this name.")
  var index: String?

  @Flag(name: .customLong("lines"), help: "Take each line for a text of its own.")
  var areLines = false

  @Flag(name: .customLong("list"), help: "List the indexes.")
  var lists = false

  @Flag(help: "With --list: print JSON.")
  var json = false

  @Option(help: "Take the index of this name away.")
  var remove: String?

  func validate() throws {
    if let dimensions, dimensions.number(in: 1...16_384) == nil {
      throw ValidationError(
        say("--dimensions takes a whole number from 1 to 16384, not \(dimensions.text)."))
    }
    if json, !lists { throw ValidationError(say("--json goes with --list.")) }
  }

  func run() throws {
    if lists { return try Start.run { VectorCalls($0).list(asJSON: json) } }
    if let remove { return try Start.run { VectorCalls($0).remove(remove) } }
    var options = EmbedOptions()
    options.words = words
    options.dimensions = dimensions?.number(in: 1...16_384)
    options.format = format
    options.index = index
    options.areLines = areLines
    try Start.run(server.invocation) { VectorCalls($0).embed(options) }
  }
}

extension EmbedOptions.Format: ExpressibleByArgument {}

/// The texts of an index that are nearest to a text.
struct Similar: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similar",
    abstract: "Find the texts of an index that are nearest in meaning to a text.",
    discussion: """
      Printed are the score (1 is the same), the place and the first line of each. Without a text, or for \
      -, each line of standard input is looked for.
      """)

  @Argument(help: "The index.")
  var name: String

  @Argument(help: "The text.")
  var text: [String] = []

  @Option(
    name: [.customShort("n"), .customLong("number")],
    help: "How many, 1 to 1000; 10 unless it is given.")
  var number: TypedNumber?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard let number, number.number(in: 1...1_000) == nil else { return }
    throw ValidationError(say("-n takes a whole number from 1 to 1000, not \(number.text)."))
  }

  func run() throws {
    let limit = number?.number(in: 1...1_000) ?? 10
    try Start.run { VectorCalls($0).similar(name, to: text, limit: limit, asJSON: json) }
  }
}
