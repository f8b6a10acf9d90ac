import Conversation

/// Reads the `meta` box of HEIC and AVIF (ISO/IEC 14496-12 §8.11, ISO/IEC 23008-12 §6.5).
struct ISOMediaHeader {
  private static let maximumMetaLength = 1 << 20

  /// HEIC or AVIF by the brands of the `ftyp` box; nil for anything else, videos among them.
  static func format(_ reader: inout HeaderReader) throws(PictureError) -> PictureFormat? {
    guard try reader.has("ftyp", at: 4), let length = try reader.bigEndian(at: 0, count: 4) else {
      return nil
    }
    let box = try reader.bytes(at: 8, count: min(max(length, 16), 256) - 8)
    let brands = stride(from: box.startIndex, to: box.endIndex - 3, by: 4).map {
      String(decoding: box[$0..<($0 + 4)], as: UTF8.self)
    }
    guard let major = brands.first else { return nil }
    if ["avif", "avis"].contains(major) { return .avif }
    let isPicture = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"].contains(major)
    guard isPicture else { return nil }
    return brands.contains("avif") ? .avif : .heic
  }

  static func read(
    _ reader: inout HeaderReader, _ format: PictureFormat
  ) throws(PictureError) -> PictureInspection {
    let meta = try metaBox(&reader, format)
    guard let properties = BoxReader(meta).child("iprp", after: 4) else { throw .damaged(format) }
    let item = PrimaryItem(BoxReader(meta), BoxReader(properties))
    guard let size = item.size, !ItemReferences(BoxReader(meta)).isCircular else {
      throw .damaged(format)
    }
    let major = String(decoding: try reader.bytes(at: 8, count: 4), as: UTF8.self)
    return PictureInspection(
      format: format, storedSize: size, byteCount: reader.byteCount,
      layout: BoxReader(properties).mentionsAlpha ? .rgba : .rgb,
      isAnimated: ["avis", "msf1", "hevc", "hevx"].contains(major),
      // The planes and their conversion to RGB, and the file itself.
      decodingByteCount: min(size.width, 65_535) * min(size.height, 65_535) * 5 + reader.byteCount)
  }

  /// The contents of the first `meta` box of the file.
  private static func metaBox(
    _ reader: inout HeaderReader, _ format: PictureFormat
  ) throws(PictureError) -> ArraySlice<UInt8> {
    var offset = 0
    for _ in 0..<64 {
      guard let length = try reader.bigEndian(at: offset, count: 4) else {
        throw .truncated(format)
      }
      if try reader.has("meta", at: offset + 4) {
        guard length >= 12, length <= maximumMetaLength else { throw .damaged(format) }
        let box = try reader.bytes(at: offset + 8, count: length - 8)
        guard box.count == length - 8 else { throw .truncated(format) }
        return box
      }
      // 1 stands for a 64-bit length, 0 for "to the end of the file".
      let step = length == 1 ? try reader.bigEndian(at: offset + 8, count: 8) ?? 0 : length
      guard step >= 8, step <= reader.byteCount else { throw .damaged(format) }
      offset += step
    }
    throw .damaged(format)
  }
}

/// The size and the turn of the item that a file is opened for.
private struct PrimaryItem {
  /// Upright; nil where the file does not say.
  var size: PixelSize?

  init(_ meta: BoxReader, _ properties: BoxReader) {
    let identifier = meta.child("pitm", after: 4).map { BoxReader($0) }.map {
      $0.number(at: 4, count: $0.number(at: 0, count: 1) == 0 ? 2 : 4)
    }
    guard let identifier, let container = properties.child("ipco", after: 0),
      let associations = properties.child("ipma", after: 0)
    else { return }
    let all = BoxReader(container).children
    for index in BoxReader(associations).properties(of: identifier) where index < all.count {
      readProperty(all[index])
    }
  }

  private mutating func readProperty(_ property: BoxReader.Box) {
    let contents = BoxReader(property.contents)
    switch property.name {
    case "ispe":
      size = PixelSize(
        width: contents.number(at: 4, count: 4), height: contents.number(at: 8, count: 4))
    case "clap":
      // Clean aperture: width and height as fractions (ISO/IEC 14496-12 §12.1.4).
      let denominators = (contents.number(at: 4, count: 4), contents.number(at: 12, count: 4))
      guard denominators.0 > 0, denominators.1 > 0 else { return }
      size = PixelSize(
        width: contents.number(at: 0, count: 4) / denominators.0,
        height: contents.number(at: 8, count: 4) / denominators.1)
    case "irot" where contents.number(at: 0, count: 1) & 1 == 1:
      size = size.map { PixelSize(width: $0.height, height: $0.width) }
    default: break
    }
  }
}
