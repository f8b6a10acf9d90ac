import JSON
import Testing

/// Strings of base64 are taken out of a JSON text while it comes, however it is cut.
@Suite struct Base64ExtractorTests {
  private struct Extracted: Equatable {
    var text: String
    var strings: [Int: [UInt8]]
    var damaged: Set<Int> = []
  }

  @Test func `A line that breaks off ends what stands in it, and the next is read from its start`()
  {
    var extractor = Base64Extractor(names: ["b64_json"])
    var bytes: [Int: [UInt8]] = [:]
    for line in [#"{"b64_json":"aGVsbG8"#, #": it's "quoted"#, #"{"b64_json":"aGVsbG8="}"#] {
      for piece in extractor.feed(Array(line.utf8)) {
        bytes[piece.number, default: []] += piece.bytes
      }
      extractor.endLine()
    }
    #expect(
      String(decoding: extractor.takeText(), as: UTF8.self)
        == #"{"b64_json":0: it's "quoted{"b64_json":1}"#)
    #expect(bytes[1] == Array("hello".utf8))
    #expect(extractor.damaged == [0])
    #expect(extractor.takeText() == [])
  }

  private func extract(_ json: String, by count: Int) -> Extracted {
    var extractor = Base64Extractor(names: ["b64_json"], urlNames: ["url"])
    var strings: [Int: [UInt8]] = [:]
    let bytes = Array(json.utf8)
    for start in stride(from: 0, to: bytes.count, by: count) {
      let piece = Array(bytes[start..<min(start + count, bytes.count)])
      for output in extractor.feed(piece) {
        strings[output.number, default: []] += output.bytes
      }
    }
    return Extracted(
      text: String(decoding: extractor.text, as: UTF8.self), strings: strings,
      damaged: extractor.damaged)
  }

  @Test(arguments: [
    (#"{"b64_json":"aGVsbG8="}"#, #"{"b64_json":0}"#, ["hello"]),
    (#"{"b64_json" : "aGVsbG8"}"#, #"{"b64_json" : 0}"#, ["hello"]),
    (
      #"{"a":"x","b64_json":"aGk=","c":[1,"b64_json"]}"#,
      #"{"a":"x","b64_json":0,"c":[1,"b64_json"]}"#, ["hi"]
    ),
    (
      #"{"data":[{"b64_json":"YQ=="},{"b64_json":"Yg=="}]}"#,
      #"{"data":[{"b64_json":0},{"b64_json":1}]}"#, ["a", "b"]
    ),
    // A server written in PHP escapes slashes; others send a data URL where base64 was asked for.
    (#"{"b64_json":"Pz8\/"}"#, #"{"b64_json":0}"#, ["???"]),
    (#"{"b64_json":"Pz8\u002f"}"#, #"{"b64_json":0}"#, ["???"]),
    (#"{"b64_json":"aGVs\nbG8="}"#, #"{"b64_json":0}"#, ["hello"]),
    (#"{"b64_json":"data:image/png;base64,aGk="}"#, #"{"b64_json":0}"#, ["hi"]),
    (#"{"url":"data:image/png;base64,aGk="}"#, #"{"url":0}"#, ["hi"]),
    // What is no base64 stays.
    (#"{"url":"https://a/b.png"}"#, #"{"url":"https://a/b.png"}"#, []),
    (
      #"{"b64_json":null,"url":"","b":"a\"b64_json\":\"x"}"#,
      #"{"b64_json":null,"url":"","b":"a\"b64_json\":\"x"}"#, []
    ),
    (
      #"{"prompt":"b64_json","x":{"b64_json":""}}"#, #"{"prompt":"b64_json","x":{"b64_json":""}}"#,
      []
    ),
  ])
  func `Base64 is taken out and all else stays, cut at every byte`(
    json: String, text: String, strings: [String]
  ) {
    let wanted = Extracted(
      text: text,
      strings: Dictionary(
        uniqueKeysWithValues: strings.enumerated().map { ($0, Array($1.utf8)) }))
    for count in 1...json.utf8.count {
      #expect(extract(json, by: count) == wanted, "\(count)")
    }
  }

  @Test func `The escaped slash that a JPEG begins with in base64 is read`() {
    let json = #"{"b64_json":"\/9j\/"}"#
    for count in 1...json.utf8.count {
      #expect(extract(json, by: count).strings == [0: [0xFF, 0xD8, 0xFF]])
    }
  }

  @Test(arguments: [
    ("aGVs!G8=", "hel"), ("a", ""), ("aGVsbG8=aGVs", "hello"), ("日本", ""),
    (#"aGVsb\"\u0021G8"#, "hel"),
    ("data:image/png", ""),
  ])
  func `What is no base64 is told, and its neighbours are read, however it is cut`(
    letters: String, start: String
  ) {
    let json = #"{"data":[{"b64_json":"YQ=="},{"b64_json":"\#(letters)"},{"b64_json":"Yg=="}]}"#
    let wanted = Extracted(
      text: #"{"data":[{"b64_json":0},{"b64_json":1},{"b64_json":2}]}"#,
      strings: [0: Array("a".utf8), 2: Array("b".utf8)], damaged: [1])
    for count in 1...json.utf8.count {
      var found = extract(json, by: count)
      // Of a group of letters that is not whole nothing is given out.
      let came = found.strings.removeValue(forKey: 1) ?? []
      #expect(Array(start.utf8).starts(with: came), "\(count)")
      #expect(found == wanted, "\(count)")
    }
  }

  @Test func `A text that ends within base64 leaves its number to nobody`() {
    var extractor = Base64Extractor(names: ["b64_json"])
    let pieces = extractor.feed(Array(#"{"b64_json":"aGVsbG8h"#.utf8))
    #expect(Set(pieces.map(\.number)) == [0])
    #expect(extractor.nextNumber == 1)
  }

  @Test func `Of a long string nothing is held`() {
    var extractor = Base64Extractor(names: ["b64_json"], limit: 1000)
    _ = extractor.feed(Array(#"{"b64_json":""#.utf8))
    var count = 0
    for _ in 0..<1000 {
      count += extractor.feed([UInt8](repeating: 0x41, count: 4000)).map(\.bytes.count)
        .reduce(0, +)
    }
    #expect(count == 3_000_000)
    #expect(extractor.text.count < 20)
    _ = extractor.feed(Array(("\",\"a\":\"" + String(repeating: "x", count: 2000)).utf8))
    #expect(extractor.isTooLong)
  }
}
