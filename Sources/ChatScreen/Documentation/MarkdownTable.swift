/// A table as GitHub Flavored Markdown writes it (GFM 0.29 §4.10).
struct MarkdownTable {
  var head: [String]
  var rows: [[String]]

  var text: String {
    ([head, head.map { _ in "---" }] + rows)
      .map { "| " + $0.map(Self.escaped).joined(separator: " | ") + " |\n" }.joined()
  }

  private static func escaped(_ cell: String) -> String {
    cell.replacing("|", with: "\\|").replacing("\n", with: " ")
  }
}
