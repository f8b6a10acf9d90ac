import Language

/// Why a request was not sent at all.
package enum RequestFault: Equatable, Sendable {
  case addressInvalid(String)
  /// The key would travel readable over plain http to a host that is not this machine.
  case keyOverPlainHTTP
  /// The key would travel readable to a proxy on another machine, though the server is on this one.
  case keyThroughProxy
  /// A header's name or value has characters that end a line.
  case headerInvalid(name: String)
  case modelMissing
  case messagesMissing
  /// JSON mode, and no message mentions JSON (OpenAI's rule for `json_object`).
  case jsonNotMentioned
  case schemaInvalid(name: String)
  case pictureURLNotAccepted(url: String)
  /// A file that the body has, such as a picture, a document or a recording, is gone.
  case fileMissing(path: String)
  /// It has another length than when it was looked at.
  case fileChanged(path: String)
  /// More pictures than the server was learned to take; 0 where the model sees none.
  case pictureLimit(Int)
}

extension RequestFault {
  /// What is wrong, and what to do.
  func phrase(server: String) -> Phrase {
    switch self {
    case .addressInvalid(let text):
      say("“\(WebAddress.shown(text))” is no address: write it like https://api.openai.com/v1.")
    case .keyOverPlainHTTP:
      say("The key is not sent to \(server) over plain http: use https, or allow_http: true.")
    case .keyThroughProxy:
      say(
        """
        The key is not sent to \(server) in plain text through a proxy: \
        set proxy: none, or allow_http: true.
        """)
    case .headerInvalid(let name):
      say("The header \(name) has a line break: take it out of the configuration.")
    case .modelMissing: say("No model is chosen: choose one with /model or --model.")
    case .messagesMissing: say("There is no message to send: write one first.")
    case .jsonNotMentioned:
      say("JSON mode needs a message with the word JSON: say in one that the reply is JSON.")
    case .schemaInvalid(let name): say("The schema \(name) is not valid JSON: correct the file.")
    case .pictureURLNotAccepted(let url):
      say("\(server) does not fetch \(url) itself: attach it with --fetch, or set fetch_urls.")
    case .fileMissing(let path): say("\(path) cannot be read any more: give it again.")
    case .fileChanged(let path):
      say("\(path) was changed while it was sent: give it again.")
    case .pictureLimit(0):
      say(
        "\(server) said before that the model takes no pictures: leave them out, or /forget learned."
      )
    case .pictureLimit(1):
      say("\(server) said before that it takes one picture: leave some out, or /forget learned.")
    case .pictureLimit(let count):
      say(
        "\(server) said before that it takes \(count, .pictures): leave some out, or /forget learned."
      )
    }
  }
}
