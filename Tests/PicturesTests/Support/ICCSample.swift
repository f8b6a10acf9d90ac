/// ICC profiles written by the letter of their specification (ICC.1:2001-04), without Little CMS.
enum ICCSample {
  /// sRGB's curve as parameters of type 3 (ICC.1:2022 §10.18).
  private static let srgbCurve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]

  /// Display P3: the colorants adapted to D50.
  static let displayP3 = rgb(
    [[0.5151, 0.2412, -0.0011], [0.2920, 0.6922, 0.0419], [0.1571, 0.0666, 0.7841]],
    parametric(srgbCurve))
  static let adobeRGB = rgb(
    [[0.60974, 0.31111, 0.01947], [0.20528, 0.62567, 0.06087], [0.14919, 0.06322, 0.74457]],
    gamma(2.19921875))
  static let srgb = rgb(
    [[0.4360, 0.2225, 0.0139], [0.3851, 0.7169, 0.0971], [0.1431, 0.0606, 0.7141]],
    parametric(srgbCurve))
  /// Grey whose samples are linear light.
  static let linearGrey = profile("GRAY", "XYZ ", [("kTRC", gamma(1))])

  /// Inks that print lightness alone: 100 for paper, less by a third for each colour, none for key.
  static let inks: [UInt8] = {
    let line: [UInt8] = (0...255).map { UInt8($0) }
    let diagonal: [Double] = [1, 0, 0, 0, 1, 0, 0, 0, 1]
    var table: [UInt8] = [4, 3, 2, 0] + diagonal.flatMap(fixed)
    for _ in 0..<4 { table += line }
    for corner in 0..<16 { table += [lightness(ofCorner: corner), 128, 128] }
    for _ in 0..<3 { table += line }
    let tag: [UInt8] = Array("mft1".utf8) + word(0) + table
    return profile("CMYK", "Lab ", [("A2B0", tag)])
  }()

  /// Of 255; the bits of a corner are cyan, magenta, yellow and key.
  private static func lightness(ofCorner corner: Int) -> UInt8 {
    guard corner & 1 == 0 else { return 0 }
    let colours = (corner >> 3 & 1) + (corner >> 2 & 1) + (corner >> 1 & 1)
    return UInt8((255 - Double(colours) * 85).rounded())
  }

  private static func rgb(_ colorants: [[Double]], _ curve: [UInt8]) -> [UInt8] {
    let names = ["r", "g", "b"]
    let points = zip(names, colorants).map { ($0 + "XYZ", xyz($1)) }
    return profile("RGB ", "XYZ ", points + names.map { ($0 + "TRC", curve) })
  }

  private static func profile(
    _ space: String, _ connection: String, _ tags: [(String, [UInt8])]
  ) -> [UInt8] {
    let tags = [("wtpt", xyz([0.9642, 1, 0.8249]))] + tags
    var table: [UInt8] = []
    var body: [UInt8] = []
    for (name, contents) in tags {
      table += Array(name.utf8) + word(132 + 12 * tags.count + body.count) + word(contents.count)
      body += contents + [UInt8](repeating: 0, count: (4 - contents.count % 4) % 4)
    }
    let rest = word(tags.count) + table + body
    var header = word(128 + rest.count) + word(0) + word(0x0240_0000)
    header += Array((space == "CMYK" ? "prtr" : "mntr").utf8) + Array((space + connection).utf8)
    header += [UInt8](repeating: 0, count: 12) + Array("acsp".utf8)
    header += [UInt8](repeating: 0, count: 68 - header.count)
    let white: [Double] = [0.9642, 1, 0.8249]
    header += white.flatMap(fixed)
    header += [UInt8](repeating: 0, count: 128 - header.count)
    return header + rest
  }

  private static func xyz(_ values: [Double]) -> [UInt8] {
    Array("XYZ ".utf8) + word(0) + values.flatMap(fixed)
  }

  private static func parametric(_ values: [Double]) -> [UInt8] {
    Array("para".utf8) + word(0) + [0, 3, 0, 0] + values.flatMap(fixed)
  }

  private static func gamma(_ exponent: Double) -> [UInt8] {
    let value = Int((exponent * 256).rounded())
    return Array("curv".utf8) + word(0) + word(1) + [UInt8(value >> 8), UInt8(value & 255)]
  }

  /// s15Fixed16Number.
  private static func fixed(_ value: Double) -> [UInt8] {
    word(Int((value * 65_536).rounded()) & 0xFFFF_FFFF)
  }

  private static func word(_ value: Int) -> [UInt8] { PNGSample.word(value) }
}
