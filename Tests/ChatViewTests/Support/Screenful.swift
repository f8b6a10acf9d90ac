import ChatEngine
import ChatScreen
import Screen

/// The part of a frame that shows the text of messages.
struct Screenful {
  /// The rows without the column of roles and the blanks at their ends.
  let rows: [String]

  init(_ frame: Frame) {
    let labels = frame.size.columns >= 60 ? 9 : 6
    let head = frame.size.rows >= 16 ? 2 : 1
    rows = frame.rows.dropFirst(head).dropLast(2).map { row in
      let text = row.dropFirst(labels).text
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }

  var letters: [Unicode.Scalar] { rows.joined(separator: "\n").letters }
}

extension String {
  /// The letters of a text; digits are also what lists are numbered with.
  var letters: [Unicode.Scalar] {
    unicodeScalars.filter(\.properties.isAlphabetic)
  }
}

extension [Unicode.Scalar] {
  /// Whether all of `other` stands here in the same order, with anything in between.
  func contains(inOrder other: [Unicode.Scalar]) -> Bool {
    var rest = other[...]
    for scalar in self where scalar == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }

  /// How often each of them stands here.
  var counts: [Unicode.Scalar: Int] { reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}
