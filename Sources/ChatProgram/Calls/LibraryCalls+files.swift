import Conversation
import ConversationStore
import Files
import Interchange
import Language
import Screen

extension LibraryCalls {
  /// `iris export NAME FILE`: a file that Iris did not write itself from this conversation is replaced
  /// only with `isReplacing`; `-` is standard output.
  ///
  /// Without a `path` the file is called as the conversation, in the folder in use. `format` is the
  /// ending that tells the format where the path does not, `.json` unless it is given.
  package func export(
    _ name: String, to path: String?, as format: String? = nil, isReplacing: Bool = false
  ) -> ExitStatus {
    run { store throws(AskFailure) in
      let conversation = try await self.conversation(name, in: store)
      do throws(ConversationFiles.Failure) {
        let ending = format.map { $0.hasPrefix(".") ? $0 : "." + $0 } ?? ".json"
        guard path != "-" else {
          return try await self.files.print(conversation, as: "export" + ending)
        }
        let phrase = try await self.files.export(
          conversation, to: path ?? Self.fileName(for: name, ending), isReplacing: isReplacing)
        StandardError.say(phrase, in: self.installation.language)
      } catch {
        throw AskFailure(error.status, error.phrase)
      }
    }
  }

  /// `iris import FILE…`: each file by itself; the status is that of the first that failed.
  ///
  /// An interruption keeps what has been read, and says how much that is.
  package func importFiles(_ paths: [String], allowing allowed: [String]) -> ExitStatus {
    status(isCancellable: true) { store throws(AskFailure) in
      var status = ExitStatus.done
      for path in paths where !Task.isCancelled {
        do throws(ConversationFiles.Failure) {
          let imported = try await self.files.read(path, into: store, allowing: allowed)
          let phrase = StoreInterpreter.told(imported)
          self.tell(paths.count == 1 ? phrase : say("\(path): \(phrase)"))
        } catch {
          self.tell(error.phrase)
          if status == .done || error.status == .interrupted { status = error.status }
        }
      }
      return status
    }
  }

  private func tell(_ phrase: Phrase) { StandardError.say(phrase, in: installation.language) }

  /// A name as that of a file in the folder in use, wherever it would lead as a path.
  private static func fileName(for name: String, _ ending: String) -> String {
    let start = name.split { $0 == "/" || $0.isNewline }.joined(separator: "-").drop { $0 == "." }
    return FileName.safe(String(start), or: "conversation", ending: ending)
  }
}
