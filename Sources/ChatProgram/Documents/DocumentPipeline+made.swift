import Conversation
import ConversationStore
import Files
import Language
import Pictures

extension DocumentPipeline {
  /// Keeps a file that a tool of the server's wrote: as a picture where it is one.
  func keep(made bytes: [UInt8], name: String) throws(Failure) -> ContentPart {
    if let picture = try? pipeline.keep(bytes, name: name, detail: .auto) {
      return .picture(picture)
    }
    let digest = Digest(hashing: bytes)
    do throws(StoreError) {
      try pipeline.blobs.keep(bytes, as: digest)
    } catch {
      throw Failure(phrase: error.phrase, isOfStore: true)
    }
    return .media(
      MediaReference(
        source: .stored(digest), byteCount: ByteCount(bytes.count), name: name, facts: .file))
  }
}
