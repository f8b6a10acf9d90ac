import Conversation
import Files
import JSON

extension FileSink {
  /// Writes the bytes of the file at `path` in base64 (RFC 4648 §4), a piece at a time.
  mutating func writeBase64(ofFileAt path: String) throws(FileError) {
    var source = try FileSource(path)
    while true {
      // A multiple of three, so that only the last piece is padded.
      let piece = try source.read(upTo: 48 * 1024)
      if piece.isEmpty { return }
      try write(Base64.text(of: piece))
    }
  }

  /// Writes a `data:` URL of a picture.
  mutating func writeDataURL(of picture: ExportedPicture) throws(FileError) {
    try write(DataURL.prefix(mediaType: picture.format.mediaType))
    try writeBase64(ofFileAt: picture.path)
  }
}
