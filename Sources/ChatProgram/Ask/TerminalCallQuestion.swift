import ChatEngine
import Configuration
import Conversation
import Language
import Screen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The question about calls of tools where there is no screen: it is put on standard error and answered on
/// the terminal, a line a call.
///
/// The terminal stays as it is: the letter is typed and sent off with Enter. It lives on the loop's thread.
final class TerminalCallQuestion {
  /// The terminal that answers.
  let descriptor: Int32
  private let output: AskOutput
  private let editor: TextEditor
  private var question: Question?

  /// The calls of one round, and how far their question has come.
  private struct Question {
    var entries: [CallRound.Entry]
    var keys: [CallKey]
    var decisions: [CallKey: CallDecision] = [:]
    /// The start of a line that was not sent off.
    var line: [UInt8] = []
    /// Whether the line is why a call is refused.
    var wantsReason = false

    /// The first call that is not decided.
    var place: Int? { keys.firstIndex { decisions[$0] == nil } }
  }

  /// Nil where nobody sits at a terminal: a script's log is nobody to ask.
  init?(_ output: AskOutput, environment: [String: String]) {
    guard output.errorsAreTerminal else { return nil }
    descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    self.output = output
    editor = TextEditor(environment: environment)
  }

  deinit { close(descriptor) }

  /// Whether an answer is waited for.
  var isAsking: Bool { question != nil }

  /// Asks about calls, one after another.
  func ask(about entries: [CallRound.Entry], of round: CallRound) {
    output.endLine()
    // What was typed before the question answers nothing.
    tcflush(descriptor, TCIFLUSH)
    question = Question(entries: entries, keys: entries.map { round.key(of: $0) })
    show()
  }

  /// Reads what was typed; all decisions, once the last call is decided.
  func takeInput() -> [CallKey: CallDecision]? {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR || errno == EAGAIN { return nil }
    guard count > 0 else { return refuseRest() }
    question?.line += buffer[..<count]
    while let end = question?.line.firstIndex(of: 0x0A), let line = question?.line[..<end] {
      question?.line.removeFirst(line.count + 1)
      take(String(decoding: line, as: UTF8.self))
      if let decisions = finished() { return decisions }
    }
    return nil
  }

  private func finished() -> [CallKey: CallDecision]? {
    guard let question, question.place == nil else { return nil }
    self.question = nil
    return question.decisions
  }

  /// The end of the input is a no to all.
  private func refuseRest() -> [CallKey: CallDecision]? {
    while question?.place != nil { decide(.refuse()) }
    return finished()
  }

  private func take(_ line: String) {
    guard let question, let place = question.place else { return }
    if question.wantsReason {
      let reason = line.filter { !$0.isNewline }
      self.question?.wantsReason = false
      decide(.refuse(reason: reason.allSatisfy(\.isWhitespace) ? nil : reason))
    } else {
      switch CallLetter(line.first { !$0.isWhitespace }) {
      case .once: decide(.allow(.once))
      case .conversation: decide(.allow(.conversation), alike: true)
      case .always: decide(.allow(.always), alike: true)
      case .no: decide(.refuse())
      case .edit: edit(question.entries[place])
      case .reason:
        self.question?.wantsReason = true
        return output.tell(say("Why not? Enter tells it to the model."))
      case nil: break
      }
    }
    if self.question?.place != nil { show() }
  }

  /// Decides the call that is asked about; with `alike`, what is left of its tool too.
  private func decide(_ decision: CallDecision, alike: Bool = false) {
    guard let place = question?.place, let question else { return }
    self.question?.decisions[question.keys[place]] = decision
    guard alike else { return }
    for (other, entry) in question.entries.enumerated()
    where other > place && entry.tool?.name == question.entries[place].tool?.name {
      self.question?.decisions[question.keys[other]] = .allow(.once)
    }
  }

  private func edit(_ entry: CallRound.Entry) {
    var call = entry.call
    guard case .edited(let text) = editor.edit(entry.arguments ?? call.arguments) else {
      return output.tell(say("The editor failed: set VISUAL or EDITOR. Nothing was changed."))
    }
    call.arguments = text
    guard call.compactArguments != nil else {
      return output.tell(say("These arguments are no JSON object. Nothing was changed."))
    }
    decide(.allow(.once, arguments: text))
  }

  private func show() {
    guard let question, let place = question.place else { return }
    let entry = question.entries[place]
    let name = entry.call.name
    output.tell(
      question.entries.count == 1
        ? say("The model asks to call \(name):")
        : say("The model asks to call \(name) (\(place + 1) of \(question.entries.count)):"))
    if entry.mayHaveRun {
      output.tell(
        say("It was begun before and has no result: it may have been made already."))
    }
    var call = entry.call
    call.arguments = entry.arguments ?? call.arguments
    for row in call.readableArguments { output.tell(.verbatim("  " + row)) }
    if let tool = entry.tool { output.tell(.verbatim("  \(output.text(tool.placePhrase))")) }
    output.tell(
      say("y once, c in this conversation, a always, e edits, n no, r no with a reason; then Enter")
    )
  }
}
