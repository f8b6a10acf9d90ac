import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen

// The parts of a message that are neither text nor pictures: calls of tools, their results, other media,
// and parts that this version does not know.
extension TranscriptSource {
  /// The most bytes that are shown of one part: its rows are made for each frame.
  private static let byteLimit = 1200

  /// The rows of those parts that stand before the last text, or behind it.
  func besideRows(_ message: Message, behindText: Bool) -> [[Cell]] {
    guard message.parts.contains(where: \.standsBesideText) else { return [] }
    let lastText = message.parts.lastIndex { if case .text = $0 { true } else { false } } ?? -1
    let parts =
      behindText ? message.parts.dropFirst(lastText + 1) : message.parts.prefix(lastText + 1)
    let hidden = callsThatFold(message)
    return inOrderOfCalls(parts.filter(\.standsBesideText), message).flatMap { part -> [[Cell]] in
      switch part {
      case .toolCall(let call) where hidden.contains(call.id):
        [foldedRow(call, results: state.conversation.messages.results(behind: message.id))]
      case .toolResult(let result) where hidden.contains(result.callID):
        rowsForUser(of: result, in: message.id)
      default: rows(of: part, in: message.id)
      }
    } + (behindText ? resultTitle(message, hidden) : [])
  }

  /// The parts of a message, its results in the order of their calls: they stand in it as they came.
  private func inOrderOfCalls(_ parts: [ContentPart], _ message: Message) -> [ContentPart] {
    guard message.role == .tool else { return parts }
    let calls = state.conversation.messages.calls(before: message.id).map(\.id)
    let places = parts.enumerated().map { index, part -> (place: Int, index: Int) in
      guard case .toolResult(let result) = part else { return (.max, index) }
      return (calls.firstIndex(of: result.callID) ?? .max, index)
    }
    return places.sorted { $0 < $1 }.map { parts[$0.index] }
  }

  /// What stands before the words of a result: its tool, and how it ended where that was not well.
  private func head(of result: ToolResult, in message: MessageID) -> (name: String, end: String) {
    let call = state.conversation.messages.calls(before: message).first { $0.id == result.callID }
    let end =
      switch (result.isError, result.isDeclined) {
      case (false, _): ""
      case (true, true): context.text(say("declined")) + " "
      case (true, false): context.text(say("failed")) + " "
      }
    return (call.map { $0.name + " " } ?? "", end)
  }

  /// The identifiers of the calls of which a message shows one row each, or none: those that have a
  /// result, while calls are folded.
  private func callsThatFold(_ message: Message) -> Set<String> {
    guard !state.transcript.showsCalls else { return [] }
    let messages = state.conversation.messages
    switch message.role {
    case .assistant: return Set(messages.results(behind: message.id).map(\.callID))
    case .tool: return Set(messages.calls(before: message.id).map(\.id))
    default: return []
    }
  }

  /// A call and what came of it in one row: `▸ weather {"city":"Paris"}  0.4 s  212 B`.
  private func foldedRow(_ call: ToolCall, results: [ToolResult]) -> [Cell] {
    let line = CallLine(call, results.first { $0.callID == call.id })
    let facts = context.cells(line.facts.map { "  " + $0 }.joined(), context.theme.dim)
    let room = max(8, context.textColumns - facts.count)
    let head =
      context.cells(context.glyphs.folded + " ", context.theme.dim)
      + context.cells(call.name + " ", context.theme.text)
      + context.cells(line.arguments, context.theme.dim)
    return head.truncated(to: room, rules: context.rules) + facts
  }

  /// The row in the place of a message's folded results.
  private func resultTitle(_ message: Message, _ hidden: Set<String>) -> [[Cell]] {
    guard message.role == .tool else { return [] }
    let count = message.parts.toolResults.count { hidden.contains($0.callID) }
    guard count > 0 else { return [] }
    let title =
      count == 1
      ? say("1 result, Ctrl-X t shows it") : say("\(count) results, Ctrl-X t shows them")
    return StyledLine(context.text(title), context.theme.dim)
      .wrapped(to: context.textColumns, continuationIndent: 2, rules: context.rules)
  }

  private func rows(of part: ContentPart, in message: MessageID) -> [[Cell]] {
    let (theme, glyphs) = (context.theme, context.glyphs)
    return switch part {
    case .toolCall(let call):
      rows(
        glyphs.call, call.name + " ", theme.text,
        state.transcript.showsCalls
          ? call.readableArguments.joined(separator: "\n") : call.arguments, message)
    case .toolResult(let result):
      rows(of: result, in: message) + rowsForUser(of: result, in: message)
    case .media(let media) where media.isKeptDocument || media.facts == .file:
      rows(
        glyphs.document, media.name + " ", theme.picture, context.text(media.documentFigures),
        message)
    case .media(let media): rows(glyphs.picture, media.words, theme.picture, "", message)
    case .hostedCall(let call): rows(of: call, in: message)
    case .citations(let citations):
      rows(
        glyphs.result, context.text(say("Sources")), theme.text,
        "\n" + citations.lines.joined(separator: "\n"), message)
    case .unknown(let json):
      rows(
        "?", context.text(say("a part that this version does not know")) + " ", theme.text, json,
        message)
    case .text, .reasoning, .drawing: []
    }
  }

  private func rows(of result: ToolResult, in message: MessageID) -> [[Cell]] {
    let head = head(of: result, in: message)
    return rows(
      context.glyphs.result, head.name, context.theme.text, result.partsForModel.words, message,
      remark: StyledRun(head.end, context.theme.error))
  }

  /// The parts of a result that no model gets; they are marked so, and never folded.
  private func rowsForUser(of result: ToolResult, in message: MessageID) -> [[Cell]] {
    guard !result.userOnly.isEmpty else { return [] }
    return rows(
      context.glyphs.result, context.text(say("for you alone")) + " ", context.theme.text,
      result.partsForUser.words, message)
  }

  /// A call that the server made by itself: a search in one row, code and its output in one while calls
  /// are folded.
  private func rows(of call: HostedToolCall, in message: MessageID) -> [[Cell]] {
    let (theme, glyphs) = (context.theme, context.glyphs)
    let name = call.tool.phrase
    let failed = call.isFailed ? context.text(say("failed")) + " " : ""
    let folds = call.tool == .codeInterpreter || call.tool == .imageGeneration
    let isFolded = folds && !state.transcript.showsCalls
    guard isFolded else {
      let output = call.output.isEmpty ? "" : "\n" + glyphs.result + " " + call.output
      return rows(
        glyphs.call, context.text(name) + " " + failed, theme.text, call.input + output, message)
    }
    let lines = call.input.split(whereSeparator: \.isNewline)
    let head =
      context.cells(glyphs.folded + " ", theme.dim)
      + context.cells(context.text(name) + " " + failed, theme.text)
      + context.cells(lines.first.map(String.init) ?? "", theme.dim)
    let told =
      call.drawing.map {
        [$0.size.description, $0.quality].compactMap(\.self).joined(separator: " ")
      }
      ?? context.text(say("\(lines.count) lines"))
    let facts = context.cells("  " + told, theme.dim)
    let room = max(8, context.textColumns - facts.count)
    return [head.truncated(to: room, rules: context.rules) + facts]
  }

  /// A sign, a name in its own style, and words, of which a long text has only its beginning.
  private func rows(
    _ sign: String, _ name: String, _ style: Style, _ words: String, _ message: MessageID,
    remark: StyledRun? = nil
  ) -> [[Cell]] {
    var lines = StyledLine.lines(of: words.beginning(Self.byteLimit), context.theme.dim)
    let first = lines.isEmpty ? [] : lines.removeFirst().runs
    var styled = [
      StyledLine(
        [StyledRun(sign + " ", context.theme.dim), StyledRun(name, style)]
          + [remark].compactMap(\.self) + first)
    ]
    styled += lines
    if words.utf8.count > Self.byteLimit, let number = index(of: message).flatMap(self.number) {
      let size = ByteCount(words.utf8.count)
      let more = context.text(say("… of \(size), /copy \(number) takes it whole"))
      styled.append(StyledLine(more, context.theme.dim))
    }
    return styled.flatMap {
      $0.wrapped(to: context.textColumns, continuationIndent: 2, rules: context.rules)
    }
  }
}

extension MediaReference {
  /// The name, and where it is no picture its media type and size.
  fileprivate var words: String {
    guard picture == nil else { return name }
    return ([name, mediaType].compactMap(\.self) + (byteCount.map { ["\($0)"] } ?? []))
      .joined(separator: "  ")
  }
}

extension [ContentPart] {
  /// The texts of a result, and the names of what is none.
  fileprivate var words: String {
    map { part in
      switch part {
      case .text(let text): text
      case .media(let media): media.words
      case .unknown(let json): json
      case .reasoning, .toolCall, .toolResult, .hostedCall, .citations, .drawing: ""
      }
    }.joined(separator: "\n")
  }
}

extension String {
  /// The first characters, of at most so many bytes together.
  fileprivate func beginning(_ byteLimit: Int) -> String {
    guard utf8.count > byteLimit else { return self }
    let end = utf8.index(utf8.startIndex, offsetBy: byteLimit)
    return String(self[..<(String.Index(end, within: self) ?? index(before: end))])
  }
}
