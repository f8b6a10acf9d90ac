import Conversation
import Foundation
import Pictures
import Testing

/// Drawings, where librsvg is, and a kernel that can keep all files but fonts from it.
@Suite struct SVGTests {
  /// Whether a drawing can be decoded on this machine at all.
  static let hasDecoder =
    (try? pixels(of: "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>")) != nil

  struct Size: CustomTestStringConvertible {
    var testDescription: String
    var start: String
    var width: Int
    var height: Int
  }

  // CSS 2 §10.3.2, SVG 2 §8.2; drawings of less than 1024 pixels are drawn larger.
  @Test(arguments: [
    Size(
      testDescription: "pixels", start: "width='2000' height='1500px'", width: 2000, height: 1500),
    Size(
      testDescription: "inches", start: "width=\"20in\" height=\"10in\"", width: 1920, height: 960),
    Size(
      testDescription: "millimetres", start: "width='508mm' height='254mm'", width: 1920,
      height: 960),
    Size(
      testDescription: "a box alone", start: "viewBox='0 0 3000,1000'", width: 3000, height: 1000),
    Size(
      testDescription: "an icon", start: "viewBox='0 0 24 24' width='24' height='24'", width: 1024,
      height: 1024),
    Size(
      testDescription: "a share of the page", start: "width='100%' height='100%' viewBox='0 0 4 1'",
      width: 1024, height: 256),
    Size(
      testDescription: "one side", start: "width='1200' viewBox='0 0 4 1'", width: 1200, height: 300
    ),
    Size(testDescription: "nothing", start: "", width: 1024, height: 512),
  ])
  func `Its size is told by its first element`(size: Size) throws {
    let texts = [
      "<svg xmlns='http://www.w3.org/2000/svg' \(size.start)>",
      "\u{FEFF}<?xml version='1.0'?>\n<!-- <svg width='7'> -->\n<svg \(size.start)/>",
      "<!DOCTYPE svg [ <!ENTITY a 'b>'> ]>\n<s:svg xmlns:s='http://www.w3.org/2000/svg' \(size.start)>",
    ]
    for text in texts {
      let inspection = try inspect(Array(text.utf8))
      #expect(inspection.format == .svg)
      #expect(inspection.size == PixelSize(width: size.width, height: size.height))
    }
  }

  @Test func `A page or a text that mentions a drawing is none`() {
    for (text, format): (String, ForeignFormat) in [
      ("<!DOCTYPE html><html><svg width='9'/></html>", .html), ("How do I write <b>?", .text),
      ("<svga></svga>", .text),
    ] {
      #expect(throws: PictureError.foreign(format)) { try inspect(Array(text.utf8)) }
    }
  }

  /// What the confined decoder draws.
  private static func pixels(of text: String) throws -> Raster {
    let content = try PictureContent(bytes: Array(text.utf8))
    let inspection = try content.inspect()
    let size = inspection.size.fitted(within: PixelSize(width: 64, height: 64))
    return try content.decode(inspection, to: size, by: Sample.confinedDecoder)
  }

  private func drawn(_ contents: String) throws -> Raster {
    try Self.pixels(
      of: "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>\(contents)</svg>")
  }

  @Test(.enabled(if: hasDecoder)) func `It is drawn on white`() throws {
    let raster = try drawn("<rect width='32' height='32' fill='#0080ff'/>")
    #expect(raster.pixel(5, 5) == [0, 128, 255])
    #expect(raster.pixel(50, 50) == [255, 255, 255])
  }

  @Test(.enabled(if: hasDecoder)) func `Its letters are drawn`() throws {
    let raster = try drawn("<text x='2' y='50' font-size='60' font-family='sans-serif'>M</text>")
    let darkCount = raster.pixels.count { $0 < 64 }
    #expect(darkCount > 300)
  }

  @Test(.enabled(if: hasDecoder)) func `It shows no file of the machine`() throws {
    let folder = try TemporaryFolder()
    let red = Sample.raster(64, 64) { _, _ in [255, 0, 0] }
    let path = try folder.file("red.png", PNGSample(red).bytes)
    for place in ["file://\(path)", path, "red.png"] {
      let raster = try drawn("<image href='\(place)' width='64' height='64'/>")
      #expect(raster.pixels.allSatisfy { $0 == 255 }, "\(place)")
    }
    let secret = try folder.file("secret.txt", Array("MMMMMM".utf8))
    let entity = "<!DOCTYPE svg [<!ENTITY secret SYSTEM 'file://\(secret)'>]>"
    let text =
      entity + "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>"
      + "<text y='50' font-size='40'>&secret;</text></svg>"
    if let raster = try? Self.pixels(of: text) {
      #expect(raster.pixels.allSatisfy { $0 == 255 })
    }
  }

  @Test(.enabled(if: hasDecoder)) func `A broken drawing is refused`() {
    #expect(throws: PictureError.damaged(.svg)) { try drawn("<rect") }
  }
}
