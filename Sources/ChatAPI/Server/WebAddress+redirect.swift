extension WebAddress {
  /// The address that a `Location` header names, seen from this one (RFC 3986 §5.2); nil for what is
  /// no http or https address.
  func redirected(to location: String) -> WebAddress? {
    let location = location.trimmingBlanks
    if location.firstRange(of: "://") != nil { return WebAddress(location) }
    let scheme = isSecure ? "https:" : "http:"
    if location.hasPrefix("//") { return WebAddress(scheme + location) }
    // A scheme of another kind, as in `data:` or `javascript:`.
    let name = location.prefix { $0.isLetter || $0.isNumber || "+-.".contains($0) }
    guard location.dropFirst(name.count).first != ":" || name.isEmpty else { return nil }
    if location.hasPrefix("/") { return WebAddress(origin + location) }
    if location.hasPrefix("?") { return WebAddress(origin + path + location) }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
    return WebAddress(origin + folder + location)
  }

  /// The whole address of what this one's server wrote: a path is one of the same server; nil for what is
  /// no http or https address.
  package func address(of written: String) -> String? {
    written.firstRange(of: "://") == nil ? redirected(to: written)?.text : written
  }

  /// Whether the host is written as an address that leads to this machine or its network, or is one
  /// of the names that always do (RFC 6761 §6.3).
  var isPrivate: Bool {
    isLoopback || InternetAddress(host: host)?.isPrivate == true
      || host.split(separator: ".").last == "localhost"
  }
}
