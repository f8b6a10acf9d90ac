/// An address that may go into a request, an export or a link: `http`, `https` or `data`.
///
/// No other scheme can be held: neither files of this machine nor programs are named by it.
package struct SafeURL: RawRepresentable, Hashable, Codable, Sendable {
  /// The longest http(s) address, in bytes; those that servers sign have up to 4 KiB.
  package static let longestAddress = 16 * 1024

  package let rawValue: String
  /// Whether the address holds the bytes themselves (RFC 2397).
  package let isData: Bool

  /// Parses an address with a host (RFC 3986 §3), or a `data:` URL; nil for anything else.
  ///
  /// So it is for one with a space or a control character. Decoding such a text throws.
  package init?(rawValue: String) {
    guard let scheme = Self.scheme(of: rawValue),
      rawValue.utf8.allSatisfy({ $0 > UInt8(ascii: " ") && $0 != 0x7F })
    else { return nil }
    isData = scheme == "data"
    if !isData {
      let rest = rawValue.utf8.dropFirst(scheme.utf8.count + 3)
      guard rest.count <= Self.longestAddress, Self.hasHost(rest) else { return nil }
    }
    self.rawValue = rawValue
  }

  /// The scheme in lower case, where it is one of the three and followed by what it asks for.
  private static func scheme(of text: String) -> String? {
    let start = text.prefix(8).lowercased()
    return ["https": "https://", "http": "http://", "data": "data:"]
      .first { start.hasPrefix($0.value) }?.key
  }

  /// Whether there is a host between the slashes and the path, behind what names a user.
  private static func hasHost(_ rest: Substring.UTF8View) -> Bool {
    let authority = rest.prefix { !"/?#\\".utf8.contains($0) }
    let host = authority.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false).last
    return host.map { !$0.isEmpty && $0.first != UInt8(ascii: ":") } ?? false
  }
}

/// For addresses that stand in the program itself; a wrong one there is our own mistake.
extension SafeURL: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) {
    guard let url = Self(rawValue: text) else { preconditionFailure("no address: \(text)") }
    self = url
  }
}
