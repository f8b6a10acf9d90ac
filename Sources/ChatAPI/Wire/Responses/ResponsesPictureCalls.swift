/// The calls of a response that make pictures, by numbers from 0: several may draw at the same time, and each
/// takes the place of its own unfinished picture alone.
struct ResponsesPictureCalls: Sendable {
  private var ofOutputs: [Int: Int] = [:]
  private var ofItems: [String: Int] = [:]
  private var count = 0

  /// The number of the call at an index of the output, or of an item with this identifier.
  ///
  /// Servers name the item by either, or by both; what has neither is the first call.
  mutating func number(at output: Int?, _ item: String?) -> Int {
    let known = output.flatMap { ofOutputs[$0] } ?? item.flatMap { ofItems[$0] }
    let isNamed = output != nil || item != nil
    let number = known ?? (isNamed ? count : 0)
    count = max(count, number + 1)
    if let output { ofOutputs[output] = number }
    if let item, known == nil { ofItems[item] = number }
    return number
  }
}
