package import Conversation
package import Language

/// What `config.yaml` says: how Iris looks, what a new conversation starts with, and the servers.
///
/// A value that the file leaves out has its default here; where nil stands, the program decides.
package struct Configuration: Equatable, Sendable {
  /// The interface's language; nil for the locale's.
  package var language: Language?
  package var theme = Theme.auto
  package var ambiguousWidth = AmbiguousWidth.narrow
  /// The columns that a reply's prose has at most; 0 for all that the screen has.
  package var textWidth = 100
  package var hyperlinks = Hyperlinks.automatic
  /// Whether pictures are drawn in the transcript.
  package var showsPreviews = true
  package var usesMouse = true
  /// Whether the conversation is printed to the ordinary screen on the way out.
  package var leavesTranscript = false
  /// Whether pictures that fit are sent with all that their files hold.
  package var keepsMetadata = false
  /// The name of the server that a new conversation talks to.
  package var provider: String?
  package var model: String?
  /// The system message of a new conversation.
  package var system: String?
  package var parameters = Parameters()
  /// The file with the JSON Schema that `response_format` names; may start with `~`.
  package var schemaFile: String?
  package var detail = Detail.auto
  /// Whether Iris fetches pictures' URLs itself and sends their bytes, for every server.
  package var fetchesURLs = false
  package var timeouts = Timeouts()
  /// The longest reply that is taken, in bytes of its text and reasoning.
  package var replyLimit = 64 << 20
  /// The tools that a new conversation offers by their names, and folders with tools.
  package var tools: [String] = []
  /// How many times in a row calls of tools may be answered and the model be asked again; 0 for no
  /// limit.
  package var roundLimit = 10
  /// What a question may cost with all its calls, in dollars; nil for no bound.
  package var budget: Double?
  /// The servers of the Model Context Protocol, in the file's order.
  package var mcpServers: [MCPSettings] = []
  package var speech = SpeechSettings()
  package var transcription = SideService()
  package var embedding = SideService()
  /// Whether a verified copy of the store is kept beside it, made at most once a day.
  package var makesBackups = true
  /// The servers that the file names, in its order, complete with what is known of them.
  package var providers: [ProviderSettings] = []

  package init() {}

  /// Of ``tools`` those that are folders: they have a slash, or begin with `~`.
  package var toolFolders: [String] { tools.filter { $0.contains("/") || $0.hasPrefix("~") } }

  /// Of ``tools`` those that are names.
  package var toolNames: [String] { tools.filter { !toolFolders.contains($0) } }
}

/// The colours of the screen.
package enum Theme: String, CaseIterable, Sendable {
  /// Dark or light, as the terminal answers.
  case auto
  case dark
  case light
  /// Without colour.
  case plain
}

/// The width of characters that Unicode calls ambiguous (UAX #11), which East Asian fonts draw wide.
package enum AmbiguousWidth: String, CaseIterable, Sendable {
  case narrow
  case wide
}

/// Whether links are given to the terminal, so that a click follows them.
package enum Hyperlinks: String, CaseIterable, Sendable {
  /// Where the terminal is known to understand them.
  case automatic = "auto"
  case on
  case off

  /// Nil where the terminal's own name tells.
  package var setting: Bool? {
    switch self {
    case .automatic: nil
    case .on: true
    case .off: false
    }
  }
}

/// How long Iris waits for a server.
package struct Timeouts: Equatable, Sendable {
  /// For the connection, TLS included.
  package var connect = Duration.seconds(10)
  /// From the request to the reply's first byte; reasoning models think for minutes.
  package var firstByte = Duration.seconds(600)
  /// Between two bytes of a reply.
  package var idle = Duration.seconds(120)

  package init() {}
}
