/// Host and port of an address, as far as comparing servers needs them (RFC 3986 §3.2).
///
/// It never fails: an address without scheme or path is read as a host.
struct Authority: Equatable, CustomStringConvertible {
  /// In lower case, without the brackets of an IPv6 address.
  let host: String
  let port: Int?

  init(of address: String) {
    let afterScheme =
      address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
    let authority = afterScheme.prefix { !"/?#".contains($0) }
    let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    if place.hasPrefix("["), let end = place.firstIndex(of: "]") {
      host = place[..<end].dropFirst().lowercased()
      port = Int(place[end...].dropFirst(2))
    } else {
      let pieces = place.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      host = pieces.first?.lowercased() ?? ""
      port = pieces.count == 2 ? Int(pieces[1]) : nil
    }
  }

  var isLoopback: Bool {
    host == "localhost" || host.hasPrefix("127.") || host == "::1"
  }

  var description: String {
    let shown = host.contains(":") ? "[\(host)]" : host
    return port.map { "\(shown):\($0)" } ?? shown
  }
}
