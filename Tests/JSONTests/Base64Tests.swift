import JSON
import Testing

/// RFC 4648 §10, and what other programs write.
@Suite struct Base64Tests {
  static let vectors = [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ]

  @Test(arguments: vectors)
  func `The standard's examples are written and read`(plain: String, letters: String) {
    let bytes = Array(plain.utf8)
    #expect(Base64.text(of: bytes) == letters)
    #expect(Base64.encoded(bytes) == Array(letters.utf8))
    #expect(Base64.length(ofByteCount: bytes.count) == letters.utf8.count)
    #expect(Base64.decoded(letters.utf8) == bytes)
  }

  @Test(arguments: ["-_-_AQ", "+/+/AQ==", " +/+\n/\tAQ=\r= ", "+/+/AQ=", "+/+/AR"])
  func `Other alphabets, blanks and a missing padding are taken`(letters: String) {
    #expect(Base64.decoded(letters.utf8) == [0xFB, 0xFF, 0xBF, 1])
  }

  @Test(arguments: ["A", "AQ=ID", "A*ID", "=A", "AQI\u{0}"])
  func `Anything else is refused`(letters: String) {
    #expect(Base64.decoded(letters.utf8) == nil)
  }
}

@Suite struct DataURLValueTests {
  @Test func `A URL says its type and its bytes`() throws {
    let data = try #require(DataURL("DATA:Image/PNG; charset=x ;Base64,AQID/w=="))
    #expect(data.mediaType == "image/png")
    #expect(data.bytes == [1, 2, 3, 255])
    #expect(data.byteCount == 4)
    #expect(data.firstBytes(ofLetters: 5) == [1, 2, 3])
  }

  @Test(arguments: [
    "data:,a", "data:image/png;base64", "data:base64,AQID", "http://e.org/;base64,A",
  ])
  func `A URL that is not in base64 is none`(url: String) {
    #expect(DataURL(url) == nil)
  }
}
