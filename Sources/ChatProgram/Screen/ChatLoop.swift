import ChatEngine
import ChatScreen
import ChatView
import Configuration
import Conversation
import Language
import Screen
import Terminal

/// The program's one loop: what arrives becomes events, the state decides, the view draws.
///
/// It lives on the main thread and waits in `poll(2)`: for keys, signals, and what tasks leave in
/// the mailbox. A key is drawn at once; what tasks bring at most sixty times a second.
final class ChatLoop {
  /// The shortest time between two frames that tasks cause: well below the time between two reads
  /// of a stream, so that what one brings finds its frame due.
  private static let frameInterval = Duration.milliseconds(16)
  /// How long what nobody waits for leaves the machine to the first frame.
  private static let pauseAfterFirstFrame = Duration.milliseconds(50)

  private(set) var state: ChatState
  let session: TerminalSession
  let composer: Composer
  let runner: ScreenEffectRunner
  let mailbox: Mailbox<ChatEvent>
  let installation: Installation
  let history: HistoryFile
  /// The newest entry of the history: it is not written twice.
  var lastRemembered: String?
  var quitReason: QuitReason?
  /// The orders to the terminal that wait until it is given back; nil while it is not lent.
  var effectsWhileLent: [TerminalEffect]?
  /// What the terminal has said so far about the pixels that it draws.
  var graphicsInquiry = GraphicsInquiry()
  private var view = ChatView()
  let wakeup: Wakeup
  private let clock = ContinuousClock()
  /// What follows the first frame, and when.
  private var startupTask: (due: ContinuousClock.Instant, body: () -> Void)?
  /// What tasks have brought and the state has not seen yet.
  private var backlog: ArraySlice<ChatEvent> = []
  /// How long events of tasks are handled before keys are looked for again: a flood of them leaves a
  /// key unanswered for this long and one frame.
  private static let slice = Duration.milliseconds(8)
  /// When `.clock` events are due.
  private var alarms: [ContinuousClock.Instant] = []
  private var lastFrame: ContinuousClock.Instant?
  /// How much of a reply may come before the next frame.
  private var budget = FrameBudget()
  var needsFrame = true

  init(
    state: ChatState, session: TerminalSession, composer: Composer, runner: ScreenEffectRunner,
    mailbox: Mailbox<ChatEvent>, wakeup: Wakeup, installation: Installation
  ) {
    self.state = state
    self.session = session
    self.composer = composer
    self.runner = runner
    self.mailbox = mailbox
    self.wakeup = wakeup
    self.installation = installation
    history = HistoryFile(path: installation.folders.state + "/history")
  }

  /// Draws the first frame, lets `body` follow it once it is seen, and runs until something asks the
  /// program to end.
  func run(afterFirstFrame body: @escaping () -> Void) -> QuitReason {
    let poller = Poller([
      session.inputDescriptor, session.signalDescriptor, wakeup.descriptor,
    ])
    reportComposer()
    draw()
    startupTask = (due: clock.now + Self.pauseAfterFirstFrame, body)
    while true {
      let ready = wait(by: poller)
      readSignals()
      if ready.contains(session.inputDescriptor) || isDue(session.deadline) { readKeys() }
      // Not before all is handled: until then the mailbox has no room, which slows a stream.
      if backlog.isEmpty, ready.contains(wakeup.descriptor) { readMailbox() }
      handleBacklog(within: Self.slice)
      ringAlarms()
      runStartupTask()
      if let quitReason { return quitReason }
      drawIfDue()
    }
  }

  /// Waits until something has arrived or is due; at once while events wait in the backlog.
  private func wait(by poller: Poller) -> [Int32] {
    let start = clock.now
    let isWaiting = backlog.isEmpty || budget.isSpent
    let ready = poller.wait(until: isWaiting ? nextDeadline : start)
    let end = clock.now
    // Nothing is there, or it had to be waited for.
    if !ready.contains(session.inputDescriptor) || end - start > .milliseconds(1) {
      session.inputWasEmpty(at: end)
    }
    return ready
  }

  /// Lets the state decide about an event, and does what it says.
  func handle(_ event: ChatEvent) {
    let effects = state.handle(event, at: SystemClock.moment())
    composer.isOverlayOpen = state.overlay != nil
    needsFrame = true
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: ChatEffect) {
    switch effect {
    case .composer(let effect): perform(effect)
    case .terminal(let order): perform(order)
    case .engine(.wake(let milliseconds)): alarms.append(clock.now + .milliseconds(milliseconds))
    case .quit(let reason): quitReason = reason
    default: runner.run(effect, means: state.capabilities.cellMeans)
    }
  }

  private func runStartupTask() {
    guard let startupTask, isDue(startupTask.due) else { return }
    self.startupTask = nil
    startupTask.body()
  }

  // MARK: - What arrives

  /// Waits while the screen is lent, and takes in what comes for the conversation, so that it goes
  /// to disk at its time; keys and signals wait.
  func receiveMessages(until isOver: () -> Bool) {
    let poller = Poller([wakeup.descriptor])
    while !isOver() {
      if !poller.wait(until: alarms.min()).isEmpty { readMailbox() }
      handleBacklog(within: nil)
      ringAlarms()
    }
  }

  private func readMailbox() {
    wakeup.clear()
    backlog += mailbox.takeAll()
  }

  /// Handles what tasks have brought, in order, for so long: keys come first then.
  private func handleBacklog(within slice: Duration?) {
    let end = slice.map { clock.now + $0 }
    while !backlog.isEmpty {
      if slice != nil, budget.isSpent { return }
      guard let event = backlog.popFirst() else { break }
      budget.spend(on: event)
      handle(event)
      if let end, clock.now >= end { return }
    }
    backlog = []
  }

  private func ringAlarms() {
    let now = clock.now
    let due = alarms.count { $0 <= now }
    guard due > 0 else { return }
    alarms.removeAll { $0 <= now }
    handle(.clock)
  }

  private func readKeys() {
    for event in session.readInput() { handleTerminalEvent(event) }
    drawNow()
  }

  private func readSignals() {
    while let signal = session.nextSignal() { handleSignal(signal) }
  }

  // MARK: - Frames

  private var nextDeadline: ContinuousClock.Instant? {
    let frame = needsFrame ? lastFrame.map { $0 + Self.frameInterval } : nil
    return ([session.deadline, frame, startupTask?.due].compactMap(\.self) + alarms).min()
  }

  private func isDue(_ instant: ContinuousClock.Instant?) -> Bool {
    instant.map { $0 <= clock.now } ?? false
  }

  private func drawIfDue() {
    guard needsFrame, lastFrame.map({ clock.now - $0 >= Self.frameInterval }) ?? true else {
      return
    }
    draw()
  }

  func drawNow() {
    if needsFrame { draw() }
  }

  /// The state without the secrets that the process knows, which a sentence may quote.
  private var shownState: ChatState {
    guard let notice = state.notice else { return state }
    return state.wording(noticeAs: notice.phrase.redacted)
  }

  private func draw() {
    needsFrame = false
    lastFrame = clock.now
    budget = FrameBudget()
    let drawing = view.draw(shownState)
    defer { needsFrame = view.isReading }
    session.draw(drawing.frame)
    guard
      drawing.report != state.transcript.report || state.transcript.pendingRows != 0
        || drawing.report.place != state.transcript.place || drawing.report.pageOffset != nil
    else { return }
    handle(.view(.drawn(drawing.report)))
    // The report changes nothing that is to be seen: what it asks for comes with its own events.
  }
}
