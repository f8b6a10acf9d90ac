import Conversation
import Foundation
import JSON
import Testing

@Suite struct DrawingTests {
  @Test(arguments: [
    ("1536x1024", Drawing.Size.pixels(PixelSize(width: 1536, height: 1024))),
    ("1536×1024", .pixels(PixelSize(width: 1536, height: 1024))),
    ("3:2", .ratio(width: 3, height: 2)), ("auto", .auto),
  ]) func `A size is read as it is written`(text: String, size: Drawing.Size) {
    #expect(Drawing.Size(text) == size)
    #expect(Drawing.Size(size.description) == size)
  }

  @Test(arguments: [
    "", "x", "1024", "0x10", "1024x", "-1x5", "1x2x3", "9999999999999999999x1", "3:0",
  ])
  func `What is no size is refused`(text: String) {
    #expect(Drawing.Size(text) == nil)
  }

  @Test func `A drawing is stored as a part, and read again`() throws {
    var drawing = Drawing(model: "gpt-image-2")
    #expect(try again(.drawing(drawing)) == .drawing(drawing))
    drawing.size = .ratio(width: 3, height: 2)
    (drawing.quality, drawing.style, drawing.background) = ("low", "vivid", "opaque")
    (drawing.format, drawing.count, drawing.seed) = ("png", 3, -5)
    drawing.looks = ["Photo", "动漫"]
    let digest = try #require(Digest(rawValue: String(repeating: "ab", count: 32)))
    let stored = StoredPicture(
      digest: digest, format: .png, size: PixelSize(width: 8, height: 4), byteCount: ByteCount(9))
    drawing.mask = PictureReference(source: .stored(stored), name: "mask.png", detail: .auto)
    #expect(try again(.drawing(drawing)) == .drawing(drawing))
    #expect([ContentPart.drawing(drawing)].digests == [digest])
  }

  private func again(_ part: ContentPart) throws -> ContentPart {
    try ContentPart(
      json: try #require(JSONValue(parsing: Array(try JSONEncoder().encode(part)))))
  }

  @Test func `A number of pictures that no server makes is bounded`() throws {
    let json = #"{"type":"drawing","model":"m","count":99999999}"#
    let part = try ContentPart(json: try #require(JSONValue(parsing: json)))
    #expect([part].drawing?.count == 100)
  }

  @Test func `Each look is asked for by itself, with the words as they are`() {
    var drawing = Drawing(model: "m")
    #expect(drawing.prompts("a cat") == ["a cat"])
    drawing.looks = Drawing.looks("Photo, Cartoon ,，插画")
    #expect(drawing.looks == ["Photo", "Cartoon", "插画"])
    #expect(drawing.prompts("a cat").count == 3)
    #expect(drawing.prompts("a cat").allSatisfy { $0.contains("a cat") })
    #expect(drawing.pictureCount == 3)
  }

  @Test func `A drawing is neither said nor shown as text`() {
    let message = Message(
      id: MessageID(rawValue: 1), parent: nil, role: .user,
      parts: [.drawing(Drawing(model: "m")), .text("a cat")], created: Timestamp(milliseconds: 0))
    #expect(message.text == "a cat")
    #expect(message.plainText == "a cat")
    #expect(message.drawing?.model == "m")
  }
}
