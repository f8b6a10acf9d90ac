import Files
package import Language

extension StoreError {
  /// What happened, and what to do next.
  package var phrase: Phrase {
    switch self {
    case .full(let cause): Self.full(cause.path, FileError.Shortage(code: cause.code) ?? .disk)
    case .readOnly(let cause):
      say(
        "\(cause.path) cannot be written (\(cause.message)). Change its permissions, or set XDG_DATA_HOME to another folder."
      )
    case .gone(let path): Self.gone(path)
    case .locked(let cause):
      say("Another program has locked \(cause.path). Close that program, then try again.")
    case .damaged(let cause):
      say(
        "\(cause.path) is damaged (\(cause.message)). Close every Iris and start one: it sets the file aside and keeps what can be read."
      )
    case .failed(let cause):
      say("\(cause.path) failed: \(cause.message) (\(cause.code)). Check the disk, then try again.")
    case .newer(let path):
      say(
        "\(path) was written by a newer Iris. Update this one, or set XDG_DATA_HOME to another folder."
      )
    case .olderInUse(let path):
      say(
        "\(path) is to be brought to this version's form, and another Iris has it open. Close that one, then start this one again."
      )
    case .notFound(let name):
      say("There is no conversation named “\(name)”. /list shows those there are.")
    case .empty:
      say("No conversation is stored yet. Write a message to begin one.")
    case .nameTaken(let name):
      say("Another conversation is named “\(name)”. Choose another name, or rename that one.")
    case .unknownMessage:
      say("The message is no longer in the store. Open the conversation again.")
    case .duplicate:
      say("Something else was stored under the same number. Try again.")
    case .foreign(let path):
      say("\(path) is a database of another kind. Iris reads its own, and logs.db of llm.")
    case .pictureDamaged(let path, isMissing: true):
      say("The picture \(path) is missing. Attach it again, or leave it out with /forget.")
    case .pictureDamaged(let path, isMissing: false):
      say("The picture \(path) is damaged. Attach it again, or leave it out with /forget.")
    }
  }

  private static func gone(_ path: String) -> Phrase {
    say(
      "The store was moved or removed while Iris used it: \(path) is a new one, with what is in memory. Put the old one back when no Iris runs."
    )
  }

  /// SQLite's own code for a full disk names no shortage.
  private static func full(_ path: String, _ shortage: FileError.Shortage) -> Phrase {
    switch shortage {
    case .disk: say("The disk is full: \(path) cannot grow. Free some space, then try again.")
    case .quota:
      say("Your disk quota is used up: \(path) cannot grow. Remove some files, then try again.")
    case .fileSize:
      say(
        "\(path) is as large as files may be here (ulimit -f). Raise that limit, then try again.")
    }
  }
}
