/// A property of the scalars below U+20000, spread out of range lists for lookup in one step.
struct ScalarTable<Value: Sendable>: Sendable {
  private static var limit: Int { 0x2_0000 }
  private var values: [Value]

  /// Makes a table from lists such as `"AD 34F 180B-180F"` (hexadecimal, sorted, bounds included).
  init(otherwise value: Value, _ lists: [(value: Value, ranges: String)]) {
    values = Array(repeating: value, count: Self.limit)
    for list in lists { spread(list.value, over: list.ranges) }
  }

  /// The scalar's value; nil from U+20000 on.
  subscript(scalar: Unicode.Scalar) -> Value? {
    scalar.value < Self.limit ? values[Int(scalar.value)] : nil
  }

  private mutating func spread(_ value: Value, over ranges: String) {
    var lower: Int?
    var number = 0
    for byte in ranges.utf8 {
      switch byte {
      case UInt8(ascii: "-"):
        lower = number
        number = 0
      case UInt8(ascii: " "), UInt8(ascii: "\n"):
        fill((lower ?? number)...number, with: value)
        lower = nil
        number = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number = number << 4 + Int(byte - UInt8(ascii: "0"))
      default:
        number = number << 4 + Int(byte - UInt8(ascii: "A")) + 10
      }
    }
    fill((lower ?? number)...number, with: value)
  }

  private mutating func fill(_ range: ClosedRange<Int>, with value: Value) {
    for index in range { values[index] = value }
  }
}
