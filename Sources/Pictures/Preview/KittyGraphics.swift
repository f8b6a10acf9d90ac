import JSON

/// Pictures by kitty's graphics protocol (kitty, "Terminal graphics protocol").
enum KittyGraphics {
  /// The one picture over the whole screen, shown at a time; two programs in one window clash only if
  /// both take the same number.
  private static let identifier = 7_263_517
  /// The most base64 that one escape code may carry ("Remote client").
  private static let chunkLength = 4096

  /// Deletes the picture and the terminal's copy of its data, without an answer.
  static let removal = "\u{1B}_Ga=d,d=I,i=\(identifier),q=2\u{1B}\\"

  /// Transmits a PNG and shows it, pixel for pixel; the cursor stays, and nothing is answered.
  static func sequence(png: [UInt8]) -> String {
    chunks(of: png, keys: "a=T,f=100,i=\(identifier),q=2,C=1,")
  }

  /// Transmits a PNG that is to be placed by its number; nothing is shown or answered.
  static func transmission(png: [UInt8], as number: UInt32) -> String {
    chunks(of: png, keys: "a=t,f=100,i=\(number),q=2,")
  }

  private static func chunks(of png: [UInt8], keys: String) -> String {
    var keys = keys
    var rest = Base64.encoded(png)[...]
    var result = ""
    while !rest.isEmpty {
      let chunk = rest.prefix(chunkLength)
      rest = rest[chunk.endIndex...]
      result += "\u{1B}_G\(keys)m=\(rest.isEmpty ? 0 : 1);"
      result += String(decoding: chunk, as: UTF8.self) + "\u{1B}\\"
      keys = ""
    }
    return result
  }
}
