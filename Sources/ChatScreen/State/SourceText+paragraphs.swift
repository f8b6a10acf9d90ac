/// Ways by paragraph: lines between blank ones.
extension SourceText {
  private func isBlank(lineAt start: Int) -> Bool {
    text(in: start..<lineEnd(of: start)).allSatisfy(\.isWhitespace)
  }

  /// The start of the paragraph below; nil in the last one.
  func nextParagraph(_ offset: Int) -> Int? {
    var line: Int? = lineStart(of: offset)
    while let start = line, !isBlank(lineAt: start) { line = nextLine(start) }
    while let start = line, isBlank(lineAt: start) { line = nextLine(start) }
    return line
  }

  /// The start of the paragraph at a place, or of the one above where it is that start already.
  func previousParagraph(_ offset: Int) -> Int? {
    let here = lineStart(of: offset)
    var line: Int? = here < offset ? here : previousLine(here)
    while let start = line, isBlank(lineAt: start) { line = previousLine(start) }
    while let start = line, let above = previousLine(start), !isBlank(lineAt: above) {
      line = above
    }
    return line
  }

  /// The lines of the paragraph at a place, or of the one below a blank line.
  func paragraph(at offset: Int) -> Range<Int> {
    var first = lineStart(of: offset)
    if isBlank(lineAt: first) { first = nextParagraph(first) ?? first }
    while let above = previousLine(first), !isBlank(lineAt: above) { first = above }
    var last = first
    while let below = nextLine(last), !isBlank(lineAt: below) { last = below }
    return first..<lineEnd(of: last)
  }
}
