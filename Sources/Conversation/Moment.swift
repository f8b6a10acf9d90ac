/// Milliseconds since 1970-01-01 UTC by the wall clock, to the end of the year 9999; it may go
/// backwards.
package struct Timestamp: Hashable, Comparable, Sendable {
  private static let range: ClosedRange<Int64> = 0...253_402_300_799_999

  package let milliseconds: Int64

  /// The nearest time in range.
  package init(milliseconds: Int64) {
    self.milliseconds = min(max(Self.range.lowerBound, milliseconds), Self.range.upperBound)
  }

  /// The time so many seconds after 1970-01-01 UTC; nil where it is out of range, or no number.
  package init?(seconds: Double) {
    let milliseconds = (seconds * 1000).rounded()
    guard let milliseconds = Int64(exactly: milliseconds), Self.range.contains(milliseconds) else {
      return nil
    }
    self.milliseconds = milliseconds
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

/// An object of JSON; a time that is out of range reads as the nearest in range.
extension Timestamp: Codable {
  private enum CodingKeys: CodingKey { case milliseconds }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    self.init(milliseconds: try object.decode(Int64.self, forKey: .milliseconds))
  }
}

/// The time and the randomness that arrive with an event, so that deciding stays pure.
package struct Moment: Hashable, Sendable {
  package var timestamp: Timestamp
  /// Fresh random bits for each event.
  package var entropy: UInt64
  /// Milliseconds of a clock that never goes backwards, for elapsed times and deadlines.
  package var uptime: Int64

  package init(timestamp: Timestamp, entropy: UInt64, uptime: Int64) {
    self.timestamp = timestamp
    self.entropy = entropy
    self.uptime = uptime
  }

  /// The `ordinal`th identifier made at this moment; rising with `ordinal` (0…1023).
  ///
  /// The random part leaves room above it, so that identifiers made at one moment keep their order.
  package func makeIdentifier<Subject>(_ ordinal: Int = 0) -> Identifier<Subject> {
    let random = Int64(entropy & 0x3F_FBFF) + Int64(ordinal & 0x3FF)
    return Identifier(milliseconds: timestamp.milliseconds, random: random)
  }
}

extension Duration {
  /// Whole milliseconds, rounded down.
  package var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
