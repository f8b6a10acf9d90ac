import ChatEngine
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is done with what the questions of a loop bring.
protocol AskListener: AnyObject {
  /// More of a reply's text came.
  func session(_ session: AskSession, said text: String)
  /// A whole response came as its JSON text.
  func session(_ session: AskSession, received object: String)
  /// There is something to tell.
  func session(_ session: AskSession, reported report: EngineReport)
  /// All is over, and what is to be on disk is there, or could not be written.
  func sessionEnded(_ session: AskSession)
  /// The time that was asked for with ``AskLoop/call(after:)`` has come.
  func timeHasCome()
  /// The terminal that answers a question, while one is asked; nil while none is.
  var answeringTerminal: Int32? { get }
  /// Something was typed there.
  func terminalHasInput()
}

extension AskListener {
  var answeringTerminal: Int32? { nil }

  func terminalHasInput() {}
}

/// The loop of `iris ask`: as the screen's loop it gives events to engines and effects to the effect
/// runner, without a screen.
///
/// It blocks the thread that runs it, in `poll(2)`; everything that it owns lives there.
final class AskLoop {
  /// What tasks and signals leave for the loop.
  enum LoopMessage: Sendable {
    case event(Int, EngineEvent)
    case ended(Int)
    case signal(QuitReason)
  }

  let services: Services
  let output: AskOutput
  let mailbox: Mailbox<LoopMessage>
  weak var listener: (any AskListener)?
  /// Whether whole responses are what is asked for, instead of their texts.
  var wantsObjects = false
  /// Why a signal asked for the end; nil while none did.
  private(set) var interruption: QuitReason?
  private let wakeup: Wakeup
  private let clock = ContinuousClock()
  private var sessions: [Int: AskSession] = [:]
  private var lastNumber = 0
  /// When sessions (or, for nil, the listener) are to be woken.
  private var alarms: [(due: ContinuousClock.Instant, session: Int?)] = []

  init(_ services: Services, _ output: AskOutput) throws(TerminalError) {
    self.services = services
    self.output = output
    wakeup = try Wakeup()
    mailbox = Mailbox(waking: wakeup)
  }

  /// The number that the next session gets.
  var nextNumber: Int { lastNumber + 1 }

  /// Begins with a question; the session's number.
  @discardableResult
  func start(_ engine: ChatEngine, _ input: AskInput) -> Int {
    lastNumber += 1
    let session = AskSession(lastNumber, AskState(engine, input), in: self)
    sessions[lastNumber] = session
    session.handle(.begin)
    return session.number
  }

  /// Runs until no question is under way, nothing is to be woken, and all text has gone out.
  func run() {
    while !sessions.isEmpty || alarms.contains(where: { $0.session == nil }) || !output.isDrained {
      let written = output.isDrained ? nil : STDOUT_FILENO
      let terminal = listener?.answeringTerminal
      let poller = Poller([wakeup.descriptor] + (terminal.map { [$0] } ?? []))
      let ready = poller.wait(until: alarms.map(\.due).min(), writing: written)
      if ready.contains(wakeup.descriptor) {
        wakeup.clear()
        for message in mailbox.takeAll() { receive(message) }
      }
      if let terminal, ready.contains(terminal) { listener?.terminalHasInput() }
      output.flush()
      ringAlarms()
    }
  }

  /// Stops every question, and begins none; what came of the replies stays.
  func stop(_ reason: QuitReason) {
    for session in sessions.values.sorted(by: { $0.number < $1.number }) { session.stop(reason) }
  }

  func wake(_ session: AskSession, after milliseconds: Int64) {
    alarms.append((clock.now + .milliseconds(milliseconds), session.number))
  }

  /// Wakes the listener after so many milliseconds.
  func call(after milliseconds: Int64) {
    alarms.append((clock.now + .milliseconds(milliseconds), nil))
  }

  private func receive(_ message: LoopMessage) {
    switch message {
    case .event(let number, let event): sessions[number]?.handle(.engine(event))
    case .ended(let number):
      guard let session = sessions.removeValue(forKey: number) else { return }
      alarms.removeAll { $0.session == number }
      listener?.sessionEnded(session)
      guard interruption != nil, sessions.isEmpty else { return }
      output.flush()
      output.drop()
    case .signal(let reason):
      interruption = reason
      // Who reads no more must not keep the program from ending.
      if sessions.isEmpty { output.drop() }
      alarms.removeAll { $0.session == nil }
      stop(reason)
    }
  }

  private func ringAlarms() {
    let now = clock.now
    let due = alarms.filter { $0.due <= now }
    guard !due.isEmpty else { return }
    alarms.removeAll { $0.due <= now }
    for alarm in due {
      if let number = alarm.session {
        sessions[number]?.handle(.engine(.clock(draft: nil)))
      } else {
        listener?.timeHasCome()
      }
    }
  }
}
