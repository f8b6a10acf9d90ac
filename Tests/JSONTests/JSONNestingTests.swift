import JSON
import Testing

@Suite struct JSONNestingTests {
  static let arrays: [(String, [String]?)] = [
    ("[]", []),
    (#" [ 1 , [2,3], {"a":[",]"]} ] "#, [" 1 ", " [2,3]", #" {"a":[",]"]} "#]),
    (#"["\"]"]"#, [#""\"]""#]), (#"["\\",1]"#, [#""\\""#, "1"]),
    ("[1", nil), ("{}", nil), ("", nil), ("[1]]", nil), ("[1] x", nil), (#"["]"#, nil),
  ]

  @Test(arguments: arrays)
  func `An array's elements are cut as they stand`(text: String, elements: [String]?) {
    #expect(JSONNesting.elements(of: text) == elements)
  }

  @Test func `Elements end where they end in the whole, however the bytes come`() {
    let text = #"1, {"a":[",]\"",2]},"x" ]"#
    let whole = ends(in: [Array(text.utf8)])
    #expect(whole == [1, 19, 24])
    for split in 1..<text.utf8.count {
      let pieces = [Array(text.utf8.prefix(split)), Array(text.utf8.dropFirst(split))]
      #expect(ends(in: pieces) == whole, "\(split)")
    }
  }

  /// Where the elements of an array whose opening bracket was before the first piece end.
  private func ends(in pieces: [[UInt8]]) -> [Int] {
    var nesting = JSONNesting.insideArray
    var ends: [Int] = []
    var offset = 0
    for piece in pieces {
      var rest = piece[...]
      while let end = nesting.endOfElement(in: rest) {
        ends.append(offset + end)
        rest = rest[(end + 1)...]
      }
      offset += piece.count
    }
    return ends
  }

  static let closings: [(String, Bool)] = [
    ("", false), ("1", false), ("{", false), ("{}", true), (#"{"a":"}"#, false),
    (#"{"a":"\"}"}"#, true), ("[[]", false), (" [{}] \n", true), ("{}{", false),
  ]

  @Test(arguments: closings)
  func `A value is closed with its last bracket`(text: String, isClosed: Bool) {
    var nesting = JSONNesting()
    for byte in text.utf8 { nesting.feed([byte]) }
    #expect(nesting.isClosed == isClosed)
  }
}
