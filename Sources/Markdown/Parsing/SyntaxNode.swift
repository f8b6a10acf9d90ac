import CMarkdown

/// A node of cmark's tree; valid only inside the closure of ``withTree(of:_:)``.
struct SyntaxNode {
  private let pointer: OpaquePointer

  private init(_ pointer: OpaquePointer) {
    self.pointer = pointer
  }

  /// Parses `bytes` (UTF-8), lets `body` read the tree and frees it; nil if there is no parser.
  static func withTree<Result>(
    of bytes: [UInt8], _ body: (SyntaxNode) -> Result
  ) -> Result? {
    let root = bytes.withUnsafeBytes { buffer in
      syntax_tree_parse(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    guard let root else { return nil }
    defer { cmark_node_free(root) }
    return body(SyntaxNode(root))
  }

  var kind: SyntaxKind { syntax_node_kind(pointer) }

  /// Counted from 1; 0 for inlines, and for what cmark does not place.
  var startLine: Int { Int(cmark_node_get_start_line(pointer)) }
  var endLine: Int { Int(cmark_node_get_end_line(pointer)) }

  var children: some Sequence<SyntaxNode> {
    sequence(first: cmark_node_first_child(pointer)) { node in
      node.map { cmark_node_next($0) }
    }
    .lazy.prefix { $0 != nil }.compactMap { $0.map(SyntaxNode.init) }
  }

  var firstChild: SyntaxNode? { cmark_node_first_child(pointer).map(SyntaxNode.init) }

  /// The bytes of a text, code or HTML node.
  var literal: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_literal(pointer)) }
  var address: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_url(pointer)) }
  var title: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_title(pointer)) }

  private static func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
    guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
    var count = 0
    while text[count] != 0 { count += 1 }
    return UnsafeRawBufferPointer(start: text, count: count).assumingMemoryBound(to: UInt8.self)
  }
}

/// What only some kinds of nodes have.
extension SyntaxNode {
  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }

  /// The info string of a fenced code block.
  var info: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_fence_info(pointer)) }

  var isFenced: Bool {
    var length: CInt = 0
    var offset: CInt = 0
    var character: CChar = 0
    return cmark_node_get_fenced(pointer, &length, &offset, &character) != 0
  }

  var listMarker: List.Marker {
    guard cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST else { return .bullet }
    return cmark_node_get_list_delim(pointer) == CMARK_PAREN_DELIM ? .parenthesis : .period
  }

  var listStart: Int { Int(cmark_node_get_list_start(pointer)) }

  /// Whether a list's item has a check box.
  var isTask: Bool { syntax_node_is_task(pointer) }

  /// A table's alignments, one for each column.
  var alignments: [Table.Alignment] {
    let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
    guard let letters = cmark_gfm_extensions_get_table_alignments(pointer) else {
      return Array(repeating: .none, count: count)
    }
    return (0..<count).map { column in
      switch letters[column] {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: .none
      }
    }
  }

  /// Every inline inside the node in reading order, containers both entered and left.
  func walkInlines(_ visit: (SyntaxNode, _ isEntered: Bool) -> Void) {
    guard let iterator = cmark_iter_new(pointer) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
      guard node != pointer else { continue }
      visit(SyntaxNode(node), event == CMARK_EVENT_ENTER)
    }
  }
}
