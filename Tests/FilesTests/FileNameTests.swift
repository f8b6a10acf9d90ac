import Files
import Testing

/// Names of files, in bytes.
@Suite struct FileNameTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var limit: Int
    var shortened: String
    var testDescription: String { "\(name.prefix(20)) to \(limit)" }
  }

  @Test(arguments: [
    Case(name: "a.csv", limit: 255, shortened: "a.csv"),
    Case(name: "abcdefgh.csv", limit: 8, shortened: "abcd.csv"),
    // Each letter takes three bytes.
    Case(name: "数据数据.csv", limit: 12, shortened: "数据.csv"),
    // What is too long to be an ending is none.
    Case(name: "a.bcdefghijklmnopqrstuvwxyz", limit: 6, shortened: "a.bcde"),
    Case(name: ".hidden", limit: 4, shortened: ".hid"),
    // A family is one character of 25 bytes.
    Case(name: "👨‍👩‍👧‍👦👨‍👩‍👧‍👦.png", limit: 30, shortened: "👨‍👩‍👧‍👦.png"),
    Case(
      name: "e" + String(repeating: "\u{301}", count: 200), limit: 5,
      shortened: "e\u{301}\u{301}"),
  ]) func `A name is cut between characters, and keeps its ending`(sample: Case) {
    let name = FileName.shortened(sample.name, to: sample.limit)
    #expect(name.utf8.elementsEqual(sample.shortened.utf8), "\(name)")
    #expect(name.utf8.count <= sample.limit)
  }

  @Test func `A number stands before the ending, and the name stays short enough`() {
    #expect(FileName.numbered("a.png", 2) == "a-2.png")
    #expect(FileName.numbered("a", 2) == "a-2")
    let long = FileName.numbered(String(repeating: "数", count: 83) + "ab.png", 12)
    #expect(long == String(repeating: "数", count: 82) + "-12.png")
  }

  @Test func `A file is written whole under a name of 255 bytes, of whatever characters`() throws {
    try withFolder { folder in
      for letter in ["a", "数", "👨‍👩‍👧‍👦", "e\u{301}\u{302}\u{303}\u{304}"] {
        let count = (FileName.byteLimit - 4) / letter.utf8.count
        let path = folder + "/" + String(repeating: letter, count: count) + ".txt"
        try WholeFile.write(to: path) { sink throws(FileError) in try sink.write("whole") }
        #expect(try SmallFile.bytes(of: path, atMost: 10) == Array("whole".utf8))
      }
    }
  }
}
