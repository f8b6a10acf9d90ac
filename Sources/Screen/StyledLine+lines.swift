extension StyledLine {
  /// The lines of a text, in one style and without what ended them; at least one.
  ///
  /// Lines end where Unicode says they must (UAX #14 LB4, LB5): at a line feed, a carriage return,
  /// both together, a vertical tab, a form feed, NEL, and the line and paragraph separators.
  package static func lines(of text: String, _ style: Style = .plain) -> [Self] {
    var lines: [Self] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var index = start
    while index < scalars.endIndex {
      let next = scalars.index(after: index)
      if endsLine(scalars[index]) {
        lines.append(Self(String(scalars[start..<index]), style))
        let pairs = scalars[index] == "\r" && next < scalars.endIndex && scalars[next] == "\n"
        start = pairs ? scalars.index(after: next) : next
        index = start
      } else {
        index = next
      }
    }
    lines.append(Self(String(scalars[start...]), style))
    return lines
  }

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
