import Conversation
import JSON

extension Importer {
  /// The conversation in Iris's own JSON, under the identifiers it had; its pictures are kept.
  ///
  /// A picture that is missing in the file stays in the message, and is told when it is needed.
  mutating func conversation(fromArchive json: JSONValue) throws(ImportFault) -> Conversation {
    let restored: Conversation
    do {
      restored = try json.decode(Archive.self).restored
    } catch {
      throw ImportFault(decoding: error)
    }
    let pictures = try json.required("pictures")
    for picture in restored.messages.all.flatMap(\.pictures) + restored.draft.pictures {
      guard let digest = picture.stored?.digest, let url = pictures[digest.rawValue]?.string else {
        continue
      }
      let kept = DataURL(url)?.bytes.flatMap { keep($0, picture.name) }
      if kept?.digest != digest { throw ImportFault("pictures", String(digest.rawValue.prefix(8))) }
    }
    return restored
  }
}
