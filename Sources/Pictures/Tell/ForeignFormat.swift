/// A known kind of file that no decoder here reads.
package enum ForeignFormat: CaseIterable, Equatable, Sendable {
  case ico
  case psd
  case jpeg2000
  case openEXR
  case radiance
  case dds
  case pcx
  case fits
  case dicom
  case jpegXR
  case gimp
  case djVu
  case windowsMetafile
  /// A camera's raw file whose embedded preview cannot be found.
  case rawPhotograph
  /// A still picture that is coded as H.264.
  case avci
  case svg
  case pdf
  case postScript
  case video
  case sound
  case archive
  case html
  case text
}

extension ForeignFormat {
  /// The kind of file that starts so, or nil.
  static func told(by reader: inout HeaderReader) throws(PictureError) -> Self? {
    let start = try Array(reader.bytes(at: 0, count: 1024))
    let matches = { (signature: Signature) in
      start.dropFirst(signature.offset).starts(with: signature.bytes)
    }
    if let format = told(byBrand: start) { return format }
    return signatures.first(where: matches)?.format ?? told(byText: start)
      ?? weakSignatures.first(where: matches)?.format
  }

  private struct Signature {
    var bytes: [UInt8]
    var offset = 0
    var format: ForeignFormat

    init(_ bytes: [UInt8], at offset: Int = 0, _ format: ForeignFormat) {
      (self.bytes, self.offset, self.format) = (bytes, offset, format)
    }

    init(_ text: String, at offset: Int = 0, _ format: ForeignFormat) {
      self.init(Array(text.utf8), at: offset, format)
    }
  }

  private static let signatures = [
    Signature("FUJIFILMCCD-RAW", .rawPhotograph), Signature("IIRO", .rawPhotograph),
    Signature("IIRS", .rawPhotograph), Signature("MMOR", .rawPhotograph),
    Signature([0x49, 0x49, 0x55, 0x00], .rawPhotograph), Signature("FOVb", .rawPhotograph),
    Signature([0x76, 0x2F, 0x31, 0x01], .openEXR), Signature("#?RADIANCE", .radiance),
    Signature("DDS ", .dds), Signature("AIFF", at: 8, .sound), Signature("AIFC", at: 8, .sound),
    Signature("caff", .sound), Signature("#!AMR", .sound), Signature("MThd", .sound),
    Signature("8BPS", .psd), Signature("gimp xcf", .gimp), Signature("AT&TFORM", .djVu),
    Signature("DICM", at: 128, .dicom), Signature("SIMPLE  =", .fits),
    Signature([0x49, 0x49, 0xBC, 0x01], .jpegXR), Signature([0x0A, 5, 1, 8], .pcx),
    Signature([0xD7, 0xCD, 0xC6, 0x9A], .windowsMetafile),
    Signature(" EMF", at: 40, .windowsMetafile),
    Signature("jP  ", at: 4, .jpeg2000), Signature([0xFF, 0x4F, 0xFF, 0x51], .jpeg2000),
    Signature("%PDF-", .pdf), Signature("%!PS", .postScript),
    Signature("moov", at: 4, .video), Signature("mdat", at: 4, .video),
    Signature("wide", at: 4, .video), Signature([0x00, 0x00, 0x01, 0xBA], .video),
    Signature([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], .video),
    Signature("theora", at: 29, .video), Signature(".snd", .sound), Signature("wvpk", .sound),
    Signature("MAC ", .sound), Signature("DSD ", .sound),
    Signature([0x1A, 0x45, 0xDF, 0xA3], .video), Signature("AVI ", at: 8, .video),
    Signature("WAVE", at: 8, .sound), Signature("fLaC", .sound), Signature("OggS", .sound),
    Signature([0x50, 0x4B, 0x03, 0x04], .archive), Signature([0x1F, 0x8B], .archive),
    Signature([0xFD, 0x37, 0x7A, 0x58, 0x5A], .archive),
    Signature([0x28, 0xB5, 0x2F, 0xFD], .archive), Signature("ustar", at: 257, .archive),
    Signature("Rar!", .archive), Signature("BZh", .archive),
    Signature([0x00, 0x00, 0x01, 0x00], .ico),
    Signature("icns", .ico),
  ]

  /// So short that a text could start with them.
  private static let weakSignatures = [
    Signature("7z", .archive), Signature("FLV", .video),
    Signature("ID3", .sound),
    // A frame of MPEG sound, with and without a check, and of AAC (ISO/IEC 11172-3, 13818-7).
    Signature([0xFF, 0xFB], .sound), Signature([0xFF, 0xFA], .sound),
    Signature([0xFF, 0xF3], .sound),
    Signature([0xFF, 0xF2], .sound), Signature([0xFF, 0xF1], .sound),
    Signature([0xFF, 0xF9], .sound),
  ]

  /// What a file of the ISO base media format is by its major brand (registered at mp4ra.org).
  private static func told(byBrand start: [UInt8]) -> Self? {
    guard start.count >= 12, start[4..<8].elementsEqual("ftyp".utf8) else { return nil }
    return switch String(decoding: start[8..<12], as: UTF8.self) {
    case "M4A ", "M4B ", "M4P ", "F4A ", "F4B ": .sound
    case "crx ": .rawPhotograph
    case "avci", "avcs": .avci
    case "jp2 ", "jpx ": .jpeg2000
    default: .video
    }
  }

  /// Text is UTF-8 without control characters; what markup it is, its first words say.
  private static func told(byText start: [UInt8]) -> Self? {
    let isText = start.allSatisfy { $0 >= 0x20 || (0x09...0x0D).contains($0) || $0 == 0x1B }
    guard isText else { return nil }
    // A character may be cut at the end, so up to three bytes are left out of the judgement.
    guard (0...3).contains(where: { String(validating: start.dropLast($0), as: UTF8.self) != nil })
    else { return nil }
    let words = String(decoding: start, as: UTF8.self).lowercased()
    if words.contains("<html") || words.contains("<!doctype html") { return .html }
    return .text
  }
}
