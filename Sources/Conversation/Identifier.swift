/// A 63-bit identifier of one `Subject`, unique in a store and rising with time.
///
/// The upper 41 bits are milliseconds since 1970, the lower 22 are random: two programs on one
/// store make no equal identifiers but by a chance of one in four million per shared millisecond,
/// and the store refuses a duplicate rather than overwrite.
package struct Identifier<Subject>: RawRepresentable, Hashable, Comparable, Sendable {
  package var rawValue: Int64

  package init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  /// The identifier of a moment, in milliseconds since 1970, with 22 random bits.
  ///
  /// Moments after September 2039, which 41 bits do not hold, count as that one.
  init(milliseconds: Int64, random: Int64) {
    rawValue = min(max(0, milliseconds), (1 << 41) - 1) << 22 | random
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  // Those that come with `RawRepresentable` go through its witness tables, ten times as slowly.
  package static func == (left: Self, right: Self) -> Bool { left.rawValue == right.rawValue }
  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension Identifier: Codable {}

extension Identifier: CustomStringConvertible {
  package var description: String { String(rawValue) }
}

package typealias MessageID = Identifier<Message>
package typealias ConversationID = Identifier<Conversation>
