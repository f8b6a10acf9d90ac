package import Conversation
import Files
import FoundationEssentials

/// A conversation as Iris's own JSON, with every branch and the originals of its pictures.
package struct ArchiveExport {
  private let conversation: Conversation
  private let pictures: PictureSource

  package init(_ conversation: Conversation, pictures find: @escaping PictureFinder) {
    self.conversation = conversation
    self.pictures = PictureSource(find: find)
  }

  /// Writes the archive, whole or not at all, and reports what it lacks.
  package func write(
    to path: String, isReplacing: Bool = false
  ) throws(InterchangeError) -> ExportReport {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(Archive(conversation)) else {
      // Only a number that JSON does not know can be in the way.
      throw .malformed(path: path, place: "a parameter that is no number")
    }
    var report = ExportReport()
    try writing(to: path, isReplacing: isReplacing) { sink throws(FileError) in
      // The object goes on with the pictures, which are too large to pass through the encoder.
      try sink.write(json: Array(data.dropLast()))
      try sink.write(",\"pictures\":{")
      report.missingPictures = try writePictures(to: &sink)
      try sink.write("}}\n")
    }
    return report
  }

  private func writePictures(to sink: inout FileSink) throws(FileError) -> [String] {
    let drafted = conversation.draft.pictures
    var missing: [String] = []
    var written: Set<Digest> = []
    for picture in conversation.messages.all.flatMap(\.pictures) + drafted {
      guard let stored = picture.stored, written.insert(stored.digest).inserted else { continue }
      guard let file = try pictures.file(of: stored) else {
        missing.append(picture.name)
        continue
      }
      try sink.write(written.count - missing.count > 1 ? "," : "")
      try sink.write("\"\(stored.digest.rawValue)\":\"")
      try sink.writeDataURL(of: file)
      try sink.write("\"")
    }
    return missing
  }
}
