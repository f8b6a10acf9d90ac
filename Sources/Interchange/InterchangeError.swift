package import Files
package import Language

/// Why a conversation could not be written to a file, or read from one.
package enum InterchangeError: Error, Hashable, Sendable {
  case unwritable(FileError)
  /// There is something at the path, which was not to be replaced.
  case exists(path: String)
  case unreadable(FileError)
  /// The name's ending tells no format that Iris writes.
  case unknownEnding(path: String)
  /// The contents are none of the formats that Iris reads.
  case unknownFormat(path: String)
  /// The contents begin like a format that Iris reads, and then break its rules.
  case malformed(path: String, place: String)
  /// A newer Iris wrote the file.
  case newer(path: String)
  /// The archive is sound, and a file of it cannot be read, or libzip is missing.
  case unusableArchive(path: String, ZipError)
  /// There is nothing in the file that could become a message.
  case nothingInside(path: String)
  /// The file, or one value in it, is larger than ``mostBytes``.
  case tooLarge(path: String)
  /// The task that read the file was cancelled.
  case stopped

  /// What is read whole, and so held in memory, has at most 512 MiB.
  package static let mostBytes = 512 << 20

  /// What it means that the archive at `path` cannot be read.
  package init(_ error: ZipError, at path: String) {
    self =
      switch error {
      case .file(let error): .unreadable(error)
      case .damaged: .malformed(path: path, place: "ZIP")
      case .damagedEntry(let name): .malformed(path: path, place: name)
      case .noLibrary, .locked, .unsupported, .bomb: .unusableArchive(path: path, error)
      }
  }

  /// What a failure to write a file means.
  init(writing error: FileError) {
    self = error.isTaken ? .exists(path: error.path) : .unwritable(error)
  }

  /// What happened, and what to do next.
  package var phrase: Phrase {
    switch self {
    case .unwritable(let error): error.writingPhrase
    case .exists(let path):
      say("\(path) exists, and nothing was written. Choose another name, or add --force.")
    case .unreadable(let error) where error.isSpecial:
      say("\(error.path) is a pipe or a device. Write what it gives to a file, and read that.")
    case .unreadable(let error):
      say("\(error.path) cannot be read: \(error.reason). Check the path.")
    case .unknownEnding(let path):
      say(
        "\(path) tells no format. End the name in .json, .iris.json, .md, .html or .sh.")
    case .unknownFormat(let path):
      say(
        "\(path) is no conversation that Iris can read. It reads exports of Iris, OpenAI, ChatGPT, Claude, Open WebUI, LibreChat, aichat, llm, gptme and oterm."
      )
    case .malformed(let path, let place):
      say("\(path) is damaged (\(place)). Export it again.")
    case .newer(let path):
      say("\(path) was written by a newer Iris. Update this one, then try again.")
    case .unusableArchive(let path, let error): error.phrase(at: path)
    case .nothingInside(let path):
      say("\(path) holds no messages. Check that it is the right file.")
    case .tooLarge(let path):
      say(
        "\(path) holds one value of more than \(Self.mostBytes >> 20) MiB, which is not read. Split it into several files."
      )
    case .stopped:
      say("The import was stopped. Read the file again to go on: nothing comes in twice.")
    }
  }
}

extension FileError {
  /// Why a file was not written, and what to do.
  fileprivate var writingPhrase: Phrase {
    switch shortage {
    case .disk: say("The disk is full: \(path) was not written. Free some space, then try again.")
    case .quota:
      say("Your disk quota is used up: \(path) was not written. Remove some files, then try again.")
    case .fileSize:
      say(
        "\(path) was not written: files may not be so large here (ulimit -f). Raise that limit, then try again."
      )
    case nil: say("\(path) cannot be written: \(reason). Choose another place.")
    }
  }
}

extension ZipError {
  /// What is wrong with the archive at `path`, and what can be read in its place.
  fileprivate func phrase(at path: String) -> Phrase {
    switch self {
    case .file(let error): InterchangeError.unreadable(error).phrase
    case .damaged: InterchangeError.malformed(path: path, place: "ZIP").phrase
    case .damagedEntry(let name): InterchangeError.malformed(path: path, place: name).phrase
    case .locked(let name):
      say("\(name) in \(path) needs a password. Unpack the archive, and import its folder.")
    case .bomb(let name):
      say(
        "\(name) in \(path) grows more than two hundred times when it is unpacked, as no export does. Unpack it yourself if you trust it, and import its folder."
      )
    case .noLibrary:
      say(
        "\(path) cannot be opened without libzip. Install libzip (apt install libzip4), or unpack it and import its folder."
      )
    case .unsupported(let name):
      say(
        "\(name) in \(path) is compressed in a way that libzip does not know. Unpack the archive, and import its folder."
      )
    }
  }
}
