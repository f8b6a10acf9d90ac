#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An IPv4 or IPv6 address as its 4 or 16 bytes.
struct InternetAddress: Equatable, Sendable {
  let bytes: [UInt8]

  /// Reads the address's usual text; an IPv4 address needs all its four numbers.
  init?(_ text: some StringProtocol) {
    let text = String(text)
    if let bytes = Self.read(text, family: AF_INET, count: 4) {
      self.bytes = bytes
    } else if let bytes = Self.read(text, family: AF_INET6, count: 16) {
      self.bytes = bytes
    } else {
      return nil
    }
  }

  var isVersion6: Bool { bytes.count == 16 }

  var isLoopback: Bool {
    isVersion6 ? bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1 : bytes[0] == 127
  }

  /// Whether the first `count` bits are those of `other`.
  func shares(_ count: Int, bitsWith other: InternetAddress) -> Bool {
    guard bytes.count == other.bytes.count, (0...bytes.count * 8).contains(count) else {
      return false
    }
    return (0..<count).allSatisfy { bit in
      (bytes[bit / 8] ^ other.bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
    }
  }

  private static func read(_ text: String, family: Int32, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return inet_pton(family, text, &bytes) == 1 ? bytes : nil
  }
}
