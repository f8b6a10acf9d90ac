import ChatCore
import Conversation
import Language
import Markdown
import Screen

/// A message as rows of cells, without the column of its role.
///
/// While a reply streams only its open blocks are laid out again: what precedes them stays.
struct MessageLayout {
  /// All that the rows depend on, beside the text: where it differs, the layout starts anew.
  struct Key: Hashable {
    var context: ViewContext
    var status: Message.Status
    var omission: Message.Omission
    var isRaw: Bool
    var isUnfolded: Bool
    var variant: String
    var pictures: [String]
    var previews: [PreviewKey: Bool]
    var finish: FinishReason?
  }

  let key: Key
  private var head: [RowBlock] = []
  private var body: [RowBlock] = []
  private var tail: [RowBlock] = []
  /// How many blocks of `body` are final.
  private var closedCount = 0
  private var document = MarkdownDocument()
  /// How many bytes of the text and of the reasoning the layout holds.
  private var byteCount = 0
  private var reasoningByteCount = 0
  private(set) var rowCount = 0

  init(_ message: Message, key: Key, previews: [[Cell]]) {
    self.key = key
    head = Self.head(key, previews)
    tail = Self.tail(message, key)
    update(to: message)
  }

  /// Takes in what was added to the message since the last time.
  mutating func update(to message: Message) {
    let text = message.text
    guard rowCount == 0 || text.utf8.count != byteCount || reasoningHasGrown(message) else {
      return
    }
    if message.role == .assistant, !key.isRaw {
      appendMarkdown(text, isWhole: message.status != .streaming)
    } else {
      body = Self.plain(text, key.context)
    }
    byteCount = text.utf8.count
    updateReasoning(message)
    rowCount = (head + body + tail).reduce(0) { $0 + $1.rows.count }
  }

  /// The blocks from the top, in order.
  var blocks: [RowBlock] { head + body + tail }

  /// Rows of a range, which must lie within `rowCount`.
  func rows(_ range: Range<Int>) -> [[Cell]] {
    var result: [[Cell]] = []
    var start = 0
    for block in blocks {
      let end = start + block.rows.count
      if end > range.lowerBound, start < range.upperBound {
        let first = max(0, range.lowerBound - start)
        let last = min(block.rows.count, range.upperBound - start)
        result += block.rows[first..<last]
      }
      if end >= range.upperBound { break }
      start = end
    }
    return result
  }
}

// MARK: - Parts

extension MessageLayout {
  private mutating func appendMarkdown(_ text: String, isWhole: Bool) {
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: min(byteCount, utf8.count))
    document.append(String(text[start...]))
    var firstChanged = closedCount
    if isWhole { firstChanged = min(firstChanged, document.finish()) } else { document.refresh() }
    let layout = BlockLayout(context: key.context, columns: key.context.textColumns)
    body.removeSubrange(min(firstChanged, body.count)...)
    for (index, block) in document.closed.enumerated().dropFirst(body.count) {
      body.append(RowBlock(rows: layout.rows(of: block, isFirst: index == 0)))
    }
    closedCount = body.count
    for block in document.open {
      body.append(RowBlock(rows: layout.rows(of: block, isFirst: body.isEmpty)))
    }
    // The source of a whole text is not needed again.
    if isWhole { document = MarkdownDocument() }
  }

  /// Text as it was typed: its line breaks are kept.
  private static func plain(_ text: String, _ context: ViewContext) -> [RowBlock] {
    guard !text.isEmpty else { return [] }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return stride(from: 0, to: lines.count, by: 32).map { start in
      RowBlock(
        rows: lines[start..<min(lines.count, start + 32)].flatMap { line in
          let line = line.hasSuffix("\r") ? line.dropLast() : line
          return StyledLine(String(line)).wrapped(to: context.textColumns, rules: context.rules)
        })
    }
  }

  private func reasoningHasGrown(_ message: Message) -> Bool {
    (message.reply?.reasoning.utf8.count ?? 0) != reasoningByteCount
  }

  /// The model's reasoning: folded to one line, or whole and dimmed.
  private mutating func updateReasoning(_ message: Message) {
    let reasoning = message.reply?.reasoning ?? ""
    guard reasoning.utf8.count != reasoningByteCount else { return }
    if reasoningByteCount > 0 { head.removeLast() }
    reasoningByteCount = reasoning.utf8.count
    let context = key.context
    let sign = key.isUnfolded ? context.glyphs.unfolded : context.glyphs.folded
    let title = say("reasoning, \(reasoning.count) characters, Ctrl-X r")
    var rows = StyledLine("\(sign) \(context.text(title))", context.theme.dim)
      .wrapped(to: context.textColumns, rules: context.rules)
    if key.isUnfolded {
      rows += reasoning.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
        StyledLine("  " + $0, context.theme.dim)
          .wrapped(to: context.textColumns, continuationIndent: 2, rules: context.rules)
      }
    }
    head.append(RowBlock(rows: rows))
  }

  private static func head(_ key: Key, _ previews: [[Cell]]) -> [RowBlock] {
    let context = key.context
    guard !key.pictures.isEmpty else { return [] }
    let style = key.omission == .none ? context.theme.picture : context.theme.dim
    let names = key.pictures.map { "\(context.glyphs.picture) \($0)" }.joined(separator: "   ")
    let rows = StyledLine(names, style).flattened
      .wrapped(to: context.textColumns, rules: context.rules)
    return [RowBlock(rows: rows + previews)]
  }

  /// What is to be said of the message below its text.
  private static func tail(_ message: Message, _ key: Key) -> [RowBlock] {
    let context = key.context
    var phrases = [statusPhrase(message), finishPhrase(message), omissionPhrase(message)]
      .compactMap { $0.map(context.text) }
    if !key.variant.isEmpty { phrases.append("‹\(key.variant)›") }
    guard !phrases.isEmpty else { return [] }
    let text = phrases.joined(separator: " \(context.glyphs.separator) ")
    return [
      RowBlock(
        rows: StyledLine("(\(text))", context.theme.dim)
          .wrapped(to: context.textColumns, rules: context.rules))
    ]
  }

  private static func statusPhrase(_ message: Message) -> Phrase? {
    switch message.status {
    case .complete, .streaming: nil
    case .unsent: say("not answered yet, /send asks again")
    case .stopped: say("stopped")
    case .cutOff: say("cut off, /send lets it go on")
    }
  }

  private static func finishPhrase(_ message: Message) -> Phrase? {
    if message.reply?.isRefusal == true { return say("the model refused") }
    switch message.reply?.finishReason {
    case .length: return say("reached its limit of tokens")
    case .contentFilter: return say("ended by the content filter")
    case .other(let reason): return say("ended by the server: \(reason)")
    case .stop, .toolCalls, nil: return nil
    }
  }

  private static func omissionPhrase(_ message: Message) -> Phrase? {
    switch message.omission {
    case .none: nil
    case .pictures: say("its pictures are left out of requests")
    case .all: say("left out of requests")
    }
  }
}
