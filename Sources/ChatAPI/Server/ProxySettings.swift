/// Which proxy a request goes through, by the usual variables or by the configuration.
///
/// libcurl is told the answer for each request and reads no variable itself, so that upper and
/// lower case count alike and `NO_PROXY` means the same everywhere.
package struct ProxySettings: Hashable, Sendable {
  private var forHTTP: String?
  private var forHTTPS: String?
  private var exceptions = ProxyExceptions("")

  /// No proxy at all.
  package init() {}

  /// One proxy for everything, as a configuration names it.
  package init(proxy: String) {
    forHTTP = proxy
    forHTTPS = proxy
  }

  /// The proxies of `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, lower case first.
  ///
  /// This machine itself is never reached through them, as with Go's net/http: a demo server on
  /// loopback must work behind any proxy.
  package init(environment: [String: String]) {
    func value(_ name: String) -> String? {
      [name.lowercased(), name].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    let all = value("ALL_PROXY")
    forHTTP = value("HTTP_PROXY") ?? all
    forHTTPS = value("HTTPS_PROXY") ?? all
    exceptions = ProxyExceptions(value("NO_PROXY") ?? "", coversLoopback: true)
  }

  /// The proxy's address for `address`; nil to connect directly.
  package func proxy(for address: WebAddress) -> String? {
    let proxy = exceptions.covers(address) ? nil : address.isSecure ? forHTTPS : forHTTP
    return proxy.map(Self.spelledForCurl)
  }

  /// GNOME, v2rayN and Clash write `socks://` for a proxy of SOCKS5 that looks up names itself;
  /// libcurl would speak SOCKS4 (CURLOPT_PROXY).
  private static func spelledForCurl(_ proxy: String) -> String {
    let scheme = "socks://"
    guard proxy.lowercased().hasPrefix(scheme) else { return proxy }
    return "socks5h://" + proxy.dropFirst(scheme.count)
  }

  /// Whether a proxy's address is on this machine.
  static func isLoopback(_ proxy: String) -> Bool {
    let rest = proxy.firstRange(of: "://").map { proxy[$0.upperBound...] } ?? proxy[...]
    let authority = rest.prefix { !"/?#".contains($0) }
    let place = authority.lastIndex(of: "@").map { authority[$0...].dropFirst() } ?? authority
    return WebAddress("http://" + place)?.isLoopback ?? false
  }
}

/// The hosts that are reached without a proxy: `NO_PROXY` of curl, Go and Python together.
struct ProxyExceptions: Hashable, Sendable {
  private let entries: [String]
  private let coversLoopback: Bool

  /// Reads a list parted by commas or blanks: names (which cover what is below them), `.suffix`,
  /// `*.suffix`, `host:port`, addresses, `address/bits`, and `*` for everything.
  init(_ list: String, coversLoopback: Bool = false) {
    entries = list.lowercased().split { $0 == "," || $0.isWhitespace }.map(String.init)
    self.coversLoopback = coversLoopback
  }

  func covers(_ address: WebAddress) -> Bool {
    if coversLoopback, address.isLoopback { return true }
    return entries.contains { covers(address, by: $0) }
  }

  private func covers(_ address: WebAddress, by entry: String) -> Bool {
    if entry == "*" { return true }
    if let internet = InternetAddress(address.host) { return covers(internet, address, by: entry) }
    var name = entry[...]
    if let port = entry.port {
      guard port == address.effectivePort else { return false }
      name = entry[..<(entry.lastIndex(of: ":") ?? entry.endIndex)]
    }
    if name.hasPrefix("*.") { name = name.dropFirst() }
    let suffix = name.hasPrefix(".") ? name : "." + name
    return address.host == suffix.dropFirst() || address.host.hasSuffix(suffix)
  }

  private func covers(_ internet: InternetAddress, _ address: WebAddress, by entry: String) -> Bool
  {
    if let slash = entry.lastIndex(of: "/") {
      guard let network = InternetAddress(entry[..<slash]) else { return false }
      guard let bits = Int(entry[slash...].dropFirst()) else { return false }
      return internet.shares(bits, bitsWith: network)
    }
    if let whole = InternetAddress(entry.withoutBrackets) { return whole == internet }
    guard let port = entry.port, let colon = entry.lastIndex(of: ":") else { return false }
    return port == address.effectivePort
      && InternetAddress(entry[..<colon].withoutBrackets) == internet
  }
}

extension StringProtocol {
  /// An IPv6 address out of its brackets.
  fileprivate var withoutBrackets: String {
    hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : String(self)
  }
}

extension String {
  /// The number behind the last colon.
  fileprivate var port: Int? {
    lastIndex(of: ":").flatMap { Int(self[$0...].dropFirst()) }
  }
}
