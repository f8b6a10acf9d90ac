import Conversation
import Pictures
import Testing

/// Parts of a picture as pictures of their own.
@Suite struct PartTests {
  private func parts(
    _ bytes: [UInt8], _ areas: [PixelArea], by decoder: PictureDecoder = .inProcess
  ) throws -> [EncodedPicture] {
    var parts: [EncodedPicture] = []
    try PictureContent(bytes: bytes).forEachPart(areas, by: decoder) { parts.append($0) }
    return parts
  }

  private func area(_ left: Int, _ top: Int, _ width: Int, _ height: Int) -> PixelArea {
    PixelArea(left: left, top: top, size: PixelSize(width: width, height: height))
  }

  @Test(arguments: [PictureDecoder.inProcess, Sample.confinedDecoder])
  func `Each part has the pixels of its place, in the order asked for`(decoder: PictureDecoder)
    throws
  {
    let page = Sample.raster(12, 300) { x, y in [UInt8(y % 256), x < 6 ? 0 : 200, UInt8(y / 256)] }
    let areas = [area(0, 0, 12, 100), area(0, 90, 12, 100), area(3, 200, 5, 100)]
    let found = try parts(PNGSample(page).bytes, areas, by: decoder)
    #expect(found.map(\.size) == areas.map(\.size))
    for (part, area) in zip(found, areas) {
      let raster = try decode(part.bytes)
      for y in 0..<area.size.height {
        for x in 0..<area.size.width {
          #expect(raster.pixel(x, y) == page.pixel(area.left + x, area.top + y))
        }
      }
    }
  }

  @Test func `Parts are those of the upright picture`() throws {
    let bytes = MetadataSample.jpeg(
      Sample.jpeg(Sample.quadrants(64, 32)), exif: MetadataSample.exif(orientation: 6))
    let found = try parts(bytes, [area(0, 0, 16, 32), area(16, 32, 16, 32)])
    // Turned right: blue, red / white, green.
    let colours = try found.map { try decode($0.bytes).pixel(8, 16) }
    #expect(isNear(colours[0], Sample.blue))
    #expect(isNear(colours[1], Sample.green))
  }

  @Test func `Drawn parts lose nothing, photographed ones little`() throws {
    let screen = try parts(PNGSample(Sample.screen(64, 64)).bytes, [area(0, 0, 64, 32)])
    #expect(screen.first?.format == .png)
    let photograph = Sample.photograph(64, 64)
    let found = try parts(PNGSample(photograph).bytes, [area(0, 0, 64, 64)])
    #expect(found.first?.format == .jpeg)
    let pixel = try decode(found[0].bytes).pixel(20, 20)
    #expect(isNear(pixel, photograph.pixel(20, 20), within: 20))
  }
}
