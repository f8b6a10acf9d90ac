import Configuration
import Language
import Screen
import Secrets
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Asks whoever sits at the terminal for a server's missing key, once for each server.
final class TerminalKeyPrompt: Sendable {
  private let language: Language
  /// The answers so far, by the server's name; tasks wait for each other here.
  private let answers = Mutex<[String: Secret?]>([:])

  init(language: Language) {
    self.language = language
  }

  /// The key that the user types without seeing it; nil where nobody is asked, or gives none.
  func key(of provider: String, for directory: ServerDirectory) -> Secret? {
    answers.withLock { answers in
      if let known = answers[provider] { return known }
      let key = ask(directory.keyQuestion(of: provider))
      answers[provider] = .some(key)
      if let key { StandardError.say(directory.keep(key, for: provider), in: language) }
      return key
    }
  }

  /// Standard error must be a terminal too: a script's log is nobody to ask.
  private func ask(_ question: Phrase) -> Secret? {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    do {
      return try KeyPrompt(terminal: terminal).ask(question.text(in: language).sanitised)
    } catch {
      StandardError.say(error.phrase, in: language)
      return nil
    }
  }
}
