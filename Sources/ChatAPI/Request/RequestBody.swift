/// A request's body as a sequence of pieces: JSON that is in memory, and pictures that stay on disk
/// until they are sent.
package struct RequestBody: Equatable, Sendable {
  /// Bytes that are sent one after another without anything between them.
  package enum Piece: Equatable, Sendable {
    case bytes([UInt8])
    /// The file's bytes in base64 (RFC 4648 §4, with padding).
    case base64(PictureFile)
  }

  package private(set) var pieces: [Piece] = []

  /// The length in bytes, known without reading a file: four for every three begun.
  package var byteCount: Int {
    pieces.reduce(0) { sum, piece in
      switch piece {
      case .bytes(let bytes): sum + bytes.count
      case .base64(let file): sum + (file.byteCount + 2) / 3 * 4
      }
    }
  }

  mutating func append(_ text: String) {
    append(Array(text.utf8))
  }

  mutating func append(_ bytes: [UInt8]) {
    if case .bytes(var last)? = pieces.last {
      last += bytes
      pieces[pieces.count - 1] = .bytes(last)
    } else {
      pieces.append(.bytes(bytes))
    }
  }

  mutating func append(base64 file: PictureFile) {
    pieces.append(.base64(file))
  }
}
