import ChatEngine
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
