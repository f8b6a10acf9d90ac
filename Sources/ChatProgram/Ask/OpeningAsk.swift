import ChatEngine
import Conversation

/// Opens the conversation in which many questions are asked, and asks none.
final class OpeningAsk: AskListener {
  private let loop: AskLoop
  private let output: AskOutput
  /// The conversation as it is stored; nil where it could not be opened or written.
  private(set) var opened: Conversation?
  private(set) var status = ExitStatus.done

  init(_ loop: AskLoop, _ output: AskOutput) {
    self.loop = loop
    self.output = output
    loop.listener = self
  }

  func session(_ session: AskSession, said text: String) {}
  func session(_ session: AskSession, received object: String) {}
  func timeHasCome() {}

  func session(_ session: AskSession, reported report: EngineReport) {
    let sentences = AskSentences(
      defaultProvider: loop.services.directory.defaultName, pictures: [])
    if let phrase = sentences.phrase(of: report) { output.tell(phrase) }
  }

  func sessionEnded(_ session: AskSession) {
    status = session.status
    if status == .done { opened = session.engine.conversation }
  }
}
