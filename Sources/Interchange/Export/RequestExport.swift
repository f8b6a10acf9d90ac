import Files

/// A piece of a request's body: bytes in memory, or a file that is sent in base64 or as it is.
package enum BodyPiece: Hashable, Sendable {
  case bytes([UInt8])
  case base64(path: String)
  case file(path: String)
}

/// The body of a request as a file: the JSON that the server would be sent.
package enum RequestExport {
  /// Writes the pieces of a body to `path`; memory does not grow with the pictures.
  package static func write(
    _ body: [BodyPiece], to path: String, isReplacing: Bool = false
  ) throws(InterchangeError) {
    try writing(to: path, isReplacing: isReplacing) { sink throws(FileError) in
      try write(body, to: &sink)
      try sink.write("\n")
    }
  }

  static func write(_ body: [BodyPiece], to sink: inout FileSink) throws(FileError) {
    for piece in body {
      switch piece {
      case .bytes(let bytes): try sink.write(json: bytes)
      case .base64(let path): try sink.writeBase64(ofFileAt: path)
      case .file(let path):
        var source = try FileSource(path)
        try sink.write(try source.readToEnd())
      }
    }
  }
}
