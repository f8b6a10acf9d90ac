import ChatAPI
import Foundation

/// A file that lives as long as it is held.
final class TemporaryFile: Sendable {
  let path: String
  let bytes: [UInt8]

  init(bytes: [UInt8]) throws {
    let folder = FileManager.default.temporaryDirectory
    let url = folder.appendingPathComponent("iris-\(UUID().uuidString)")
    try Data(bytes).write(to: url)
    path = url.path
    self.bytes = bytes
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var picture: PictureFile {
    PictureFile(path: path, mediaType: "image/png", byteCount: bytes.count)
  }
}
