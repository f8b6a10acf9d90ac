/// A question on Tab: what can stand in the place of a word.
package struct CompletionRequest: Hashable, Sendable {
  /// The whole text of the composer.
  package var line: String
  /// The word to complete, as offsets into `line.utf8`; it may be empty.
  package var word: Range<Int>

  package init(line: String, word: Range<Int>) {
    self.line = line
    self.word = word
  }
}

/// What can stand in the place of the word.
///
/// Words and names are quoted as the command line reads them: a backslash before a space, a quote or
/// a backslash, or whatever an open quote needs.
package enum CompletionAnswer: Hashable, Sendable {
  case nothing
  /// Words; those that do not begin with the word are left out. `append` follows a sole match.
  case words([String], append: Character? = " ")
  /// Names of files and folders; a leading `~` stays as it is.
  ///
  /// Where `suffixes` (`[".png", ".jpg"]`, in lower case) is not empty, other files are left out
  /// unless nothing else matches.
  case paths(suffixes: [String] = [])
  /// Words and names of files together.
  case wordsOrPaths([String], suffixes: [String] = [])
}
