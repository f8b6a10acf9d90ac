package import Configuration
import Conversation

/// What the command line asked for, apart from which call it was.
package struct Invocation: Sendable {
  package var options = Options()
  /// `--config FILE`; nil for the usual place.
  package var configurationFile: String?
  /// `--image`, in order: paths, URLs, or `-` for standard input.
  package var images: [String] = []
  package var start = Start.new
  package var debug = false
  /// `--schema FILE`: a JSON Schema that replies must follow.
  package var schemaFile: String?

  /// Which conversation to go on with.
  package enum Start: Equatable, Sendable {
    case new
    case last
    case named(String)
  }

  /// Names of tools to offer.
  package var tools: [String] = []

  package init() {}
}
