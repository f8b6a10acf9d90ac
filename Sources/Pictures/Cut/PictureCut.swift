package import Conversation

/// A picture's file without what is not the picture: runs of its own bytes, and a few bytes written
/// anew.
///
/// Nothing is decoded or encoded. What stays is what a decoder needs for the pixels and their
/// colours; everything else is left out, known or not.
package struct PictureCut: Hashable, Sendable {
  /// Bytes that follow one another in what is sent.
  package enum Piece: Hashable, Sendable {
    /// A run of the file, by offsets in bytes from its start.
    case source(Range<Int>)
    case bytes([UInt8])
  }

  package private(set) var pieces: [Piece] = []
  package private(set) var byteCount = 0
  /// What the file holds besides the picture.
  package var embedded: EmbeddedData = []

  init() {}

  /// Every byte of a file of `byteCount` bytes.
  init(whole byteCount: Int) {
    keep(0..<byteCount)
  }

  /// Whether the file has to be sent as it is, because nothing is left out or changed.
  func isWhole(of byteCount: Int) -> Bool { pieces == [.source(0..<byteCount)] }

  mutating func keep(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    byteCount += range.count
    if case .source(let last) = pieces.last, last.upperBound == range.lowerBound {
      pieces[pieces.count - 1] = .source(last.lowerBound..<range.upperBound)
    } else {
      pieces.append(.source(range))
    }
  }

  mutating func write(_ bytes: [UInt8]) {
    byteCount += bytes.count
    pieces.append(.bytes(bytes))
  }

  /// Judges what lies behind the end of the picture.
  mutating func leaveOut(
    from offset: Int, _ reader: inout HeaderReader
  ) throws(PictureError) {
    let start = try Array(reader.bytes(at: offset, count: 4096))
    // Padding says nothing, and is left out as well.
    guard start.contains(where: { $0 != 0 }) else { return }
    func holds(_ text: [UInt8]) -> Bool {
      start.indices.contains { start[$0...].starts(with: text) }
    }
    if holds([0xFF, 0xD8, 0xFF]) {
      embedded.insert(.furtherPicture)
    } else if holds(Array("ftyp".utf8)) {
      embedded.insert(.film)
    } else {
      embedded.insert(.trailer)
    }
  }
}

extension PictureContent {
  /// Finds out what of the file is the picture.
  ///
  /// - Returns: for an animated picture, its first frame; for HEIC, AVIF and what no server takes,
  ///   which is always converted, every byte.
  /// - Throws: `.damaged` and `.truncated` where the file breaks off before its picture is whole.
  package func cut(_ inspection: PictureInspection) throws(PictureError) -> PictureCut {
    var reader = HeaderReader(source, byteCount: byteCount)
    switch inspection.format {
    case .jpeg: return try JPEGCut.cut(&reader)
    case .png: return try PNGCut.cut(&reader)
    case .webp: return try WebPCut.cut(&reader)
    case .gif: return try GIFCut.cut(&reader, inspection.storedSize)
    case .heic, .avif, .bmp, .pnm, .qoi, .tga, .tiff, .jxl, .svg:
      return PictureCut(whole: byteCount)
    }
  }

  /// Gives the bytes of a cut to `body`, in order, in pieces of at most 256 KiB.
  ///
  /// - Throws: `.changedWhileRead` after the last piece, where the pieces may not belong together.
  package func forEachPiece(
    of cut: PictureCut, _ body: ([UInt8]) throws(PictureError) -> Void
  ) throws(PictureError) {
    for piece in cut.pieces {
      switch piece {
      case .bytes(let bytes): try body(bytes)
      case .source(let range):
        var offset = range.lowerBound
        while offset < range.upperBound {
          let bytes = try source.read(at: offset, count: min(256 << 10, range.upperBound - offset))
          guard !bytes.isEmpty else { throw .changedWhileRead }
          try body(bytes)
          offset += bytes.count
        }
      }
    }
    try requireUnchanged()
  }

  /// The bytes of a cut.
  package func bytes(of cut: PictureCut) throws(PictureError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(cut.byteCount)
    try forEachPiece(of: cut) { piece in bytes += piece }
    return bytes
  }
}
