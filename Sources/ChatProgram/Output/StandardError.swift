package import Language
import Screen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard error: sentences for people, each on its line.
package enum StandardError {
  /// Where all of it goes.
  package static let sink = OutputSink(descriptor: STDERR_FILENO)

  /// Writes a sentence on one line behind the program's name.
  ///
  /// Control characters and line breaks inside it are shown, not written, in a file as well: a line
  /// of a script's log is one sentence, whatever a server put into it.
  package static func say(_ phrase: Phrase, in language: Language) {
    sink.write("iris: " + phrase.text(in: language).sanitised + "\n")
  }
}
