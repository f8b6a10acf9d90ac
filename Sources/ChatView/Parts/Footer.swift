import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen

/// All that stands below the transcript: the rule with what is going on, the pictures that wait,
/// the notice, what Tab found, and the composer.
///
/// Where room is short the composer and the notice have it first, and the transcript keeps two rows.
struct Footer {
  private(set) var rows: [[Cell]] = []
  /// The waiting pictures that are drawn here, or would be if they were ready.
  let previews: [PreviewKey]
  private var cursor: Point?
  /// The column of the text at the right of the rule, and whether it may give way.
  private let textStart: Int
  private let isHelp: Bool
  /// What may stand there in its place where room is short.
  private let shorter: [Cell]
  /// Whether it may not give way: the keys while text is being marked.
  private let isFirm: Bool

  private static let leastTranscript = 2

  init(_ state: ChatState, _ context: ViewContext, room: Int) {
    var room = room - Self.leastTranscript - 1
    let composer = ComposerArea(state, context, most: min(room, state.capabilities.size.rows / 3))
    room -= composer.rows.count
    let notice = NoticeRows(state, context, most: min(room, 6)).rows
    room -= notice.count
    let waiting = WaitingRows(state, context, most: min(room, 3)).rows
    room -= waiting.count
    let pictures = Previews(waitingIn: state, context, most: room - 4)
    previews = pictures.keys
    room -= pictures.rows.count
    let candidates = CandidateRows(state, context, most: min(room, 5)).rows
    let activity = ActivityText(state, context)
    isHelp = activity.isHelp && state.overlay == nil
    if case .selection = state.overlay { isFirm = activity.isHelp } else { isFirm = false }
    textStart = context.columns - (activity.cells.isEmpty ? 0 : activity.cells.count + 2)
    shorter = activity.short
    rows = [Self.rule(activity.cells, context)]
    let margin: [Cell] = [.blank]
    rows += waiting + pictures.rows.map { margin + $0 } + notice + candidates
    cursor = composer.cursor.map { Point(column: $0.column, row: $0.row + rows.count) }
    rows += composer.rows
  }

  /// Says on the rule that the transcript goes on below, and which message of how many is read; nothing
  /// where there is only room for what goes on.
  mutating func showPlace(_ report: ScrollReport, of path: [MessageID], _ context: ViewContext) {
    guard report.place != .bottom, !rows.isEmpty else { return }
    let number = (report.firstMessage.flatMap { path.firstIndex(of: $0) } ?? 0) + 1
    let marks = [
      say("message \(number) of \(path.count), more below, Ctrl-End goes there"),
      say("message \(number) of \(path.count), more below"),
      say("\(number)/\(path.count), more below"),
      say("more below"),
    ].map {
      context.cells(" \(context.glyphs.more) \(context.text($0)) ", context.theme.notice)
    }
    var shown = marks.first { $0.count + 1 < textStart }
    if shown == nil, !isFirm, isHelp || !shorter.isEmpty {
      rows[0] = Self.rule(shorter, context)
      let room = context.columns - (shorter.isEmpty ? 0 : shorter.count + 2) - 1
      shown =
        marks.first { $0.count <= room } ?? marks[3].truncated(to: room, rules: context.rules)
    }
    guard let shown else { return }
    rows[0].replaceSubrange(1..<min(rows[0].count, 1 + shown.count), with: shown)
  }

  func draw(in frame: inout Frame, from top: Int) {
    for (index, row) in rows.enumerated() { frame.write(row, row: top + index) }
    frame.cursor = cursor.map { Point(column: $0.column, row: $0.row + top) }
  }

  /// A rule over the whole width with a text at its right.
  private static func rule(_ text: [Cell], _ context: ViewContext) -> [Cell] {
    let shown = text.truncated(to: context.columns - 1, rules: context.rules)
    guard !shown.isEmpty else { return context.rule(context.columns) }
    let right = context.rule(min(2, context.columns - shown.count))
    return context.rule(context.columns - shown.count - right.count) + shown + right
  }
}
