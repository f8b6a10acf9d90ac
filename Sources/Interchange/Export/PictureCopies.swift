import Conversation
import Files

/// The copies of pictures in the folder beside a Markdown file.
///
/// Nothing that is in the folder is written over: a file of the same bytes is used as it is, and
/// beside another one the copy gets a number. So an export that fails takes nothing from an earlier
/// one, and a folder that was there for other pictures keeps them.
struct PictureCopies {
  private let folder: String
  private var isFolderNew = false
  private var new: [String] = []

  init(folder: String) {
    self.folder = folder
  }

  /// Puts a picture into the folder; answers its place from the Markdown file.
  mutating func add(
    _ picture: ExportedPicture, named name: String, number: Int
  ) throws(FileError) -> String {
    if try FileSystem.makeFolder(folder) { isFolderNew = true }
    let stem = "\(number)-" + Self.stem(of: name)
    var attempt = 1
    while true {
      let suffix = attempt == 1 ? "" : "-\(attempt)"
      let file = "\(stem)\(suffix).\(picture.format.fileExtension)"
      if try place(picture.path, as: folder + "/" + file) {
        return "\(folder.split(separator: "/").last ?? "")/\(file)"
      }
      attempt += 1
    }
  }

  /// Removes what was added, and the folder where it was made for it; what cannot be removed stays.
  func remove() {
    for path in new { try? FileSystem.remove(path) }
    if isFolderNew { try? FileSystem.removeFolderIfEmpty(folder) }
  }

  /// Copies a file; false where something else has the name.
  private mutating func place(_ source: String, as path: String) throws(FileError) -> Bool {
    do throws(FileError) {
      try WholeFile.write(to: path, isReplacing: false) { sink throws(FileError) in
        var source = try FileSource(source)
        while true {
          let piece = try source.read(upTo: 256 * 1024)
          if piece.isEmpty { return }
          try sink.write(piece)
        }
      }
    } catch {
      guard error.isTaken else { throw error }
      guard try FileSystem.status(of: path)?.isFile == true else { return false }
      return try SHA256.digest(ofFileAt: path) == SHA256.digest(ofFileAt: source)
    }
    new.append(path)
    return true
  }

  /// At most 40 letters, digits, `-` and `_` of a picture's name, which may be a path or a URL.
  private static func stem(of name: String) -> String {
    let component = name.split(separator: "/").last ?? ""
    let isNamed = PictureFormat.isNamed(by: String(component))
    let end = isNamed ? component.lastIndex(of: ".") ?? component.endIndex : component.endIndex
    let words = component[..<end].split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    let stem = words.joined(separator: "-").prefix(40)
    // A letter may have any number of marks.
    return stem.isEmpty ? "picture" : FileName.shortened(String(stem), to: 160)
  }
}
