import ChatEngine
import Conversation
import Language
import Screen

/// The rows of a call that is asked about: where it runs, and every argument.
///
/// Arguments may be megabytes long, and the question is drawn anew with every turn of the clock: they are
/// broken into rows once, and of the rows only those around the place that is shown are kept.
struct CallArgumentRows {
  /// What the kept rows are those of.
  private struct Key: Equatable {
    var entry: CallRound.Entry
    var context: ViewContext
  }

  private var key: Key?
  /// How many rows there are.
  private var count = 0
  /// The kept rows, and the place of the first of them.
  private var kept: [[Cell]] = []
  private var firstKept = 0
  private(set) var shown: [[Cell]] = []
  /// How many rows are behind those that are shown.
  private(set) var hidden = 0

  /// How many rows are kept before those that are shown, and behind them.
  private static let margin = 256

  /// Takes over what is to be shown: so many rows as there is room for, from `first` on, or the last ones.
  mutating func update(
    to entry: CallRound.Entry, _ context: ViewContext, from first: Int, room: Int
  ) {
    let key = Key(entry: entry, context: context)
    var place = max(0, min(first, count - room))
    if key != self.key || !keeps(place, room) {
      let rows = Self.rows(entry, context)
      self.key = key
      count = rows.count
      place = max(0, min(first, count - room))
      firstKept = max(0, place - Self.margin)
      kept = Array(rows[firstKept..<min(count, place + room + Self.margin)])
    }
    shown = Array(kept.dropFirst(place - firstKept).prefix(room))
    hidden = max(0, count - place - room)
  }

  private func keeps(_ place: Int, _ room: Int) -> Bool {
    place >= firstKept && min(count, place + room) <= firstKept + kept.count
  }

  private static func rows(_ entry: CallRound.Entry, _ context: ViewContext) -> [[Cell]] {
    var lines: [StyledLine] = []
    if entry.mayHaveRun {
      let warning = say("It was begun before and has no result: it may have been made already.")
      lines.append(StyledLine(context.text(warning), context.theme.warning))
    }
    var call = entry.call
    call.arguments = entry.arguments ?? call.arguments
    lines += call.readableArguments.map { StyledLine($0, context.theme.text) }
    if let tool = entry.tool {
      lines.append(StyledLine(context.text(tool.placePhrase), context.theme.dim))
    }
    return lines.flatMap { line in
      line.flattened.wrapped(
        to: context.columns - 3, continuationIndent: 2, rules: context.rules)
    }.map { [.blank, .blank] + $0 }
  }
}
