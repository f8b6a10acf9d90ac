/// Which of OpenAI's two calls a server is asked for replies with.
package enum WireChoice: String, CaseIterable, Codable, Sendable {
  /// The one that the server is known, or was learned, to want.
  case auto
  /// `POST …/chat/completions`.
  case chat
  /// `POST …/responses`.
  case responses
}
