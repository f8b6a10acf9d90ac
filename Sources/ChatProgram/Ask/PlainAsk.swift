import ChatEngine
import Conversation

/// One question: its reply is printed as it comes.
final class PlainAsk: AskListener {
  private let loop: AskLoop
  private let output: AskOutput
  /// Whether the whole response is printed as JSON, instead of its text.
  private let isRaw: Bool
  private let showsCalls: Bool
  private var hasPrintedObject = false
  private(set) var status = ExitStatus.done
  /// What is known of the reply beside its text; nil where there is none.
  private(set) var details: ReplyDetails?

  init(_ loop: AskLoop, _ output: AskOutput, isRaw: Bool, showsCalls: Bool = false) {
    self.showsCalls = showsCalls
    self.loop = loop
    self.output = output
    self.isRaw = isRaw
    loop.listener = self
  }

  func session(_ session: AskSession, said text: String) {
    guard !isRaw else { return }
    output.write(text)
    stopIfClosed()
  }

  func session(_ session: AskSession, received object: String) {
    guard isRaw else { return }
    hasPrintedObject = true
    output.write(object + "\n")
    stopIfClosed()
  }

  func session(_ session: AskSession, reported report: EngineReport) {
    if case .callFinished(let call, let result) = report {
      if showsCalls { output.tell(CallLine(call, result).phrase) }
      return
    }
    if case .ended(let ending) = report {
      output.endLine()
      // A whole response is a reply, whatever is in it.
      if hasPrintedObject, case .finished = ending.outcome { return }
    }
    let sentences = AskSentences(
      defaultProvider: loop.services.directory.defaultName, pictures: session.pictures)
    if let phrase = sentences.phrase(of: report) { output.tell(phrase) }
  }

  func sessionEnded(_ session: AskSession) {
    output.endLine()
    status = session.status
    details = session.replyDetails
    guard hasPrintedObject, case .finished(_, hasText: false) = session.engine.run.outcome else {
      return
    }
    status = .done
  }

  func timeHasCome() {}

  /// Nobody reads any more: the reply is stopped, and what came of it stays.
  private func stopIfClosed() {
    if output.isClosed { loop.stop(.asked) }
  }
}
