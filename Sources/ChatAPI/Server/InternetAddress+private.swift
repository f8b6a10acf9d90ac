#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension InternetAddress {
  /// Reads a host as `inet_aton(3)` and every HTTP library do that was built on it: also one number
  /// (`2130706433`), octal and hexadecimal ones (`0177.0.0.1`), and fewer than four (`127.1`).
  init?(host: String) {
    let host = host.hasSuffix(".") ? String(host.dropLast()) : host
    if let address = InternetAddress(host) {
      self = address
      return
    }
    var address = in_addr()
    guard host.first?.isNumber == true, inet_aton(host, &address) == 1 else { return nil }
    let bytes = withUnsafeBytes(of: address.s_addr) { Array($0) }
    self.init(bytes.map(String.init).joined(separator: "."))
  }

  /// Whether the address leads to this machine, to its network, or to nobody in particular, and not
  /// to a server of the internet (IANA's registries of special-purpose addresses, RFC 6890).
  ///
  /// Of an address that carries one of version 4 inside (mapped, translated, 6to4), that one counts.
  var isPrivate: Bool {
    if let inner = carriedAddress { return inner.isPrivate }
    let networks = isVersion6 ? Self.privateNetworks6 : Self.privateNetworks4
    return networks.contains { shares($0.bits, bitsWith: $0.address) }
  }

  private var carriedAddress: InternetAddress? {
    guard isVersion6 else { return nil }
    let start: Int? =
      if isIn("::ffff:0:0", 96) || isIn("64:ff9b::", 96) || isIn("64:ff9b:1::", 48) {
        12
      } else if isIn("2002::", 16) {
        2
      } else if isIn("::", 96), bytes[12...14] != [0, 0, 0] {
        12
      } else {
        nil
      }
    return start.flatMap { start in
      InternetAddress(bytes[start..<(start + 4)].map(String.init).joined(separator: "."))
    }
  }

  private func isIn(_ network: String, _ bits: Int) -> Bool {
    InternetAddress(network).map { shares(bits, bitsWith: $0) } ?? false
  }

  private typealias Network = (address: InternetAddress, bits: Int)

  private static func networks(_ list: [(String, Int)]) -> [Network] {
    list.compactMap { text, bits in InternetAddress(text).map { ($0, bits) } }
  }

  private static let privateNetworks4 = networks([
    ("0.0.0.0", 8), ("10.0.0.0", 8), ("100.64.0.0", 10), ("127.0.0.0", 8), ("169.254.0.0", 16),
    ("172.16.0.0", 12), ("192.0.0.0", 24), ("192.168.0.0", 16), ("198.18.0.0", 15),
    ("224.0.0.0", 4), ("240.0.0.0", 4),
  ])

  private static let privateNetworks6 = networks([
    ("::", 96), ("100::", 64), ("2001::", 32), ("fc00::", 7), ("fe80::", 10), ("fec0::", 10),
    ("ff00::", 8),
  ])
}
