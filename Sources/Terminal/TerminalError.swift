/// What can go wrong with a terminal, as data; the program phrases it for people.
package enum TerminalError: Error, Equatable, Sendable {
  /// Standard input or output is not a terminal.
  case notATerminal
  /// `TERM` is not set or empty.
  case terminalNotNamed
  /// terminfo has no entry of this name.
  case unknownTerminal(String)
  /// terminfo's entry cannot move the cursor, as for `dumb`.
  case unusableTerminal(String)
  /// No locale that holds UTF-8 could be set.
  case noUTF8Locale
  /// A call of the operating system failed; `errno` is its code.
  case system(call: String, errno: Int32)
  /// The history or an init file could not be read or written; `errno` is the code.
  case file(path: String, errno: Int32)
  /// The history is a folder, a device or a pipe.
  case notARegularFile(String)
}
