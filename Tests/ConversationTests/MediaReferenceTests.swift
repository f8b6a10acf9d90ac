import Conversation
import Testing

/// Pictures as the media that messages and stores hold.
@Suite struct MediaReferenceTests {
  @Test(arguments: PictureFormat.allCases)
  func `A picture of any format stays itself as media of a message`(format: PictureFormat) throws {
    let digest = try #require(Digest(rawValue: String(repeating: "a", count: 64)))
    let stored = StoredPicture(
      digest: digest, format: format, size: PixelSize(width: 4, height: 3), byteCount: 99,
      hasLocation: true)
    let picture = PictureReference(source: .stored(stored), name: "a", detail: .high)
    #expect(MediaReference(picture).picture == picture)
    #expect(PictureFormat(mediaType: format.mediaType) == format)
  }

  @Test func `Other media types are no formats`() {
    #expect(PictureFormat(mediaType: "image/x-unknown") == nil)
    #expect(PictureFormat(mediaType: "audio/wav") == nil)
  }
}
