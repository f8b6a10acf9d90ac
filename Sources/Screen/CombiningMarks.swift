/// Up to four combining marks, kept inline so that a cell is plain memory and cheap to copy.
struct CombiningMarks: Hashable, Sendable {
  private var first: UInt32 = 0
  private var second: UInt32 = 0
  private var third: UInt32 = 0
  private var fourth: UInt32 = 0

  init() {}

  init(_ marks: [Unicode.Scalar]) {
    for mark in marks { append(mark) }
  }

  var scalars: [Unicode.Scalar] {
    if first == 0 { return [] }
    return [first, second, third, fourth].filter { $0 != 0 }.compactMap(Unicode.Scalar.init)
  }

  /// Adds a mark; what comes after the fourth is left out.
  mutating func append(_ mark: Unicode.Scalar) {
    if first == 0 {
      first = mark.value
    } else if second == 0 {
      second = mark.value
    } else if third == 0 {
      third = mark.value
    } else if fourth == 0 {
      fourth = mark.value
    }
  }
}
