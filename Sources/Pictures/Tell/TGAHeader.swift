import Conversation

/// Reads the header of a TGA (Truevision TGA file format specification 2.0), which has no signature in
/// front: newer files have one at their end, older ones are told by a header without a contradiction.
enum TGAHeader {
  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection? {
    let header = try Array(reader.bytes(at: 0, count: 18))
    guard header.count == 18, let layout = layout(header) else { return nil }
    let size = PixelSize(
      width: Int(header[12]) | Int(header[13]) << 8, height: Int(header[14]) | Int(header[15]) << 8)
    guard size.width > 0, size.height > 0 else { return nil }
    let isTopDown = header[17] & 0x20 != 0
    return PictureInspection(
      format: .tga, storedSize: size, byteCount: reader.byteCount, layout: layout,
      decodingByteCount: isTopDown ? 0 : size.pixelCount * layout.rawValue)
  }

  /// What the pixels are, or nil where the header is none.
  private static func layout(_ header: [UInt8]) -> ChannelLayout? {
    let (map, kind, mapBits, bits) = (header[1], header[2], header[7], header[16])
    // Two bits at the end are reserved since the first version.
    guard header[17] & 0xC0 == 0 else { return nil }
    switch kind {
    case 1, 9:
      guard map == 1, [15, 16, 24, 32].contains(mapBits), [8, 16].contains(bits) else { return nil }
      return mapBits == 32 ? .rgba : .rgb
    case 2, 10:
      guard map <= 1, [15, 16, 24, 32].contains(bits) else { return nil }
      return bits == 32 && header[17] & 15 == 8 ? .rgba : .rgb
    case 3, 11: return map == 0 && bits == 8 ? .grey : nil
    default: return nil
    }
  }
}
