/// Colours code line by line, for languages that the table knows.
///
/// It is a lexer and no parser: it tells words, strings, numbers and comments, and carries from
/// line to line what is open (a comment, a text of several lines). A copy of it highlights on from
/// where the copy was made. Nothing of a line is ever lost or changed.
package struct CodeHighlighter: Sendable {
  /// What a line may start inside of.
  enum Mode: Hashable, Sendable {
    /// A span, as an index into its language's, and how many are open inside each other.
    case span(Int, depth: Int)
    /// A text whose marks are its own.
    case rawText(Syntax.Span)
    /// Code inside a text, up to this bracket, and how many are open inside each other.
    case insertion(close: UInt8, depth: Int)
    /// Text up to a line with this word alone.
    case heredoc([UInt8])
    /// Text in lines that are indented by more than so many columns.
    case block(indent: Int)
    /// A command that goes on from the line before.
    case command
    /// A tag, behind its name.
    case tag([UInt8])
    /// Another language, up to the end of the tag of this name, and what is open in it.
    case embedded([UInt8], [Mode])
  }

  private let lexicon: Lexicon?
  /// What is open, the innermost last.
  private var modes: [Mode] = []

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
    var lexer = LineLexer(line.utf8, lexicon, modes)
    lexer.run()
    modes = lexer.modes
    return lexer.runs
  }
}
