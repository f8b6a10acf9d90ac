/// How long a sound is, and where in it something stands, by what others say.
package enum SoundLength {
  /// Up to a hundred days: longer than any recording, and far from what a count of milliseconds holds.
  private static let range = 0.0...8_640_000

  /// A length that can be one, in seconds; nil for any other number.
  package static func seconds(_ number: Double?) -> Double? {
    number.flatMap { range.contains($0) ? $0 : nil }
  }
}
