/// The fenced code blocks of a Markdown text, without their fences (CommonMark 0.31 §4.5).
struct CodeBlocks {
  private(set) var blocks: [String] = []

  init(_ text: String) {
    var fence: Substring?
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let bare = line.drop { $0 == " " }
      if let open = fence {
        if Self.fence(of: bare)?.hasPrefix(open) == true, Self.isClosing(bare) {
          blocks.append(lines.joined(separator: "\n"))
          fence = nil
        } else {
          lines.append(line)
        }
      } else if let open = Self.fence(of: bare) {
        fence = open
        lines = []
      }
    }
    if fence != nil { blocks.append(lines.joined(separator: "\n")) }
  }

  private static func fence(of line: Substring) -> Substring? {
    guard let mark = line.first, mark == "`" || mark == "~" else { return nil }
    let run = line.prefix { $0 == mark }
    return run.count >= 3 ? run : nil
  }

  private static func isClosing(_ line: Substring) -> Bool {
    line.allSatisfy { $0 == "`" || $0 == "~" || $0.isWhitespace }
  }
}

/// The web addresses of a text, in order, each once.
struct Links {
  private(set) var addresses: [String] = []

  init(_ text: String) {
    var rest = text[...]
    while let start = rest.firstRange(of: "http") {
      rest = rest[start.lowerBound...]
      let address = rest.prefix { !$0.isWhitespace && !"<>\"'`)]}，。；、）】》".contains($0) }
      let isAddress = address.hasPrefix("http://") || address.hasPrefix("https://")
      rest = rest.dropFirst(max(4, address.count))
      let trimmed = String(address).trimmedPunctuation
      if isAddress, !addresses.contains(trimmed) { addresses.append(trimmed) }
    }
  }
}

extension String {
  /// Without the punctuation that ends a sentence rather than an address.
  fileprivate var trimmedPunctuation: String {
    var text = self
    while let last = text.last, ".,;:!?*_".contains(last) { text.removeLast() }
    return text
  }
}
