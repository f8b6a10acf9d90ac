/// An http or https address in its parts (RFC 3986), read so narrowly that libcurl cannot read it
/// otherwise: no user name, no backslash, no blank, no percent sign in the host.
package struct WebAddress: Hashable, Sendable {
  package var isSecure: Bool
  /// In lower case, an IPv6 address without its brackets.
  package var host: String
  /// As written; nil for the scheme's own.
  package var port: Int?
  /// Empty, or with a slash in front and none behind.
  package var path: String
  /// Without its question mark.
  package var query: String?

  /// Reads `text`, which without a scheme is https, or http for this machine.
  ///
  /// A fragment is dropped.
  package init?(_ text: String) {
    var rest = Substring(text.trimmingBlanks)
    let scheme = rest.firstRange(of: "://").map { rest[..<$0.lowerBound].lowercased() }
    guard scheme == nil || scheme == "http" || scheme == "https" else { return nil }
    if let scheme { rest = rest.dropFirst(scheme.count + 3) }
    guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else {
      return nil
    }
    rest = rest.prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let target = rest.dropFirst(authority.count).split(
      separator: "?", maxSplits: 1,
      omittingEmptySubsequences: false)
    guard let (host, port) = Self.hostAndPort(authority) else { return nil }
    self.host = host
    self.port = port
    path = String(target.first ?? "").trimmingSlashes
    query = target.count > 1 ? String(target[1]) : nil
    isSecure = true
    isSecure = scheme.map { $0 == "https" } ?? !isLoopback
  }

  package var effectivePort: Int { port ?? (isSecure ? 443 : 80) }

  /// Whether the host is this machine by its name or number.
  package var isLoopback: Bool {
    if host == "localhost" || host.hasSuffix(".localhost") { return true }
    return InternetAddress(host)?.isLoopback ?? false
  }

  /// Scheme, host and port: what tells one server from another.
  package var origin: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return (isSecure ? "https://" : "http://") + name + (port.map { ":\($0)" } ?? "")
  }

  package var text: String { origin + path + (query.map { "?" + $0 } ?? "") }

  /// Host and port out of `host`, `host:port`, `[v6]` or `[v6]:port`.
  private static func hostAndPort(_ authority: Substring) -> (String, Int?)? {
    let end = authority.first == "[" ? authority.firstIndex(of: "]") : authority.lastIndex(of: ":")
    if authority.first == "[" {
      guard let end else { return nil }
      let host = String(authority[..<end].dropFirst())
      let rest = authority[end...].dropFirst()
      guard InternetAddress(host)?.isVersion6 == true, rest.isEmpty || rest.first == ":" else {
        return nil
      }
      return port(rest.dropFirst()).map { (host.lowercased(), $0) }
    }
    let host = authority[..<(end ?? authority.endIndex)]
    guard !host.isEmpty, host.utf8.allSatisfy(\.isHostByte) else { return nil }
    return port(authority[(end ?? authority.endIndex)...].dropFirst())
      .map { (host.lowercased(), $0) }
  }

  /// The port's number; nil inside for none, nil outside for one that is none.
  private static func port(_ text: Substring) -> Int?? {
    if text.isEmpty { return .some(nil) }
    guard text.utf8.allSatisfy(\.isDigit), let number = Int(text), (1...65_535).contains(number)
    else { return nil }
    return number
  }
}

extension String {
  /// The path without slashes at its end.
  fileprivate var trimmingSlashes: String {
    var path = self[...]
    while path.last == "/" { path.removeLast() }
    return String(path)
  }
}

extension UInt8 {
  /// A letter, digit, dot, dash, underscore, or a byte of a name outside ASCII (which libcurl
  /// encodes by IDNA).
  fileprivate var isHostByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
      true
    default:
      isDigit || self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
    }
  }
}

extension UInt8 {
  /// Whether this is a digit of ASCII.
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
