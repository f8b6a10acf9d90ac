/// A number of bytes as people read it: `317 B`, `24 kB`, `3.1 MB` (powers of ten).
package struct ByteCount: Hashable, Sendable, CustomStringConvertible {
  package var bytes: Int

  package init(_ bytes: Int) {
    self.bytes = bytes
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
}
