import Conversation
import Foundation
import JSON
import Pictures
import Testing

@Suite struct DataURLTests {
  private let bytes: [UInt8] = [0, 1, 2, 250, 251, 252, 253, 254, 255, 62, 63]

  @Test func `Every length comes back as it went in`() throws {
    for count in 1...bytes.count {
      let part = Array(bytes.prefix(count))
      let url = DataURL.prefix(.png) + Data(part).base64EncodedString()
      #expect(try DataURL.bytes(of: url) == part)
      #expect(DataURL.length(.png, byteCount: count) == url.utf8.count)
    }
  }

  @Test(arguments: [
    "data:image/png;base64,AQID", "DATA:image/png;BASE64,AQID", "data:;base64,AQID",
    "data:text/plain;charset=utf-8;base64,AQID", "data:image/png;base64,AQ\n ID",
    "data:image/png; base64,AQID",
  ])
  func `The spellings that pages use are taken`(url: String) throws {
    #expect(try DataURL.bytes(of: url) == [1, 2, 3])
  }

  @Test func `A missing padding and the URL-safe alphabet are taken`() throws {
    #expect(try DataURL.bytes(of: "data:;base64,-_-_AQ") == [0xFB, 0xFF, 0xBF, 1])
  }

  @Test(arguments: [
    "data:image/png,AQID", "data:image/png;base64", "data:;base64,A", "data:;base64,AQ=ID",
    "data:;base64,A*ID", "http://example.org/a.png",
  ])
  func `Anything else is refused`(url: String) {
    #expect(throws: PictureError.invalidDataURL) { try DataURL.bytes(of: url) }
  }

  @Test func `Nothing at all is empty`() {
    #expect(throws: PictureError.empty) { try DataURL.bytes(of: "data:image/png;base64,") }
  }

  @Test func `A URL longer than the limit is refused before it is decoded`() {
    var limits = PictureLimits()
    limits.maximumBytes = 30
    let url = "data:;base64," + String(repeating: "*", count: 80)
    #expect(throws: PictureError.tooManyBytes(60, limit: 30)) {
      try DataURL.bytes(of: url, limits: limits)
    }
  }
}
