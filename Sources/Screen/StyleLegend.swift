/// Letters for the styles of a frame, in the order in which they appear; plain has none.
struct StyleLegend: CustomStringConvertible {
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
  private var styles: [Style] = []

  init(of frame: Frame) {
    for cell in frame.rows.joined() where cell.style != .plain && !styles.contains(cell.style) {
      styles.append(cell.style)
    }
  }

  /// A row's styles, a letter for each column.
  func letters(of row: [Cell]) -> String {
    String(row.map { letter(for: $0.style) })
  }

  var description: String {
    styles.map { "\(letter(for: $0)): \($0.summary)\n" }.joined()
  }

  private func letter(for style: Style) -> Character {
    guard let index = styles.firstIndex(of: style) else { return " " }
    return Self.alphabet.indices.contains(index) ? Self.alphabet[index] : "?"
  }
}

extension Style {
  /// The style in words, for snapshots: `bold underline, named 3 on standard`.
  var summary: String {
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
      (.reverse, "reverse"), (.strikethrough, "strikethrough"),
    ]
    let set = names.filter { attributes.contains($0.0) }.map(\.1).joined(separator: " ")
    let colors = "\(foreground.summary) on \(background.summary)"
    return set.isEmpty ? colors : "\(set), \(colors)"
  }
}

extension Color {
  fileprivate var summary: String {
    switch self {
    case .standard: "standard"
    case .named(let number): "named \(number)"
    case .indexed(let number): "indexed \(number)"
    case .rgb(let red, let green, let blue): "rgb \(red) \(green) \(blue)"
    }
  }
}
