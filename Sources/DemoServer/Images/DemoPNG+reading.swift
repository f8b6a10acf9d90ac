import Conversation

/// A picture as the demo reads it: its colours, and how opaque each pixel is.
struct ReadPicture: Equatable, Sendable {
  var canvas: DemoCanvas
  /// 0 is transparent; nil for a picture without alpha.
  var alpha: [UInt8]?
}

extension DemoPNG {
  /// The most pixels that are read.
  private static let mostPixels = 16 << 20

  /// Reads a PNG of eight bits a channel without a palette and not interlaced; nil for any other.
  static func decode(_ bytes: [UInt8]) -> ReadPicture? {
    guard let header = PictureHeader(bytes), header.format == .png, bytes.count > 33,
      bytes[24] == 8, bytes[28] == 0, header.size.pixelCount <= mostPixels,
      let channels = [0: 1, 2: 3, 4: 2, 6: 4][Int(bytes[25])]
    else { return nil }
    let row = header.size.width * channels
    let wanted = (row + 1) * header.size.height
    guard let rows = Inflater.bytes(of: pixelData(of: bytes), limit: wanted), rows.count == wanted
    else { return nil }
    return picture(unfiltered(rows, row: row, step: channels), header.size, channels)
  }

  /// The bytes of all `IDAT` chunks.
  private static func pixelData(of bytes: [UInt8]) -> [UInt8] {
    var data: [UInt8] = []
    var place = signature.count
    while place + 12 <= bytes.count {
      let count = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard count <= bytes.count - place - 12 else { break }
      if bytes[(place + 4)...].starts(with: "IDAT".utf8) {
        data += bytes[place + 8..<place + 8 + count]
      }
      place += 12 + count
    }
    return data
  }

  /// PNG §9.2: filter types 0 to 4.
  private static func unfiltered(_ rows: [UInt8], row: Int, step: Int) -> [UInt8] {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(rows.count)
    for start in stride(from: 0, to: rows.count, by: row + 1) {
      let filter = rows[start]
      for column in 0..<row {
        let left = column >= step ? Int(pixels[pixels.count - step]) : 0
        let up = start > 0 ? Int(pixels[pixels.count - row]) : 0
        let corner = column >= step && start > 0 ? Int(pixels[pixels.count - row - step]) : 0
        let guess =
          switch filter {
          case 1: left
          case 2: up
          case 3: (left + up) / 2
          case 4: paeth(left, up, corner)
          default: 0
          }
        pixels.append(rows[start + 1 + column] &+ UInt8(truncatingIfNeeded: guess))
      }
    }
    return pixels
  }

  private static func paeth(_ left: Int, _ up: Int, _ corner: Int) -> Int {
    let guess = left + up - corner
    let distances = (abs(guess - left), abs(guess - up), abs(guess - corner))
    if distances.0 <= distances.1, distances.0 <= distances.2 { return left }
    return distances.1 <= distances.2 ? up : corner
  }

  private static func picture(
    _ samples: [UInt8], _ size: PixelSize, _ channels: Int
  ) -> ReadPicture {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(size.pixelCount * 3)
    for pixel in 0..<size.pixelCount {
      let place = pixel * channels
      for channel in 0..<3 { pixels.append(samples[place + (channels < 3 ? 0 : channel)]) }
    }
    let hasAlpha = channels == 2 || channels == 4
    let alpha = (0..<size.pixelCount).map { samples[$0 * channels + channels - 1] }
    return ReadPicture(
      canvas: DemoCanvas(size: size, pixels: pixels), alpha: hasAlpha ? alpha : nil)
  }
}
