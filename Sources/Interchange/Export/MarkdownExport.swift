package import Conversation
import Files

/// A conversation as a Markdown file, its pictures in a folder beside it.
///
/// For `trip.md` the folder is `trip-pictures`. Only the path in use is written.
package struct MarkdownExport {
  private let conversation: Conversation
  private let pictures: PictureSource

  package init(_ conversation: Conversation, pictures find: @escaping PictureFinder) {
    self.conversation = conversation
    self.pictures = PictureSource(find: find)
  }

  /// Writes the file and its folder; where either fails, no file of them is left.
  package func write(to path: String) throws(InterchangeError) -> ExportReport {
    let folder = path.hasSuffix(".md") ? "\(path.dropLast(3))-pictures" : path + "-pictures"
    var copied: [String] = []
    do throws(FileError) {
      let (links, missing) = try copyPictures(to: folder, &copied)
      try WholeFile.write(to: path) { sink throws(FileError) in
        try sink.write(opening)
        for message in conversation.messages.path { try sink.write(section(message, links)) }
      }
      return ExportReport(missingPictures: missing)
    } catch {
      for path in copied { try? FileSystem.remove(path) }
      throw .unwritable(error)
    }
  }

  /// Copies each picture once; answers where each stands from the file, and which are missing.
  private func copyPictures(
    to folder: String, _ copied: inout [String]
  ) throws(FileError) -> ([PictureDigest: String], missing: [String]) {
    var links: [PictureDigest: String] = [:]
    var missing: [String] = []
    for picture in conversation.messages.path.flatMap(\.pictures) {
      guard let stored = picture.stored, links[stored.digest] == nil else { continue }
      guard let file = try pictures.file(of: stored) else {
        missing.append(picture.name)
        continue
      }
      if links.isEmpty { try FileSystem.makeFolder(folder) }
      let name =
        "\(links.count + 1)-\(stored.digest.rawValue.prefix(8)).\(file.format.fileExtension)"
      try copy(file.path, to: folder + "/" + name)
      copied.append(folder + "/" + name)
      links[stored.digest] = "\(folder.split(separator: "/").last ?? "")/\(name)"
    }
    return (links, missing)
  }

  private func copy(_ path: String, to target: String) throws(FileError) {
    try WholeFile.write(to: target) { sink throws(FileError) in
      var source = try FileSource(path)
      while true {
        let piece = try source.read(upTo: 256 * 1024)
        if piece.isEmpty { return }
        try sink.write(piece)
      }
    }
  }

  private var opening: String {
    let title = conversation.title.isEmpty ? "Conversation" : conversation.title
    let instructions = conversation.instructions.map { "\n## system\n\n\($0)\n" } ?? ""
    return "# \(Self.escaped(title))\n\(instructions)"
  }

  private func section(_ message: Message, _ links: [PictureDigest: String]) -> String {
    let parts = message.parts.map { part in
      switch part {
      case .text(let text): text
      case .picture(let picture): Self.picture(picture, links)
      }
    }
    return "\n## \(Self.escaped(message.heading))\n\n\(parts.joined(separator: "\n\n"))\n"
  }

  private static func picture(
    _ picture: PictureReference, _ links: [PictureDigest: String]
  ) -> String {
    let name = escaped(picture.name)
    switch picture.source {
    case .remote(let url): return "![\(name)](<\(url.filter { !"<>\n".contains($0) })>)"
    case .stored(let stored):
      return links[stored.digest].map { "![\(name)](<\($0)>)" } ?? "*\(name) is missing*"
    }
  }

  /// `text` on one line, without a meaning in Markdown.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if character.isNewline {
        result += " "
      } else if "\\`*_{}[]<>#!|".contains(character) {
        result += "\\\(character)"
      } else {
        result.append(character)
      }
    }
  }
}

extension Message {
  /// Who speaks, and what is to be said of how: `iris (gpt-4o, stopped)`.
  var heading: String {
    let speaker =
      switch role {
      case .system: "system"
      case .user: "you"
      case .assistant: "iris"
      }
    let notes = [
      reply?.model, status == .complete ? nil : status.word,
      omission == .none ? nil : omission.word,
    ].compactMap(\.self)
    return notes.isEmpty ? speaker : "\(speaker) (\(notes.joined(separator: ", ")))"
  }
}

extension Message.Status {
  fileprivate var word: String {
    switch self {
    case .complete: "complete"
    case .unsent: "not sent"
    case .streaming, .cutOff: "cut off"
    case .stopped: "stopped"
    }
  }
}

extension Message.Omission {
  fileprivate var word: String {
    switch self {
    case .none: "in use"
    case .pictures: "pictures left out"
    case .all: "left out"
    }
  }
}
