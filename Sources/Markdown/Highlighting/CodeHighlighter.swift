/// Colours code line by line, for languages that the table knows.
///
/// It is a lexer and no parser: it tells words, strings, numbers and comments, and carries from
/// line to line what is open (a comment, a text of several lines). A copy of it highlights on from
/// where the copy was made. Nothing of a line is ever lost or changed.
package struct CodeHighlighter: Sendable {
  /// What a line starts inside of.
  enum Mode: Hashable, Sendable {
    case code
    /// A span, as an index into its language's, and how many are open inside each other.
    case span(Int, depth: Int)
    /// Text up to a line with this word alone.
    case heredoc([UInt8])
  }

  private let lexicon: Lexicon?
  private var mode = Mode.code

  /// For a language by one of its names (`swift`, `py`, `C++`), in any case; unknown ones are plain.
  package init(language: String) {
    lexicon = Lexicon.named(language)
  }

  /// Whether the table has the language.
  package var isKnown: Bool { lexicon != nil }

  /// The runs of the next line, given without its line break; joined they are the line.
  ///
  /// Linear in the line.
  package mutating func highlight(line: String) -> [CodeRun] {
    guard let lexicon, !line.isEmpty else { return line.isEmpty ? [] : [CodeRun(line, .plain)] }
    var lexer = LineLexer(line, lexicon, mode)
    lexer.run()
    mode = lexer.mode
    return lexer.runs
  }
}
