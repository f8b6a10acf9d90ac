/// Milliseconds since 1970-01-01 UTC by the wall clock; it may go backwards.
package struct Timestamp: Hashable, Comparable, Codable, Sendable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.milliseconds < right.milliseconds
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
    let randomBits: Int64 = 22
    let random = Int64(entropy & 0x3F_FBFF) + Int64(ordinal & 0x3FF)
    return Identifier(rawValue: max(0, timestamp.milliseconds) << randomBits | random)
  }
}
