/// The web addresses of a text, in order, each once.
struct Links {
  private(set) var addresses: [String] = []

  init(_ text: String) {
    var rest = text[...]
    while let start = rest.firstRange(of: "http") {
      rest = rest[start.lowerBound...]
      let address = rest.address
      let isAddress = address.hasPrefix("http://") || address.hasPrefix("https://")
      rest = rest.dropFirst(max(4, address.count))
      let trimmed = String(address).trimmedPunctuation
      if isAddress, !addresses.contains(trimmed) { addresses.append(trimmed) }
    }
  }
}

extension Substring {
  /// What of the text before a space, a quote or a bracket that nothing opened may be an address.
  fileprivate var address: Substring {
    var open = 0
    let end = indices.first { index in
      let character = self[index]
      if character == "(" { open += 1 }
      if character == ")" { open -= 1 }
      return open < 0 || character.isWhitespace || "<>\"'`]}".contains(character)
        || "，。；：！？、（）【】《》「」『』〈〉“”…—".contains(character)
    }
    return self[..<(end ?? endIndex)]
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
