/// A number of bytes, in 0…2⁵⁰; sums stay in that range.
///
/// As people read it: `317 B`, `24 kB`, `3.1 MB` (powers of ten).
package struct ByteCount: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// A pebibyte, more than any file that is sent: four times as much still fits an `Int`.
  package static let largest = 1 << 50

  package let bytes: Int

  /// The nearest number of bytes in range.
  package init(_ bytes: Int) {
    self.bytes = min(max(0, bytes), Self.largest)
  }

  package var description: String {
    var value = Double(bytes)
    var unit = "B"
    for larger in ["kB", "MB", "GB", "TB"] where value >= 999.5 {
      value /= 1000
      unit = larger
    }
    let tenths = Int((value * 10).rounded())
    guard unit != "B", tenths < 100 else { return "\(Int(value.rounded())) \(unit)" }
    return "\(tenths / 10).\(tenths % 10) \(unit)"
  }

  package static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }
  package static func + (left: Self, right: Self) -> Self { Self(left.bytes + right.bytes) }
}

extension ByteCount: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int) { self.init(value) }
}

/// A whole number in JSON; one that is out of range reads as the nearest in range.
extension ByteCount: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(Int.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(bytes)
  }
}
