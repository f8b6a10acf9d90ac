import ChatCore
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
    let phrase = Self.phrase(state)
    isHelp = phrase == nil
    guard let phrase else {
      cells = KeyHelp(state, context).cells
      short = []
      return
    }
    let isTurning =
      !state.reply.isIdle || state.pictures.isPreparing || Self.pipeSeconds(state) != nil
    let spinner = isTurning ? Self.spinner(at: state.reply.now, context) + " " : ""
    cells = context.cells(" \(spinner)\(context.text(phrase)) ", context.theme.notice)
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
    guard let pipe = state.tools.pipe else { return nil }
    let elapsed = state.reply.now - pipe.startedAt
    return elapsed < ChatState.clockStep ? nil : elapsed / 1000
  }

  private static func phrase(_ state: ChatState) -> Phrase? {
    let reply = state.reply
    let seconds = reply.elapsed / 1000
    switch reply.phase {
    case .idle:
      if state.pictures.isPreparing { return say("preparing pictures, Esc stops") }
      if let seconds = pipeSeconds(state) { return say("command \(seconds) s, Esc stops") }
      return state.session.role == .user ? nil : say("writing as \(state.session.role.rawValue)")
    case .committing: return say("storing")
    case .connecting: return say("connecting \(seconds) s, Esc stops")
    case .waiting: return say("waiting \(seconds) s, Esc stops")
    case .retrying(let deadline, let because):
      let left = max(0, (deadline - reply.now + 999) / 1000)
      return say("trying again in \(left) s, Esc stops: \(because)")
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
