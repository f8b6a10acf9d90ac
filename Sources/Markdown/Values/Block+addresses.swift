extension Block {
  /// The addresses of its links and pictures, in their order.
  package var addresses: [String] { runs.compactMap(\.link?.address) }

  /// The runs of its text, and of the blocks inside it; code and HTML have none.
  private var runs: [InlineRun] {
    switch content {
    case .heading(_, let runs), .paragraph(let runs): runs
    case .list(let list): list.items.flatMap { $0.blocks.flatMap(\.runs) }
    case .quote(let blocks): blocks.flatMap(\.runs)
    case .table(let table): Array(([table.header] + table.rows).joined().joined())
    case .code, .thematicBreak, .html: []
    }
  }

  /// The addresses of links and pictures, and those that stand in code and in HTML.
  fileprivate var allAddresses: [String] {
    switch content {
    case .heading, .paragraph, .table: runs.flatMap(\.addresses)
    case .list(let list): list.items.flatMap { $0.blocks.flatMap(\.allAddresses) }
    case .quote(let blocks): blocks.flatMap(\.allAddresses)
    case .code(let code): code.lines.flatMap(BareAddresses.inCode)
    case .html(let lines): lines.flatMap(BareAddresses.inCode)
    case .thematicBreak: []
    }
  }
}

extension InlineRun {
  /// The address that the run leads to, or those that stand in its code.
  fileprivate var addresses: [String] {
    if let link { return [link.address] }
    return traits.isDisjoint(with: [.code, .html]) ? [] : BareAddresses.inCode(text)
  }
}

extension MarkdownDocument {
  /// The addresses of the web in reading order, each once: those of links and pictures, and those in code.
  package var webAddresses: [String] {
    var seen: Set<String> = []
    return blocks.flatMap(\.allAddresses).filter { address in
      (address.hasPrefix("http://") || address.hasPrefix("https://"))
        && seen.insert(address).inserted
    }
  }
}
