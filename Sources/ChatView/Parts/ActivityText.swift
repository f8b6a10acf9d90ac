import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen

/// What is going on, for the rule: connecting, streaming, retrying.
struct ActivityText {
  let cells: [Cell]
  /// Whether it only names keys, and may give way.
  let isHelp: Bool
  /// The same in less room, for a reply on its way; empty for anything else.
  let short: [Cell]

  init(_ state: ChatState, _ context: ViewContext) {
    let phrases = Self.phrases(state)
    isHelp = phrases.isEmpty
    guard let last = phrases.last else {
      cells = KeyHelp(state, context).cells
      short = []
      return
    }
    let isTurning =
      state.engine.isBusy || state.pictures.isPreparing || Self.pipeSeconds(state) != nil
    let spinner = isTurning ? Self.spinner(at: state.reply.now, context) + " " : ""
    let line = { (phrase: Phrase) in
      context.cells(" \(spinner)\(context.text(phrase)) ", context.theme.notice)
    }
    cells = phrases.map(line).first { $0.count + 2 < context.columns } ?? line(last)
    let seconds = context.text(say("\(state.reply.elapsed / 1000) s"))
    let isWaited = !state.reply.isIdle
    short = isWaited ? context.cells(" \(spinner)\(seconds) ", context.theme.notice) : []
  }

  private static func spinner(at milliseconds: Int64, _ context: ViewContext) -> String {
    let signs = context.glyphs.spinner
    return signs[Int(max(0, milliseconds) / ChatState.spinnerStep) % signs.count]
  }

  /// How long the command of a `/pipe` runs; nil in its first moment, in which most have ended.
  private static func pipeSeconds(_ state: ChatState) -> Int64? {
    guard let pipe = state.externalPrograms.pipe else { return nil }
    let elapsed = state.reply.now - pipe.startedAt
    return elapsed < Persistence.interval ? nil : elapsed / 1000
  }

  /// The same thing, the longest first; empty where nothing goes on.
  private static func phrases(_ state: ChatState) -> [Phrase] {
    if let phrase = soundPhrase(state) { return [phrase] }
    guard case .retrying(let deadline, let because) = state.reply.phase else {
      return phrase(state).map { [$0] } ?? []
    }
    let left = max(0, (deadline - state.reply.now + 999) / 1000)
    return [
      say("trying again in \(left) s, Esc stops: \(because)"),
      say("trying again in \(left) s, Esc stops"),
    ]
  }

  /// A recording, and a voice where no reply comes: these say how they are ended.
  private static func soundPhrase(_ state: ChatState) -> Phrase? {
    if let recording = state.sound.recording {
      guard !recording.isEnded else { return say("writing down what was said, Esc drops it") }
      guard let level = recording.level else { return say("starting the recorder, Esc drops it") }
      let seconds = max(0, state.reply.now - recording.startedAt) / 1000
      let bars = String(repeating: "=", count: level / 10)
      return say("recording \(seconds) s \(bars) Enter ends, Esc drops")
    }
    guard state.sound.speech != nil, !state.engine.isBusy else { return nil }
    return say("speaking, Esc stops")
  }

  private static func phrase(_ round: CallRound, at now: Int64) -> Phrase {
    switch round.phase {
    case .listing: return say("looking for tools")
    case .deciding: return say("waiting for your answer")
    case .committing: return say("storing")
    case .running:
      let running = round.entries.filter { $0.result == nil }
      let start = running.compactMap(\.startedAt).min() ?? now
      let seconds = max(0, now - start) / 1000
      guard running.count == 1, let entry = running.first else {
        return say("\(running.count) calls run, \(seconds) s, Esc stops")
      }
      let name = entry.call.name.cut(to: 20)
      guard let progress = entry.progress else {
        return say("\(name) runs, \(seconds) s, Esc stops")
      }
      return say("\(name) runs, \(seconds) s: \(progress.cut(to: 40))")
    }
  }

  private static func phrase(_ state: ChatState) -> Phrase? {
    let reply = state.reply
    let seconds = reply.elapsed / 1000
    switch reply.phase {
    case .idle:
      if let round = state.engine.calls.round { return phrase(round, at: reply.now) }
      if state.pictures.isPreparing { return say("preparing pictures, Esc stops") }
      if let reading = state.library.reading {
        return say("reading \(reading.path), \(reading.count) stored, Esc stops")
      }
      if let seconds = pipeSeconds(state) { return say("command \(seconds) s, Esc stops") }
      return state.session.role == .user ? nil : say("writing as \(state.session.role.rawValue)")
    case .committing: return say("storing")
    case .connecting: return say("connecting \(seconds) s, Esc stops")
    case .waiting where state.isDrawing: return say("drawing \(seconds) s, Esc stops")
    case .waiting: return say("waiting \(seconds) s, Esc stops")
    case .retrying: return nil
    case .streaming where state.isDrawing: return say("drawing \(seconds) s, Esc stops")
    case .streaming:
      guard let speed = reply.tokensPerSecond else {
        return say("streaming \(seconds) s, Esc stops")
      }
      return say("streaming \(Int(speed.rounded())) tok/s, \(seconds) s, Esc stops")
    }
  }
}

extension ChatState {
  /// Milliseconds after which the spinner turns on.
  fileprivate static let spinnerStep: Int64 = 250
}

extension String {
  /// The text in at most so many columns, with `…` where some of it is left out.
  fileprivate func cut(to columns: Int) -> String {
    Cell.cells(of: self).truncated(to: columns).text
  }
}
