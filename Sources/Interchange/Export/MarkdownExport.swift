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

  /// Writes the file and the pictures in its folder; where either fails, what was there before is
  /// there still, and nothing else.
  package func write(
    to path: String, isReplacing: Bool = false
  ) throws(InterchangeError) -> ExportReport {
    let folder = path.hasSuffix(".md") ? "\(path.dropLast(3))-pictures" : path + "-pictures"
    var copies = PictureCopies(folder: folder)
    do throws(FileError) {
      if !isReplacing, try FileSystem.status(of: path) != nil { throw .taken(path) }
      let (links, missing) = try copyPictures(to: &copies)
      try WholeFile.write(to: path, isReplacing: isReplacing) { sink throws(FileError) in
        try sink.write(readable: opening)
        for message in conversation.messages.path {
          try sink.write(readable: section(message, links))
        }
      }
      return ExportReport(missingPictures: missing)
    } catch {
      copies.remove()
      throw InterchangeError(writing: error)
    }
  }

  /// Copies each picture once; answers where each stands from the file, and which are missing.
  private func copyPictures(
    to copies: inout PictureCopies
  ) throws(FileError) -> ([Digest: String], missing: [String]) {
    var links: [Digest: String] = [:]
    var missing: [String] = []
    for picture in conversation.messages.path.flatMap(\.parts.media).compactMap(\.picture) {
      guard let stored = picture.stored, links[stored.digest] == nil else { continue }
      guard let file = try pictures.file(of: stored) else {
        missing.append(picture.name)
        continue
      }
      links[stored.digest] = try copies.add(file, named: picture.name, number: links.count + 1)
    }
    return (links, missing)
  }

  private var opening: String {
    let title = conversation.title.isEmpty ? "Conversation" : conversation.title
    let instructions = conversation.instructions.map { "\n## system\n\n\($0)\n" } ?? ""
    return "# \(Self.escaped(title))\n\(instructions)"
  }

  private func section(_ message: Message, _ links: [Digest: String]) -> String {
    let parts = message.parts.flatMap { Self.blocks(of: $0, links) }
    return "\n## \(Self.escaped(message.heading))\n\n\(parts.joined(separator: "\n\n"))\n"
  }

  /// A part as blocks of Markdown; reasoning is left out.
  private static func blocks(of part: ContentPart, _ links: [Digest: String]) -> [String] {
    switch part {
    case .text(let text): [text]
    case .reasoning: []
    case .drawing(let drawing) where drawing.isOfReply: []
    case .drawing(let drawing): ["*\(escaped(drawing.line))*"]
    case .media(let media):
      [media.picture.map { picture($0, links) } ?? "*\(escaped(media.name))*"]
    case .toolCall(let call):
      ["*Call of the tool \(escaped(call.name))*", code(call.arguments, "json")]
    case .toolResult(let result):
      [result.isError ? "*The tool failed*" : "*The tool's result*"]
        + result.parts.flatMap { part in
          if case .text(let text) = part { [code(text)] } else { blocks(of: part, links) }
        }
    case .hostedCall(let call):
      ["*\(escaped(call.tool.heading))*"]
        + (call.input.isEmpty ? [] : [code(call.input, call.tool.language)])
        + (call.output.isEmpty ? [] : [code(call.output)])
    case .citations(let citations):
      [
        "*Sources*",
        citations.enumerated().map { index, citation in
          let title = escaped(citation.title)
          return "\(index + 1). " + (citation.url.map { "[\(title)](<\($0.linkable)>)" } ?? title)
        }.joined(separator: "\n"),
      ]
    case .unknown(let json):
      ["*A part that this version of Iris does not know*", code(json, "json")]
    }
  }

  /// `text` as a block of code, between fences that do not stand in it (CommonMark §4.5).
  private static func code(_ text: String, _ language: String = "") -> String {
    let runs = text.split { $0 != "`" }.map(\.count)
    let fence = String(repeating: "`", count: max(3, (runs.max() ?? 0) + 1))
    return "\(fence)\(language)\n\(text)\n\(fence)"
  }

  private static func picture(
    _ picture: PictureReference, _ links: [Digest: String]
  ) -> String {
    let name = escaped(picture.name)
    switch picture.source {
    case .remote(let url): return "![\(name)](<\(url.linkable)>)"
    case .stored(let stored):
      let shown = links[stored.digest].map { "![\(name)](<\($0)>)" } ?? "*\(name) is missing*"
      return picture.isUnfinished ? shown + " *(unfinished)*" : shown
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
      case .tool: "tool"
      case .unknown(let word): word
      }
    let notes = [
      reply?.model == "" ? nil : reply?.model, status == .complete ? nil : status.word,
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

extension SafeURL {
  /// The address as it may stand between `<` and `>`.
  fileprivate var linkable: String { rawValue.filter { !"<>\n".contains($0) } }
}
