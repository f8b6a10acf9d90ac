import ChatEngine
import ChatScreen
import Configuration
import Language
import Screen
import Secrets
import Terminal

extension ChatLoop {
  /// Asks for a server's key on the ordinary screen, where it is not echoed.
  func askKey(of provider: String) {
    let prompt = KeyPrompt(terminal: session.inputDescriptor)
    let question = runner.directory.keyQuestion(of: provider).text(in: installation.language)
    let answer = session.withScreenReleased {
      Result { () throws(ConfigurationError) in try prompt.ask("\n" + question.sanitised) }
    }
    resize()
    switch answer {
    case .success(let key?): runner.useKey(key, for: provider)
    case .success(nil):
      handle(.program(.keyNotGiven))
    case .failure(let error):
      handle(.program(.keyUnusable(error.phrase)))
    }
  }
}
