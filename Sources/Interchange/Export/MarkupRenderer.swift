import CMarkdown

/// A reply's Markdown as HTML that can do nothing but be read.
///
/// Markup in the text is shown, not obeyed; pictures become links, so that a page that is opened
/// fetches nothing; links run no scripts (cmark-gfm's safe mode).
enum MarkupRenderer {
  static func html(of text: String) -> String {
    var text = text
    let root = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { syntax_tree_parse($0.baseAddress, $0.count) }
    }
    guard let root else { return "<pre>\(text.escapedForHTML)</pre>" }
    defer { cmark_node_free(root) }
    for node in nodes(below: root) { disarm(node) }
    guard let rendered = cmark_render_html(root, CMARK_OPT_DEFAULT, nil) else { return "" }
    defer { cmark_get_default_mem_allocator().pointee.free(rendered) }
    return String(cString: rendered)
  }

  /// The nodes that must not reach a browser as they are.
  private static func nodes(below root: OpaquePointer) -> [OpaquePointer] {
    guard let iterator = cmark_iter_new(root) else { return [] }
    defer { cmark_iter_free(iterator) }
    var nodes: [OpaquePointer] = []
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return nodes }
      guard let node = cmark_iter_get_node(iterator) else { continue }
      switch syntax_node_kind(node) {
      case .markup, .markupBlock: nodes.append(node)
      case .image where event == CMARK_EVENT_EXIT: nodes.append(node)
      default: break
      }
    }
  }

  /// Puts something harmless that says the same in the place of `node`.
  private static func disarm(_ node: OpaquePointer) {
    let kind = syntax_node_kind(node)
    let type =
      switch kind {
      case .markupBlock: CMARK_NODE_CODE_BLOCK
      case .image: CMARK_NODE_LINK
      default: CMARK_NODE_TEXT
      }
    guard let harmless = cmark_node_new(type) else { return }
    if kind == .image {
      cmark_node_set_url(harmless, cmark_node_get_url(node))
      while let child = cmark_node_first_child(node) { cmark_node_append_child(harmless, child) }
      if cmark_node_first_child(harmless) == nil, let text = cmark_node_new(CMARK_NODE_TEXT) {
        cmark_node_set_literal(text, cmark_node_get_url(node))
        cmark_node_append_child(harmless, text)
      }
    } else {
      cmark_node_set_literal(harmless, cmark_node_get_literal(node))
    }
    cmark_node_replace(node, harmless)
    cmark_node_free(node)
  }
}

extension String {
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
