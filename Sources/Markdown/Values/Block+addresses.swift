extension Block {
  /// The addresses of its links and pictures, in their order.
  package var addresses: [String] {
    switch content {
    case .heading(_, let runs), .paragraph(let runs): runs.compactMap(\.link?.address)
    case .list(let list): list.items.flatMap { $0.blocks.flatMap(\.addresses) }
    case .quote(let blocks): blocks.flatMap(\.addresses)
    case .table(let table):
      ([table.header] + table.rows).joined().joined().compactMap(\.link?.address)
    case .code, .thematicBreak, .html: []
    }
  }
}
