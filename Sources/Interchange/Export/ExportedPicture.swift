package import Conversation
import Files

/// The file from which an export takes a picture: the original, or what was made of it.
package struct ExportedPicture: Hashable, Sendable {
  package var path: String
  package var format: PictureFormat

  package init(path: String, format: PictureFormat) {
    self.path = path
    self.format = format
  }
}

/// Finds the file of a stored picture; nil where it is missing.
package typealias PictureFinder = (StoredPicture) -> ExportedPicture?

/// Finds the files of pictures, and sees that they are there.
struct PictureSource {
  let find: PictureFinder

  /// The file of a picture; nil where none is known or the known one is gone.
  func file(of picture: StoredPicture) throws(FileError) -> ExportedPicture? {
    guard let file = find(picture), try FileSystem.status(of: file.path) != nil else { return nil }
    return file
  }
}

/// What an export could not take along.
package struct ExportReport: Hashable, Sendable {
  /// The names of the pictures whose files are missing, in the order of the messages.
  package var missingPictures: [String] = []
  /// The names of libraries whose identifiers were not known, and stand in their place.
  package var unknownLibraries: [String] = []

  package init(missingPictures: [String] = []) {
    self.missingPictures = missingPictures
  }
}

/// Writes a file whole or not at all, and tells a failure as one of writing.
///
/// - Throws: ``InterchangeError/exists(path:)`` where something is there and `isReplacing` is false.
func writing(
  to path: String, isReplacing: Bool, _ body: (inout FileSink) throws(FileError) -> Void
) throws(InterchangeError) {
  do throws(FileError) {
    try WholeFile.write(to: path, isReplacing: isReplacing, body)
  } catch {
    throw InterchangeError(writing: error)
  }
}
