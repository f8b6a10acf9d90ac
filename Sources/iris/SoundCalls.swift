import ArgumentParser
import ChatProgram
import Configuration
import Language

/// Which server and model a call about sound or vectors goes to.
struct SideOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The model to ask.")
  var model: String?

  @Option(name: .customLong("base-url"), help: "The server's address.")
  var baseURL: String?

  @Option(help: "A server by its name.", completion: .provider)
  var provider: String?

  /// What the options say.
  var invocation: Invocation {
    var invocation = Invocation()
    invocation.options.model = model
    invocation.options.baseURL = baseURL
    invocation.options.provider = provider
    return invocation
  }
}

/// A number as it was typed, so that a mistake is told in the user's language and with the range.
struct TypedNumber: ExpressibleByArgument {
  let text: String

  init(argument: String) { text = argument }

  /// The number; nil for what is none, or lies outside.
  func number(in range: ClosedRange<Double>) -> Double? {
    Double(text).flatMap { range.contains($0) ? $0 : nil }
  }

  /// The whole number; nil for what is none, or lies outside.
  func number(in range: ClosedRange<Int>) -> Int? {
    Int(text).flatMap { range.contains($0) ? $0 : nil }
  }
}

extension ValidationError {
  /// A mistake in the command line, in the language of the locale.
  init(_ phrase: Phrase) { self.init(phrase.text(in: Start.language)) }
}

/// A text spoken.
struct Speak: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speak",
    abstract: "Speak a text: play it, or write it to a file.",
    discussion: """
      Without -o the sound is played as it comes, by player in config.yaml or the first of mpv, ffplay, \
      pw-cat, pacat, play and aplay. Without a text, standard input is spoken. A long text is cut at \
      sentence ends. Sound is kept: hearing it again asks nobody.
      """)

  @OptionGroup var server: SideOptions

  @Argument(help: "The text.")
  var text: [String] = []

  @Option(help: "The voice, as the server calls it.")
  var voice: String?

  @Option(help: "How fast, 0.25 to 4.")
  var speed: TypedNumber?

  @Option(
    help: "mp3, opus, aac, flac, wav or pcm; as the file's name says, unless it is given.",
    completion: .list(["mp3", "opus", "aac", "flac", "wav", "pcm"]))
  var format: String?

  @Option(help: "How to speak, in words, for models that follow them.")
  var instructions: String?

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "A file; - is standard output.",
    completion: .file())
  var output: String?

  @Flag(help: "Replace whatever file is there.")
  var force = false

  func validate() throws {
    guard let speed, speed.number(in: 0.25...4) == nil else { return }
    throw ValidationError(say("--speed takes a number from 0.25 to 4, not \(speed.text)."))
  }

  func run() throws {
    var options = SpeakOptions()
    options.words = text
    options.voice = voice
    options.speed = speed?.number(in: 0.25...4)
    options.format = format
    options.instructions = instructions
    (options.output, options.isReplacing) = (output, force)
    try Start.run(server.invocation) { SpeakCall($0, options).run() }
  }
}

/// Recordings written down.
struct Transcribe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transcribe",
    abstract: "Write down what is said in recordings.",
    discussion: """
      Recordings are wav, mp3, flac, ogg, m4a or webm. One of more than 25 MiB is cut at silences by \
      ffmpeg, which is told. --to en uses the server's translation where it has one; else, and for other \
      languages, the model that you chat with translates.
      """)

  @OptionGroup var server: SideOptions

  @Argument(help: "The recordings.", completion: .file())
  var files: [String]

  @Option(help: "The language that is spoken, in two letters.")
  var language: String?

  @Option(
    name: .customLong("keyword"), help: "A name or word that is likely to be said. May be repeated."
  )
  var keywords: [String] = []

  @Option(help: "What was said before, or how to write.")
  var prompt: String?

  @Option(name: .customLong("to"), help: "The language to translate into, such as en.")
  var target: String?

  @Option(help: "text, json, srt or vtt.", completion: .list(["text", "json", "srt", "vtt"]))
  var format: String = "text"

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "The file to write to.",
    completion: .file())
  var output: String?

  @Flag(help: "Replace whatever file is there.")
  var force = false

  func run() throws {
    var options = TranscribeOptions()
    options.files = files
    options.language = language
    options.keywords = keywords
    options.prompt = prompt
    options.target = target
    options.format = format
    (options.output, options.isReplacing) = (output, force)
    try Start.run(server.invocation) { TranscribeCall($0, options).run() }
  }
}
