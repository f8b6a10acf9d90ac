import ChatCore
import Conversation
import Language
import ModelCatalog
import Screen

/// All that stands below the transcript: the rule with what is going on, the pictures that wait,
/// the notice, what Tab found, and the composer.
struct Footer {
  private(set) var rows: [[Cell]] = []
  private var cursor: Point?

  init(_ state: ChatState, _ context: ViewContext) {
    let composer = ComposerArea(state, context)
    rows.append(Self.rule(ActivityText(state, context).cells, context))
    rows += WaitingRow(state, context).rows
    rows += NoticeRows(state, context).rows
    rows += CandidateRows(state, context).rows
    cursor = composer.cursor.map { Point(column: $0.column, row: $0.row + rows.count) }
    rows += composer.rows
  }

  /// Says on the rule that the transcript goes on below.
  mutating func showPlace(_ place: TranscriptPlace, _ context: ViewContext) {
    guard place != .bottom, !rows.isEmpty else { return }
    let mark = context.cells(
      " \(context.glyphs.more) \(context.text(say("more below, Ctrl-End goes there"))) ",
      context.theme.notice)
    let shown = mark.truncated(to: rows[0].count / 2, rules: context.rules)
    rows[0].replaceSubrange(1..<min(rows[0].count, 1 + shown.count), with: shown)
  }

  func draw(in frame: inout Frame, from top: Int) {
    for (index, row) in rows.enumerated() { frame.write(row, row: top + index) }
    frame.cursor = cursor.map { Point(column: $0.column, row: $0.row + top) }
  }

  /// A rule over the whole width with a text at its right.
  private static func rule(_ text: [Cell], _ context: ViewContext) -> [Cell] {
    let shown = text.truncated(to: context.columns - 4, rules: context.rules)
    let line = String(
      repeating: context.glyphs.horizontal, count: max(0, context.columns - shown.count))
    let cells = context.cells(line, context.theme.rule)
    guard !shown.isEmpty, cells.count > 2 else { return cells + shown }
    return cells.dropLast(2) + shown + cells.suffix(2)
  }
}

/// What is going on, for the rule: connecting, streaming, retrying.
struct ActivityText {
  let cells: [Cell]

  init(_ state: ChatState, _ context: ViewContext) {
    guard let phrase = Self.phrase(state) else {
      cells = []
      return
    }
    let spinner = state.reply.isIdle ? "" : Self.spinner(at: state.reply.elapsed, context) + " "
    cells = context.cells(" " + spinner + context.text(phrase) + " ", context.theme.notice)
  }

  private static func spinner(at milliseconds: Int64, _ context: ViewContext) -> String {
    let signs: [Character] =
      context.glyphs == .ascii ? ["|", "/", "-", "\\"] : ["◐", "◓", "◑", "◒"]
    return String(signs[Int(milliseconds / 250) % signs.count])
  }

  private static func phrase(_ state: ChatState) -> Phrase? {
    let reply = state.reply
    let seconds = reply.elapsed / 1000
    switch reply.phase {
    case .idle:
      if state.pictures.isPreparing { return say("preparing pictures, Esc stops") }
      return state.session.role == .user ? nil : say("writing as \(state.session.role.rawValue)")
    case .committing: return say("storing")
    case .connecting: return say("connecting \(seconds) s, Esc stops")
    case .waiting: return say("waiting \(seconds) s, Esc stops")
    case .retrying(let deadline, let because):
      let left = max(0, (deadline - reply.now + 999) / 1000)
      return say("\(because) Trying again in \(left) s, Esc stops")
    case .streaming:
      guard let speed = reply.tokensPerSecond else { return say("streaming \(seconds) s") }
      return say("streaming \(Int(speed.rounded())) tok/s, \(seconds) s, Esc stops")
    }
  }
}
