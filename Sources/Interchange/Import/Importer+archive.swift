import Conversation
import FoundationEssentials
import JSON

extension Importer {
  /// The conversation in Iris's own JSON, under the identifiers it had; its pictures are kept.
  ///
  /// A picture that is missing in the file stays in the message, and is told when it is needed.
  mutating func archive(
    in bytes: [UInt8], of path: String
  ) throws(InterchangeError) -> Conversation {
    let archive = try decode(Archive.self, in: bytes, of: path)
    let pictures = try decode(ArchivedPictures.self, in: bytes, of: path).pictures
    let restored = archive.restored
    for picture in restored.messages.all.flatMap(\.pictures) + restored.draft.pictures {
      guard let digest = picture.stored?.digest, let url = pictures[digest.rawValue] else {
        continue
      }
      let kept = DataURL(url)?.bytes.flatMap { keep($0, picture.name) }
      if kept?.digest != digest {
        throw .malformed(path: path, place: "pictures \(digest.rawValue.prefix(8))")
      }
    }
    return restored
  }
}

/// The pictures of an archive, which are written apart from the rest.
private struct ArchivedPictures: Decodable {
  var pictures: [String: String]
}
