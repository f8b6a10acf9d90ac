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
  /// A file of an archive needs a password.
  case locked(path: String, name: String)
  /// A file of an archive grows beyond what texts and pictures do.
  case bomb(path: String, name: String)
  /// An archive cannot be read for lack of libzip.
  case noZipLibrary(path: String)
  /// A file of an archive is compressed by a method that is not known here.
  case unknownCompression(path: String, name: String)
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
      case .noLibrary: .noZipLibrary(path: path)
      case .damaged: .malformed(path: path, place: "ZIP")
      case .damagedEntry(let name): .malformed(path: path, place: name)
      case .locked(let name): .locked(path: path, name: name)
      case .unsupported(let name): .unknownCompression(path: path, name: name)
      case .bomb(let name): .bomb(path: path, name: name)
      }
  }

  /// What a failure to write a file means.
  init(writing error: FileError) {
    self = error.isTaken ? .exists(path: error.path) : .unwritable(error)
  }

  /// What happened, and what to do next.
  package var phrase: Phrase {
    switch self {
    case .unwritable(let error) where error.isFull:
      say("The disk is full: \(error.path) was not written. Free some space, then try again.")
    case .unwritable(let error):
      say("\(error.path) cannot be written: \(error.reason). Choose another place.")
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
    case .locked(let path, let name):
      say("\(name) in \(path) needs a password. Unpack the archive, and import its folder.")
    case .bomb(let path, let name):
      say(
        "\(name) in \(path) grows more than two hundred times when it is unpacked, as no export does. Unpack it yourself if you trust it, and import its folder."
      )
    case .noZipLibrary(let path):
      say(
        "\(path) cannot be opened without libzip. Install libzip (apt install libzip4), or unpack it and import its folder."
      )
    case .unknownCompression(let path, let name):
      say(
        "\(name) in \(path) is compressed in a way that libzip does not know. Unpack the archive, and import its folder."
      )
    case .nothingInside(let path):
      say("\(path) holds no messages. Check that it is the right file.")
    case .tooLarge(let path):
      say(
        "\(path) holds one value of more than \(Self.mostBytes >> 20) MiB, which is not read. Split it into several files."
      )
    case .stopped:
      say("The import was stopped. /load or iris import reads the file again.")
    }
  }
}
