import ChatEngine
import Conversation
import Language

/// One question: its reply is printed as it comes.
final class PlainAsk: AskListener {
  private let loop: AskLoop
  private let output: AskOutput
  private let showsCalls: Bool
  private(set) var status = ExitStatus.done
  /// What is known of the replies beside their text, one a round of calls.
  private(set) var replies: [ReplyDetails] = []

  /// Who is asked about calls; nil where nobody can be.
  private let calls: TerminalCallQuestion?
  /// The session whose calls are asked about.
  private var askingSession: AskSession?

  init(
    _ loop: AskLoop, _ output: AskOutput, showsCalls: Bool = false,
    askingOn calls: TerminalCallQuestion? = nil
  ) {
    self.calls = calls
    self.showsCalls = showsCalls
    self.loop = loop
    self.output = output
    loop.listener = self
  }

  func session(_ session: AskSession, said text: String) {
    guard !loop.wantsObjects else { return }
    output.write(text)
    stopIfClosed()
  }

  func session(_ session: AskSession, received object: String) {
    guard loop.wantsObjects else { return }
    output.write(object + "\n")
    stopIfClosed()
  }

  func session(_ session: AskSession, reported report: EngineReport) {
    if case .callsAsked = report {
      guard let round = session.engine.calls.round else { return }
      askingSession = session
      calls?.ask(about: round.undecided, of: round)
      return
    }
    if case .toolsListed(let problems) = report { return problems.forEach(output.tell) }
    if case .callFinished(let call, let result) = report {
      if showsCalls { output.tell(CallLine(call, result).phrase) }
      let words = result.partsForUser.text
      if !words.isEmpty { output.tell(say("\(call.name), for you alone: \(words)")) }
      return
    }
    if case .ended(let ending) = report {
      output.endLine()
      // A whole response is a reply, whatever is in it.
      if hasPrintedObject(of: session), ending.outcome.isByServer { return }
    }
    let sentences = AskSentences(
      defaultProvider: loop.services.directory.defaultName, pictures: session.pictures,
      in: session.engine)
    if let phrase = sentences.phrase(of: report) { output.tell(phrase) }
  }

  func sessionEnded(_ session: AskSession) {
    output.endLine()
    status = session.status
    replies = session.replies
    guard hasPrintedObject(of: session), session.engine.run.outcome?.isWithoutText == true else {
      return
    }
    status = .done
  }

  private func hasPrintedObject(of session: AskSession) -> Bool {
    loop.wantsObjects && session.hasObject
  }

  func timeHasCome() {}

  var answeringTerminal: Int32? { calls?.isAsking == true ? calls?.descriptor : nil }

  func terminalHasInput() {
    guard let decisions = calls?.takeInput() else { return }
    askingSession?.handle(.engine(.calls(.decide(decisions))))
  }

  /// Nobody reads any more: the reply is stopped, and what came of it stays.
  private func stopIfClosed() {
    if output.isClosed { loop.stop(.asked) }
  }
}
