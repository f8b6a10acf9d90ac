package import Language

/// The keys of lists, pages and questions, for help.
package enum OverlayKeys {
  package static let rows: [(keys: String, summary: Phrase)] = [
    ("Up Down, Ctrl-P Ctrl-N", say("a row")),
    ("PageUp PageDown, Home End", say("a page, the first and the last row")),
    ("Enter", say("chooses in a list, closes a page")),
    ("Esc", say("leaves, also in vi mode")),
    ("j k, d u, Space b, g G", say("on a page: a row, half a page, a page, its ends")),
    ("/", say("on a page: shows only the rows with what is typed")),
    ("q", say("closes a page")),
    ("y n", say("answers a question")),
  ]
}

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

  /// All in a few rows of a small screen.
  static let summary: Phrase = say(
    "h j k l, w b, { }, 0 $, g G move; Space marks, V lines, p the paragraph, c the code, m the message; o goes to the other end; y copies, q leaves."
  )
}
