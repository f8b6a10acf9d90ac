package import Conversation

extension Digest {
  /// A digest that begins with `name`, where that is hexadecimal, or with the digits of its bytes.
  ///
  /// It ends in the length of the beginning, so that different names make different digests.
  package static func sample(_ name: String) -> Digest {
    let isHexadecimal = name.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    let start = String((isHexadecimal ? name : digits(of: Array(name.utf8))).prefix(60))
    let zeros = String(repeating: "0", count: 62 - start.count)
    guard let digest = Digest(rawValue: start + zeros + digits(of: [UInt8(start.count)])) else {
      preconditionFailure("no digest: \(name)")
    }
    return digest
  }

  private static func digits(of bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
