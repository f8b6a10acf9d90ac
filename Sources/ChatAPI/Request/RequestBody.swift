package import JSON

/// A request's body as a sequence of pieces: bytes that are in memory, and files that stay on disk until
/// they are sent.
package struct RequestBody: Equatable, Sendable {
  /// Bytes that are sent one after another without anything between them.
  package enum Piece: Equatable, Sendable {
    case bytes([UInt8])
    /// The file's bytes in base64 (RFC 4648 §4, with padding).
    case base64(PictureFile)
    /// The file's bytes as they are, for a form.
    case file(PictureFile)
  }

  package let pieces: [Piece]
  /// The length in bytes, known without reading a file: four for every three begun.
  package let byteCount: Int

  fileprivate init(_ pieces: [Piece]) {
    self.pieces = pieces
    byteCount = pieces.reduce(0) { sum, piece in
      switch piece {
      case .bytes(let bytes): sum + bytes.count
      case .base64(let file): sum + Base64.length(ofByteCount: file.byteCount)
      case .file(let file): sum + file.byteCount
      }
    }
  }
}

extension RequestBody {
  /// A body of a JSON value.
  package init(json value: JSONValue) { self.init([.bytes(value.bytes)]) }

  /// A body that has a file's bytes in base64 between two texts.
  package init(_ before: String, base64 file: PictureFile, _ after: String) {
    self.init([.bytes(Array(before.utf8)), .base64(file), .bytes(Array(after.utf8))])
  }
}

extension RequestBody {
  /// Collects a body's bytes, with a file's in between.
  ///
  /// The bytes since the last file stand in `text`, apart from the pieces: an array inside an enum
  /// inside an array is copied at each append, which makes writing quadratic.
  struct Writer {
    /// The bytes behind the last file.
    var text: [UInt8] = []
    private var pieces: [Piece] = []

    /// Writes the file's bytes in base64, once the body is sent.
    mutating func append(base64 file: PictureFile) {
      endText()
      pieces.append(.base64(file))
    }

    /// Writes the file's bytes as they are, once the body is sent.
    mutating func append(file: PictureFile) {
      endText()
      pieces.append(.file(file))
    }

    /// All that was written.
    consuming func body() -> RequestBody {
      endText()
      return RequestBody(pieces)
    }

    private mutating func endText() {
      guard !text.isEmpty else { return }
      pieces.append(.bytes(text))
      text = []
    }
  }
}
