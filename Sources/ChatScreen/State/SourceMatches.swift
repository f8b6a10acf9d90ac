/// Where a text stands in a message's source, whatever its case, in bytes.
package struct SourceMatches {
  private let offsets: [Int]

  /// Matches do not overlap, as the state counts them.
  package init(_ query: String, in text: String) {
    let wanted = Array(query.lowercased().utf8)
    // A text of millions of letters is not written anew where only ASCII has cases.
    var text = query.isFoldedByBytes ? text : text.lowercased()
    offsets = text.withUTF8 { Self.offsets(of: wanted, in: $0) }
  }

  /// Where a match begins; the last one for a number that is too large.
  package func offset(of ordinal: Int) -> Int {
    offsets.isEmpty ? 0 : offsets[max(0, min(ordinal, offsets.count - 1))]
  }

  package var count: Int { offsets.count }

  package func count(in range: Range<Int>) -> Int { offsets.count { range.contains($0) } }

  private static func offsets(of wanted: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> [Int] {
    var offsets: [Int] = []
    var index = 0
    while let first = wanted.first, index + wanted.count <= text.count {
      if text[index].folded == first,
        wanted.indices.allSatisfy({ text[index + $0].folded == wanted[$0] })
      {
        offsets.append(index)
        index += wanted.count
      } else {
        index += 1
      }
    }
    return offsets
  }
}

extension String {
  /// Whether no letter but those of ASCII has another case.
  fileprivate var isFoldedByBytes: Bool {
    unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        || !scalar.properties.changesWhenLowercased && !scalar.properties.changesWhenUppercased
    }
  }
}

extension UInt8 {
  /// The small letter of a capital one of ASCII.
  fileprivate var folded: UInt8 { 0x41...0x5A ~= self ? self + 0x20 : self }
}
