import ChatEngine
import Conversation
import ConversationStore
import Files
import Language
import Pictures

extension ImagePipeline {
  /// A picture that came to its end as a part of a reply; what cannot be decoded as a file, which no request
  /// carries, and a sentence about it.
  ///
  /// - Throws: Where the store cannot keep it; the sentence says where else it is.
  func events(
    of arrived: ArrivedPicture, named name: String, call: Int = 0
  ) throws(Failure) -> [ReplyEvent] {
    do throws(Failure) {
      switch arrived.condition {
      case .sound:
        let reference = try keep(arrived.file, name: name)
        if let raster = arrived.raster, let digest = reference.stored?.digest {
          rasters.add(raster, of: digest)
        }
        return [.media(.kept(.picture(reference), call: call))]
      case .damaged:
        return [
          .media(.kept(try file(arrived, named: name), call: call)),
          .adapted(
            say("The picture is damaged or cut short: it is kept as a file. /retry asks again.")),
        ]
      case .none:
        return [
          .media(.kept(try file(arrived, named: name), call: call)),
          .adapted(say("What came is no picture: it is kept as a file. /retry asks again.")),
        ]
      }
    } catch {
      let fileName = Self.fileName(arrived, named: name)
      guard error.isOfStore, let path = try? arrived.file.keep(as: fileName) else { throw error }
      throw Failure(
        phrase: say("\(error.phrase) What came is kept as \(path)."), isOfStore: true)
    }
  }

  private func file(
    _ arrived: ArrivedPicture, named name: String
  ) throws(Failure) -> ContentPart {
    do {
      let content = try PictureContent(path: arrived.file.path)
      let digest = try content.digest()
      try copy(content, as: digest)
      return .media(
        MediaReference(
          source: .stored(digest), byteCount: ByteCount(content.byteCount),
          name: Self.fileName(arrived, named: name), facts: .file))
    } catch {
      throw Failure(error, of: name)
    }
  }

  private static func fileName(_ arrived: ArrivedPicture, named name: String) -> String {
    let stem = name.split(separator: "/").joined(separator: " ")
    return FileName.safe(stem, or: "picture", ending: "." + arrived.fileExtension)
  }
}
