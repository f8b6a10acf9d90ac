import ChatEngine
package import Conversation
import Language

// Files that the server's own tools wrote for the model.
extension ChatState {
  /// Every such file of the path, in order; pictures are counted as pictures.
  package var madeFiles: [MediaReference] {
    conversation.messages.path.filter { $0.role == .assistant }.flatMap(\.parts.media)
      .filter { $0.picture == nil && $0.digest != nil }
  }

  /// `/save-file [N] [PATH]`.
  mutating func saveFile(_ words: [String]) -> [ChatEffect] {
    let files = madeFiles
    guard !files.isEmpty else {
      return fail(say("The model has made no files here. /python on lets it."))
    }
    let number = words.first.flatMap { Int(typed: $0) }
    let paths = words.dropFirst(number == nil ? 0 : 1)
    guard paths.count < 2 else { return misused(.saveFile) }
    let chosen = number ?? files.count
    guard (1...files.count).contains(chosen) else {
      return fail(say("There is no file \(chosen): \(thereAre(files.count))."))
    }
    return [.saveFile(files[chosen - 1], to: paths.first ?? "")]
  }
}
