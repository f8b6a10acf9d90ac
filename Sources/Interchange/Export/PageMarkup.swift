import Markdown

/// A reply's Markdown as HTML that can do nothing but be read.
///
/// Tags in the text are shown, not obeyed; pictures become links, so that a page that is opened
/// fetches nothing; links lead to the web or to mail and nowhere else.
enum PageMarkup {
  static func html(of text: String) -> String {
    html(of: MarkdownDocument(text).blocks)
  }

  /// The blocks one after another; the pieces of a long one share its tags.
  static func html(of blocks: [Block]) -> String {
    var result = ""
    for (index, block) in blocks.enumerated() {
      let tags = tags(of: block.content)
      if index == 0 || !block.isContinuation { result += tags.opening }
      result += inside(block.content)
      let isContinued = index + 1 < blocks.count && blocks[index + 1].isContinuation
      if !isContinued { result += tags.closing + "\n" }
    }
    return result
  }

  private static func tags(of content: Block.Content) -> (opening: String, closing: String) {
    switch content {
    case .heading(let level, _):
      // Below the page's own two levels.
      let level = min(level + 2, 6)
      return ("<h\(level)>", "</h\(level)>")
    case .paragraph: return ("<p>", "</p>")
    case .list(let list):
      return list.marker == .bullet
        ? ("<ul>\n", "</ul>") : ("<ol start=\"\(list.start)\">\n", "</ol>")
    case .quote: return ("<blockquote>\n", "</blockquote>")
    case .code, .html: return ("<pre><code>", "</code></pre>")
    case .table(let table):
      let header = row(table.header, "th", table.alignments)
      return ("<table>\n<thead>\n\(header)</thead>\n<tbody>\n", "</tbody>\n</table>")
    case .thematicBreak: return ("<hr>", "")
    }
  }

  private static func inside(_ content: Block.Content) -> String {
    switch content {
    case .heading(_, let runs), .paragraph(let runs): runs.map(html(of:)).joined()
    case .list(let list): list.items.map(html(of:)).joined()
    case .quote(let blocks): html(of: blocks)
    case .code(let code): code.text.escapedForHTML
    case .html(let lines): lines.map { $0.escapedForHTML + "\n" }.joined()
    case .table(let table): table.rows.map { row($0, "td", table.alignments) }.joined()
    case .thematicBreak: ""
    }
  }

  /// An item; its first paragraph goes without tags, so that it stands beside the mark.
  private static func html(of item: ListItem) -> String {
    let box =
      switch item.task {
      case .open: "☐ "
      case .done: "☑ "
      case nil: ""
      }
    guard case .paragraph(let runs)? = item.blocks.first?.content else {
      return "<li>\(box)\(html(of: item.blocks))</li>\n"
    }
    let rest = item.blocks.count > 1 ? "\n" + html(of: Array(item.blocks.dropFirst())) : ""
    return "<li>\(box)\(runs.map(html(of:)).joined())\(rest)</li>\n"
  }

  private static func row(
    _ cells: [[InlineRun]], _ tag: String, _ alignments: [Table.Alignment]
  ) -> String {
    let cells = zip(cells, alignments).map { cell, alignment in
      let style =
        switch alignment {
        case .none: ""
        case .left: " style=\"text-align:left\""
        case .center: " style=\"text-align:center\""
        case .right: " style=\"text-align:right\""
        }
      return "<\(tag)\(style)>\(cell.map(html(of:)).joined())</\(tag)>\n"
    }
    return "<tr>\n\(cells.joined())</tr>\n"
  }

  private static func html(of run: InlineRun) -> String {
    if run.traits.contains(.hardBreak) { return "<br>\n" }
    let isNameless = run.text.isEmpty && run.traits.contains(.image)
    var html = (isNameless ? run.link?.address ?? "" : run.text).escapedForHTML
    let tags: [(InlineTraits, String)] = [
      (.code, "code"), (.strikethrough, "s"), (.emphasis, "em"), (.strong, "strong"),
    ]
    for (trait, tag) in tags where run.traits.contains(trait) { html = "<\(tag)>\(html)</\(tag)>" }
    guard let address = run.link?.address, address.leadsToTheWeb else { return html }
    return "<a href=\"\(address.escapedForHTML)\">\(html)</a>"
  }
}

extension String {
  /// Whether the text, as an address, opens a page or a letter and runs nothing.
  var leadsToTheWeb: Bool {
    let address = lowercased()
    return ["https://", "http://", "mailto:"].contains { address.hasPrefix($0) }
  }

  /// The text as HTML shows it literally, in an element or an attribute.
  var escapedForHTML: String {
    var result = ""
    result.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
