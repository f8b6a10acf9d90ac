package import Language

/// Why the demo cannot start.
package enum DemoServerError: Error, Hashable, Sendable {
  /// The port, where one was asked for, is taken, or the machine gives none.
  case cannotListen(port: UInt16)
}

extension DemoServerError {
  /// What happened and what to do, for the user.
  package var sentence: Phrase {
    switch self {
    case .cannotListen(0):
      say("The demo cannot listen on 127.0.0.1. Set OPENAI_API_KEY to talk to a server instead.")
    case .cannotListen(let port):
      say("The demo cannot listen on port \(port) of 127.0.0.1. Choose another port.")
    }
  }
}
