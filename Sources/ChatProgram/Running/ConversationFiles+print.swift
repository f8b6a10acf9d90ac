import ChatEngine
import Configuration
import Conversation
import Files
import Interchange

extension ConversationFiles {
  /// Writes a conversation to standard output in the format that the name's ending tells.
  ///
  /// It is written whole to a file first, so that a failure leaves no half of it there.
  func print(_ conversation: Conversation, as name: String) async throws(Failure) {
    let folder = folders.cache + "/" + String(UInt64.random(in: .min ... .max), radix: 36)
    do {
      try FileSystem.makePrivateFolder(folder)
      defer { Self.remove(folder) }
      let path = folder + "/" + name
      _ = try await write(
        conversation, to: path, as: try ExportFormat(path: path), isReplacing: false)
      try Self.print(path)
    } catch let error as InterchangeError {
      throw Failure(error)
    } catch let error as FileError {
      throw Failure(InterchangeError.unwritable(error))
    } catch {
      throw Failure(status: .cannotWrite, phrase: ReplyFailure.phrase(of: error))
    }
  }

  private static func print(_ path: String) throws(FileError) {
    var source = try FileSource(path)
    var held: [UInt8] = []
    while true {
      let piece = try source.read(upTo: 256 * 1024)
      held += piece
      // A piece may end within a character; no text of ours goes on for so long without ASCII.
      let end = piece.isEmpty ? held.count : held.lastIndex { $0 < 0x80 }.map { $0 + 1 } ?? 0
      guard StandardOutput.write(String(decoding: held[..<end], as: UTF8.self)) else { return }
      held.removeFirst(end)
      if piece.isEmpty { return }
    }
  }

  /// Removes the folder and the pictures that a Markdown file stands beside.
  private static func remove(_ folder: String) {
    for name in (try? FileSystem.names(in: folder)) ?? [] {
      let path = folder + "/" + name
      if (try? FileSystem.status(of: path))?.isFolder == true {
        remove(path)
      } else {
        try? FileSystem.remove(path)
      }
    }
    try? FileSystem.removeFolderIfEmpty(folder)
  }
}
