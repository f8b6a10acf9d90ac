import Conversation
import Foundation
import Pictures
import Testing

@Suite struct PreviewTests {
  private func preview(
    _ raster: Raster, _ columns: Int, _ rows: Int, _ palette: PreviewPalette
  ) throws -> PreviewCells {
    let content = try PictureContent(bytes: PNGSample(raster).bytes)
    return try content.preview(
      try content.inspect(), within: PreviewSize(columns: columns, rows: rows), palette: palette,
      decoder: .inProcess)
  }

  @Test(arguments: [
    ((800, 600), (80, 24), (64, 24)), ((1600, 400), (80, 24), (80, 10)),
    ((400, 1600), (80, 24), (12, 24)), ((16, 16), (80, 24), (16, 8)), ((1, 1), (80, 24), (1, 1)),
    ((5000, 1), (40, 10), (40, 1)), ((1, 5000), (40, 10), (1, 10)),
  ])
  func `The aspect is kept with cells twice as high as wide`(
    size: (Int, Int), space: (Int, Int), grid: (Int, Int)
  ) {
    let fitting = PreviewSize(columns: space.0, rows: space.1)
      .fitting(PixelSize(width: size.0, height: size.1))
    #expect(fitting == PreviewSize(columns: grid.0, rows: grid.1))
  }

  /// What a cell of one plain colour looks like: its background behind a space, or its foreground
  /// in a full block.
  private func colour(_ cell: PreviewCell) -> PreviewColour {
    cell.character == "█" ? cell.foreground : cell.background
  }

  private func light(_ colour: PreviewColour) -> [UInt8]? {
    guard case .direct(let value) = colour else { return nil }
    return [UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }

  @Test func `Direct colours are the picture's own`() throws {
    let cells = try preview(Sample.quadrants(64, 64), 16, 8, .direct)
    #expect(cells.columnCount == 16)
    #expect(cells.rowCount == 8)
    for (column, row, expected) in [
      (2, 1, Sample.red), (13, 1, Sample.green), (2, 6, Sample.blue), (13, 6, Sample.white),
    ] {
      let shown = try #require(light(colour(cells.rows[row][column])))
      #expect(isNear(shown, expected, within: 24))
    }
  }

  @Test func `Indexed colours are of the xterm palette's fixed part`() throws {
    let cells = try preview(Sample.quadrants(64, 64), 16, 8, .indexed256)
    // 160 is (215, 0, 0) and 34 is (0, 175, 0) in xterm's 6 × 6 × 6 cube: 16 + 36r + 6g + b.
    for (column, expected) in [(2, 160), (13, 34)] {
      guard case .indexed(let index) = colour(cells.rows[1][column]) else {
        Issue.record("no indexed colour")
        return
      }
      let near = [expected, expected + 1, expected + 6, expected + 7]
      #expect(near.contains(Int(index)))
    }
  }

  @Test func `Without colours only characters are used`() throws {
    let cells = try preview(Sample.quadrants(64, 64), 16, 8, .none)
    let all = cells.rows.flatMap(\.self)
    #expect(all.allSatisfy { $0.foreground == .none && $0.background == .none })
    #expect(Set(all.map(\.character)).count > 1)
  }

  @Test(arguments: [PreviewPalette.none, .indexed256, .direct])
  func `Every character is one column wide`(palette: PreviewPalette) throws {
    let cells = try preview(Sample.photograph(60, 60), 20, 10, palette)
    let characters = cells.rows.flatMap(\.self).map(\.character)
    #expect(characters.allSatisfy { $0 == " " || ("\u{2580}"..."\u{259F}").contains($0) })
  }

  @Test(arguments: [PreviewPalette.none, .indexed256])
  func `A picture can be drawn in ASCII alone`(palette: PreviewPalette) throws {
    let content = try PictureContent(bytes: PNGSample(Sample.photograph(60, 60)).bytes)
    let cells = try content.preview(
      try content.inspect(), within: PreviewSize(columns: 20, rows: 10), palette: palette,
      inASCII: true, decoder: .inProcess)
    let characters = cells.rows.flatMap(\.self).map(\.character)
    #expect(characters.allSatisfy { (" "..."~").contains($0) })
    #expect(Set(characters).count > 3)
  }

  @Test func `What is see-through keeps the terminal's background`() throws {
    let raster = Sample.raster(64, 64, .rgba) { x, _ in [250, 0, 0, x < 32 ? 0 : 255] }
    let cells = try preview(raster, 16, 8, .direct)
    #expect(cells.rows[4][2].character == " ")
    #expect(cells.rows[4][2].background == .none)
    #expect(light(colour(cells.rows[4][13])) != nil)
  }

  @Test(arguments: Sample.formats)
  func `Every format has a preview`(format: PictureFormat) throws {
    let content = try PictureContent(bytes: Sample.encoded(format, Sample.quadrants(40, 30)))
    let cells = try content.preview(
      try content.inspect(), within: PreviewSize(columns: 20, rows: 10), palette: .direct,
      decoder: .inProcess)
    #expect(cells.columnCount == 20)
    #expect(Set(cells.rows.map(\.count)) == [20])
  }

  @Test(arguments: [(PixelProtocol.kitty, "\u{1B}_G"), (.sixel, "\u{1B}P")])
  func `Pixels are drawn by the terminal's own protocol`(
    pixelProtocol: PixelProtocol, introducer: String
  ) throws {
    let content = try PictureContent(bytes: PNGSample(Sample.quadrants(64, 48)).bytes)
    let drawing = try content.pixels(
      try content.inspect(), within: PreviewSize(columns: 10, rows: 3),
      cell: PixelSize(width: 8, height: 16), by: pixelProtocol, decoder: .inProcess)
    #expect(drawing.size == PreviewSize(columns: 8, rows: 3))
    #expect(drawing.sequence.hasPrefix(introducer))
    #expect(drawing.sequence.hasSuffix("\u{1B}\\"))
  }

  /// An opaque alpha channel changes nothing, where rows of RGB used to be sheared.
  @Test(arguments: 61...64)
  func `Sixels of an opaque picture stand upright`(width: Int) throws {
    func sixels(_ raster: Raster) throws -> String {
      let content = try PictureContent(bytes: PNGSample(raster).bytes)
      return try content.pixels(
        try content.inspect(), within: PreviewSize(columns: 10, rows: 5),
        cell: PixelSize(width: 8, height: 16), by: .sixel, decoder: .inProcess
      ).sequence
    }
    let stripes = Sample.raster(width, 48) { x, _ in x < 30 ? Sample.red : Sample.blue }
    let opaque = Sample.raster(width, 48, .rgba) { x, y in stripes.pixel(x, y) + [255] }
    #expect(try sixels(stripes) == sixels(opaque))
  }

  @Test func `A sixel picture has the pixels of the picture, not of whole cells`() throws {
    let content = try PictureContent(bytes: PNGSample(Sample.quadrants(61, 48)).bytes)
    let drawing = try content.pixels(
      try content.inspect(), within: PreviewSize(columns: 10, rows: 5),
      cell: PixelSize(width: 8, height: 16), by: .sixel, decoder: .inProcess)
    #expect(drawing.sequence.contains("\"1;1;61;48"))
    #expect(drawing.size == PreviewSize(columns: 8, rows: 3))
  }

  @Test(arguments: [
    ((3000, 2000), (405, 270), (51, 17)), ((2000, 3000), (180, 270), (23, 17)),
    ((61, 48), (61, 48), (8, 3)), ((4000, 100), (480, 12), (60, 1)),
  ])
  func `A thumbnail is small, keeps the aspect, and is given by its number without being shown`(
    size: (Int, Int), pixels: (Int, Int), cells: (Int, Int)
  ) throws {
    let content = try PictureContent(
      bytes: Sample.photograph(size.0, size.1).encoded(as: .png).bytes)
    let thumbnail = try content.thumbnail(
      try content.inspect(), within: PreviewSize(columns: 60, rows: 20),
      cell: PixelSize(width: 8, height: 16), decoder: .inProcess)
    #expect(thumbnail.pixels == PixelSize(width: pixels.0, height: pixels.1))
    #expect(thumbnail.size == PreviewSize(columns: cells.0, rows: cells.1))
    let png = try PictureContent(bytes: thumbnail.png)
    #expect(try png.inspect().size == thumbnail.pixels)
    let sequence = thumbnail.transmission(as: 4711)
    #expect(sequence.hasPrefix("\u{1B}_Ga=t,f=100,i=4711,q=2,m="))
    #expect(sequence.hasSuffix("\u{1B}\\"))
  }

  @Test func `A kitty picture is a PNG in chunks of at most 4,096 digits, and can be taken away`()
    throws
  {
    let content = try PictureContent(
      bytes: Sample.photograph(300, 200).encoded(as: .png).bytes)
    let drawing = try content.pixels(
      try content.inspect(), within: PreviewSize(columns: 80, rows: 24),
      cell: PixelSize(width: 8, height: 16), by: .kitty, decoder: .inProcess)
    let commands = drawing.sequence.components(separatedBy: "\u{1B}\\").dropLast()
      .map { $0.dropFirst(3).split(separator: ";", omittingEmptySubsequences: false) }
    #expect(commands.count > 1)
    #expect(commands.allSatisfy { $0.count == 2 && (1...4096).contains($0[1].utf8.count) })
    #expect(
      commands.map { $0[0].hasSuffix("m=1") } == commands.indices.map { $0 < commands.count - 1 })
    let data = try #require(Data(base64Encoded: commands.map { $0[1] }.joined()))
    #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    let number = try #require(commands.first?[0].split(separator: ",").first { $0.hasPrefix("i=") })
    #expect(PixelProtocol.kitty.removal.contains(",\(number),"))
  }
}
