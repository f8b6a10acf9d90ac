/// How long a sound is, and where in it something stands, by what others say.
package enum SoundLength {
  /// Up to a hundred days: longer than any recording, and far from what a count of milliseconds holds.
  private static let range = 0.0...8_640_000

  /// How long a voice takes for a text, in seconds: about 15 letters, or 4 signs of East Asian scripts, in one.
  package static func estimate(of text: String) -> Double {
    let wide = text.unicodeScalars.count { $0.value >= 0x2E80 }
    return Double(wide) / 4 + Double(text.unicodeScalars.count - wide) / 15
  }

  /// A length that can be one, in seconds; nil for any other number.
  package static func seconds(_ number: Double?) -> Double? {
    number.flatMap { range.contains($0) ? $0 : nil }
  }
}
