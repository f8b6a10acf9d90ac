/// JPEG XL files, since no library at hand writes them: libjxl 0.7 made them, without loss.
enum JXLSample {
  /// 40 × 30, ``Sample/quadrants(_:_:)``.
  static let quadrants = bytes(
    "ff0ae830100908020100c4004b386998ca83f729480880fa6632c68c79170802c060b885"
      + "811b0cf07102029448c8b82d20e093c51a4fb1e1c4b3923b43")
  /// The same in the boxes of ISO/IEC 18181-2.
  static let boxed = bytes(
    "0000000c4a584c200d0a870a00000014667479706a786c20000000006a786c2000000042"
      + "6a786c63ff0ae830100908000100b8004b386998ca83f72b48980050637262d079b94010"
      + "0085a45e0df4b7b9de7c7bf2d9dd391a83ff0132d6875f072e46")
  /// 16 × 12, the same with a transparent left half.
  static let alpha = bytes(
    "ff0a5830b01208081000b0004b18938e83832930227847f75e4008809b83058003d8ff80"
      + "dd2eda2fff6b9a20057e463fe64767710528ae02")
  /// 9 × 9, red of sRGB with a profile of Display P3.
  static let displayP3 = bytes(
    "ff0a401010c2e7c2808479006ce952043ef33af61c547a5dd0112af9e44b21b1549752ea"
      + "8266978913ac75193a83ef026ff407e0af790a9d3273687e07ed5a395c9c6e03077a61bb"
      + "3ffffefd8b832806c1d85268a983458b61a20b22dd518112332628f704dd643023145ad9"
      + "be36070802010064004b188b15c249c2e505220098fab67c00000000000000000000")

  private static func bytes(_ digits: String) -> [UInt8] {
    var rest = Substring(digits)
    var bytes: [UInt8] = []
    while !rest.isEmpty {
      bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
