package import Language

/// The keys while text is being marked, for help: a row for each group of them.
package enum SelectionKeys {
  package static let rows: [(keys: String, summary: Phrase)] = [
    ("h l, w b", say("a character, a word")),
    ("j k, { }", say("a row, a paragraph")),
    ("0 $, g G", say("the line's ends, the first and the last line")),
    ("Space", say("marks from here on, or unmarks")),
    ("V", say("marks whole lines")),
    ("p, c, m", say("marks the paragraph, the code, the message")),
    ("o", say("goes to the other end")),
    ("y, Enter", say("copies what is marked, or the line")),
    ("q, Esc", say("leaves")),
  ]

  /// All in one line.
  static func summary(in language: Language) -> String {
    rows.map { "\($0.keys): \($0.summary.text(in: language))" }.joined(separator: "; ")
  }
}
