package import Conversation
import Files
import FoundationEssentials

/// A conversation as one page that needs nothing else: no script, no other file, no network.
///
/// Only the path in use is written. The page's own policy forbids scripts and fetches, whatever
/// the texts hold.
package struct PageExport {
  private let conversation: Conversation
  private let pictures: PictureSource

  package init(_ conversation: Conversation, pictures find: @escaping PictureFinder) {
    self.conversation = conversation
    self.pictures = PictureSource(find: find)
  }

  /// Writes the page to `path`, whole or not at all, and reports what it lacks.
  package func write(
    to path: String, isReplacing: Bool = false
  ) throws(InterchangeError) -> ExportReport {
    var report = ExportReport()
    try writing(to: path, isReplacing: isReplacing) { sink throws(FileError) in
      report.missingPictures = []
      try sink.write(readable: opening)
      for message in conversation.messages.path { try write(message, to: &sink, &report) }
      try sink.write(readable: "</main>\n</body>\n</html>\n")
    }
    return report
  }

  private var opening: String {
    let title = (conversation.title.isEmpty ? "Conversation" : conversation.title).escapedForHTML
    let model = conversation.model.map { "<p class=\"note\">\($0.escapedForHTML)</p>\n" } ?? ""
    let instructions = conversation.instructions.map {
      Self.article("system", heading: "system") + Self.plain($0) + "</article>\n"
    }
    return """
      <!DOCTYPE html>
      <html lang="und">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>
      \(PageStyle.sheet)
      </style>
      </head>
      <body>
      <main>
      <h1>\(title)</h1>
      \(model)\(instructions ?? "")
      """
  }

  private func write(
    _ message: Message, to sink: inout FileSink, _ report: inout ExportReport
  ) throws(FileError) {
    try sink.write(
      readable: Self.article(message.role.className, heading: message.heading, at: message.created))
    for part in message.parts { try write(part, of: message.role, to: &sink, &report) }
    try sink.write(readable: "</article>\n")
  }

  /// Writes a part; reasoning is left out.
  private func write(
    _ part: ContentPart, of role: Role, to sink: inout FileSink, _ report: inout ExportReport
  ) throws(FileError) {
    switch part {
    case .text(let text):
      try sink.write(
        readable: role == .assistant ? PageMarkup.html(of: text) : Self.plain(text))
    case .reasoning: break
    case .drawing(let drawing) where drawing.isOfReply: break
    case .drawing(let drawing): try sink.write(readable: Self.remark(drawing.line))
    case .media(let media):
      guard let picture = media.picture else {
        return try sink.write(readable: Self.remark("▦ " + media.name))
      }
      try write(picture, to: &sink, &report)
    case .toolCall(let call):
      try sink.write(
        readable: Self.remark("Call of the tool \(call.name)") + Self.code(call.arguments))
    case .toolResult(let result):
      try sink.write(
        readable: Self.remark(result.isError ? "The tool failed" : "The tool's result"))
      for part in result.parts { try write(part, of: .tool, to: &sink, &report) }
    case .hostedCall(let call):
      try sink.write(
        readable: Self.remark(call.tool.heading)
          + (call.input.isEmpty ? "" : Self.code(call.input))
          + (call.output.isEmpty ? "" : Self.code(call.output)))
    case .citations(let citations):
      try sink.write(readable: Self.list(citations))
    case .unknown(let json):
      try sink.write(
        readable: Self.remark("A part that this version of Iris does not know") + Self.code(json))
    }
  }

  private static func list(_ citations: [Citation]) -> String {
    let rows = citations.map { citation in
      let title = citation.title.escapedForHTML
      let link = citation.url.map { url in
        "<a href=\"\(url.rawValue.escapedForHTML)\" rel=\"noreferrer\">\(title)</a>"
      }
      return "<li>\(link ?? title)</li>\n"
    }
    return remark("Sources") + "<ol>\n\(rows.joined())</ol>\n"
  }

  private static func remark(_ text: String) -> String {
    "<p class=\"note\">\(text.escapedForHTML)</p>\n"
  }

  private static func code(_ text: String) -> String {
    "<pre><code>\(text.escapedForHTML)</code></pre>\n"
  }

  private func write(
    _ picture: PictureReference, to sink: inout FileSink, _ report: inout ExportReport
  ) throws(FileError) {
    let name = picture.name.escapedForHTML
    switch picture.source {
    case .remote(let url):
      let link = url.isData ? name : "<a href=\"\(url.rawValue.escapedForHTML)\">\(name)</a>"
      try sink.write(readable: "<p class=\"note\">▦ \(link)</p>\n")
    case .stored(let stored):
      guard let file = try pictures.file(of: stored) else {
        report.missingPictures.append(picture.name)
        return try sink.write(readable: "<p class=\"note\">▦ \(name): missing</p>\n")
      }
      let end = picture.isUnfinished ? " · unfinished" : ""
      try sink.write(readable: "<figure><img alt=\"\(name)\" src=\"")
      try sink.writeDataURL(of: file)
      try sink.write(
        readable:
          "\"><figcaption>\(name) · \(stored.size) · \(picture.detail.rawValue)\(end)</figcaption>"
          + "</figure>\n")
    }
  }

  private static func article(
    _ role: String, heading: String, at time: Timestamp? = nil
  ) -> String {
    let stamp = time.map { time in
      let exact = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000).formatted(.iso8601)
      let minute = exact.prefix(16).replacing("T", with: " ")
      return " <time datetime=\"\(exact)\">\(minute) UTC</time>"
    }
    return """
      <article class="\(role)">
      <h2>\(heading.escapedForHTML)\(stamp ?? "")</h2>

      """
  }

  /// Text as it was typed, line breaks included.
  private static func plain(_ text: String) -> String {
    "<p class=\"plain\">\(text.escapedForHTML)</p>\n"
  }
}

extension Role {
  /// The class of the role's articles; a role that this version does not know has none of its own.
  fileprivate var className: String {
    if case .unknown = self { "other" } else { rawValue }
  }
}
