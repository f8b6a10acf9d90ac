/// Where a text stands in a message's source, whatever its case, in bytes.
struct SourceMatches {
  private let offsets: [Int]

  /// Matches do not overlap, as the state counts them.
  init(_ query: String, in text: String) {
    let text = Array(text.lowercased().utf8)
    let wanted = Array(query.lowercased().utf8)
    var offsets: [Int] = []
    var index = 0
    while let first = wanted.first, index + wanted.count <= text.count {
      if text[index] == first, text[index..<index + wanted.count].elementsEqual(wanted) {
        offsets.append(index)
        index += wanted.count
      } else {
        index += 1
      }
    }
    self.offsets = offsets
  }

  /// Where a match begins; the last one for a number that is too large.
  func offset(of ordinal: Int) -> Int {
    offsets.isEmpty ? 0 : offsets[max(0, min(ordinal, offsets.count - 1))]
  }

  func count(in range: Range<Int>) -> Int { offsets.count { range.contains($0) } }
}
