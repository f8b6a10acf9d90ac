import ChatAPI
import Configuration
import Language
import Screen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension AskRun {
  /// All that a request to a server needs; where only the key is missing and somebody sits at a
  /// terminal, asks for it, once.
  func endpoint(
    of provider: String, model: String?
  ) async throws(ServerDirectory.Failure) -> Endpoint {
    do {
      return try await directory.endpoint(named: provider, model: model)
    } catch {
      guard case .configuration(.missingKey) = error, let key = askKey(of: provider) else {
        throw error
      }
      directory.use(key, for: provider)
      tell(directory.keep(key, for: provider))
      return try await directory.endpoint(named: provider, model: model)
    }
  }

  /// The key that the user types without seeing it; nil where nobody is asked, or gives none.
  ///
  /// Standard error must be a terminal too: a script's log is nobody to ask.
  private func askKey(of provider: String) -> Secret? {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    let question = directory.keyQuestion(of: provider).text(in: installation.language)
    do {
      return try KeyPrompt(terminal: terminal).ask(question.sanitised)
    } catch {
      tell(error.phrase)
      return nil
    }
  }
}
