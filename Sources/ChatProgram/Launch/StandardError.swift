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
    var text = text
    // Nobody is left to be told that this failed.
    _ = text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
  }
}
