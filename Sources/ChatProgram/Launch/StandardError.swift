package import Language
import Screen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sentences for people on standard error, each on its line.
package enum StandardError {
  /// Writes a sentence after the program's name; control characters never reach the terminal.
  package static func say(_ phrase: Phrase, in language: Language) {
    write("iris: " + phrase.text(in: language).sanitised + "\n")
  }

  static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
