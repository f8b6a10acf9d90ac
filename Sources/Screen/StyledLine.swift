/// A stretch of text in one style.
package struct StyledRun: Hashable, Sendable {
  package var text: String
  package var style: Style

  package init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// A line of styled text before it is wrapped or drawn.
///
/// Its text holds no line breaks; everything else in it may be hostile until it is turned into
/// cells, which sanitises it.
package struct StyledLine: Hashable, Sendable {
  package var runs: [StyledRun]

  package init(_ runs: [StyledRun] = []) {
    self.runs = runs
  }

  package init(_ text: String, _ style: Style = .plain) {
    runs = [StyledRun(text, style)]
  }

  package var text: String { runs.map(\.text).joined() }

  package static func + (left: Self, right: Self) -> Self { Self(left.runs + right.runs) }
}
