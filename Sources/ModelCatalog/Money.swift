/// An amount of US dollars.
///
/// It is an estimate to be shown, never an account: a `Double` is exact enough for that.
package struct Money: Hashable, Comparable, Sendable {
  package var dollars: Double

  package init(dollars: Double) {
    self.dollars = dollars
  }

  package static let zero = Money(dollars: 0)

  package static func < (left: Self, right: Self) -> Bool { left.dollars < right.dollars }
  package static func + (left: Self, right: Self) -> Self {
    Self(dollars: left.dollars + right.dollars)
  }
  package static func += (left: inout Self, right: Self) { left = left + right }
}

extension Money {
  /// The amount, behind “≈” where it is made of estimated figures; of nothing, nothing is estimated.
  package func text(isEstimated: Bool) -> String {
    isEstimated && dollars > 0 ? "≈\(self)" : description
  }
}

extension Money: CustomStringConvertible {
  /// `$12.34` from ten cents up, two significant digits below (`$0.011`), never an exponent.
  ///
  /// What is less than a ten-thousandth of a cent reads `<$0.000001`.
  package var description: String {
    guard dollars.isFinite, dollars > 0 else { return "$0" }
    guard dollars >= 0.000_001 else { return "<$0.000001" }
    var digits = 2
    var scaled = (min(dollars, 1e15) * 100).rounded()
    while scaled < 10, digits < 6 {
      digits += 1
      scaled = (dollars * Self.powersOfTen[digits]).rounded()
    }
    return "$" + Self.decimal(Int(scaled), digits: digits)
  }

  private static let powersOfTen: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

  /// `value` with its last `digits` digits behind a point.
  private static func decimal(_ value: Int, digits: Int) -> String {
    let text = String(value)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return padded.dropLast(digits) + "." + padded.suffix(digits)
  }
}
