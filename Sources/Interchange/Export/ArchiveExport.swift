package import Conversation
import Files
import FoundationEssentials
import JSON

/// A conversation as Iris's own JSON, with every branch, the originals of its pictures, and what else is
/// kept of it: sound, files that tools gave.
package struct ArchiveExport {
  private let conversation: Conversation
  private let pictures: PictureSource
  private let file: (Digest) -> String?

  /// `file` gives the path of kept bytes that are no picture; nil where they are missing or changed.
  package init(
    _ conversation: Conversation, pictures find: @escaping PictureFinder,
    file: @escaping (Digest) -> String? = { _ in nil }
  ) {
    self.conversation = conversation
    self.pictures = PictureSource(find: find)
    self.file = file
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
    let parts = conversation.messages.all.flatMap(\.parts) + conversation.draft.attachments
    var missing: [String] = []
    var written: Set<Digest> = []
    for media in parts.originals {
      guard let digest = media.digest, written.insert(digest).inserted else { continue }
      guard let (path, mediaType) = try place(of: media, digest) else {
        missing.append(media.name)
        continue
      }
      try sink.write(written.count - missing.count > 1 ? "," : "")
      try sink.write("\"\(digest.rawValue)\":\"" + DataURL.prefix(mediaType: mediaType))
      try sink.writeBase64(ofFileAt: path)
      try sink.write("\"")
    }
    return missing
  }

  /// The file of kept bytes, and their media type; nil where they are gone.
  private func place(
    of media: MediaReference, _ digest: Digest
  ) throws(FileError) -> (path: String, mediaType: String)? {
    if let stored = media.picture?.stored {
      return try pictures.file(of: stored).map { ($0.path, $0.format.mediaType) }
    }
    return file(digest).map { ($0, media.mediaType ?? "application/octet-stream") }
  }
}
