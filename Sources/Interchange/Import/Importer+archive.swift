import Conversation
import JSON

extension Importer {
  /// The conversation in Iris's own JSON, under the identifiers it had; its pictures are kept, and
  /// what else it holds.
  ///
  /// A picture that is missing in the file stays in the message, and is told when it is needed.
  mutating func conversation(fromArchive json: JSONValue) throws(ImportFault) -> Conversation {
    let restored: Conversation
    do {
      restored = try json.decode(Archive.self).restored
    } catch {
      throw ImportFault(decoding: error)
    }
    // The store numbers its rows from 1 on.
    guard restored.id.rawValue > 0 else { throw ImportFault("conversation", "id") }
    guard restored.messages.all.allSatisfy({ $0.id.rawValue > 0 }) else {
      throw ImportFault("messages", "id")
    }
    let pictures = try json.required("pictures")
    let parts = restored.messages.all.flatMap(\.parts) + restored.draft.attachments
    for media in parts.originals {
      guard let digest = media.digest, let url = pictures[digest.rawValue]?.string else { continue }
      let kept = DataURL(url)?.bytes.flatMap { bytes in
        media.picture == nil ? keepFile(bytes) : keep(bytes, media.name)?.digest
      }
      if kept != digest { throw ImportFault("pictures", String(digest.rawValue.prefix(8))) }
    }
    return restored
  }
}
