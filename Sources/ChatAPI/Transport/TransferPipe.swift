import Synchronization

/// Joins one transfer on the curl thread to the task that takes its events.
///
/// The thread puts, the task takes; bytes that wait are joined, so that a task that is slower than
/// the network gets fewer and larger pieces. When `highWater` bytes wait, the thread pauses the
/// transfer, and the sender is slowed by TCP itself.
final class TransferPipe: Sendable {
  private static let highWater = 128 << 10

  private let state = Mutex(PipeState())
  private let mailbox: TransferMailbox

  init(mailbox: TransferMailbox) {
    self.mailbox = mailbox
  }

  /// The next event; nil once the transfer is over or its task cancelled.
  ///
  /// Cancelling the task closes the connection.
  func next() async -> TransferEvent? {
    // Of a server that sends faster than its bytes are read, an event is always ready: its reader never
    // waits, so it looks for a cancel itself, and lets other tasks have the thread.
    if Task.isCancelled { cancel() }
    if let event = takeReady() {
      await Task.yield()
      return event
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { wait(with: $0) }
    } onCancel: {
      cancel()
    }
  }

  /// Ends the transfer: its connection is closed, and a task that waits gets nil at once.
  func cancel() {
    let (runs, waiter) = state.withLock { state in
      defer { state.isOver = true }
      return (!state.isOver, state.waiter.take())
    }
    waiter?.resume(returning: nil)
    if runs { mailbox.post(.stop(ObjectIdentifier(self))) }
  }

  /// Ends the transfer for its reader, and lets it come to its own end within a second.
  func drain() {
    state.withLock { state in
      state.isOver = true
      state.bytes = []
    }
    mailbox.post(.drain(ObjectIdentifier(self)))
  }

  /// Ends the transfer after `time`.
  func end(within time: Duration) {
    mailbox.post(.endWithin(time, ObjectIdentifier(self)))
  }

  private func takeReady() -> TransferEvent? {
    let (event, resumes) = state.withLock { $0.nextEvent() }
    if resumes { mailbox.post(.resume(ObjectIdentifier(self))) }
    return event
  }

  private func wait(with continuation: CheckedContinuation<TransferEvent?, Never>) {
    let (event, resumes, waits) = state.withLock { state -> (TransferEvent?, Bool, Bool) in
      let (event, resumes) = state.nextEvent()
      if event == nil, !state.isOver {
        state.waiter = continuation
        return (nil, resumes, true)
      }
      return (event, resumes, false)
    }
    if resumes { mailbox.post(.resume(ObjectIdentifier(self))) }
    if !waits { continuation.resume(returning: event) }
  }
}

// What the thread puts.
extension TransferPipe {
  func connected() {
    update { $0.isConnected = true }
  }

  func responded(_ head: ResponseHead) {
    update { $0.head = head }
  }

  func end(_ ending: TransferEvent) {
    update { $0.ending = $0.ending ?? ending }
  }

  /// Adds bytes of the answer; false when so many wait that the transfer must pause.
  ///
  /// A task that waits for them gets them by ``handOver()``.
  func received(_ bytes: UnsafeRawBufferPointer) -> Bool {
    state.withLock { state in
      guard state.bytes.count < Self.highWater else {
        state.isPaused = true
        return false
      }
      if state.bytes.isEmpty { state.bytes.reserveCapacity(max(bytes.count, state.lastByteCount)) }
      state.bytes.append(contentsOf: bytes)
      return true
    }
  }

  /// Gives all that was received to the task, if it waits.
  func handOver() {
    update { _ in }
  }

  private func update(_ change: (inout PipeState) -> Void) {
    let (waiter, event, resumes) = state.withLock { state in
      change(&state)
      return state.serveWaiter()
    }
    if resumes { mailbox.post(.resume(ObjectIdentifier(self))) }
    waiter?.resume(returning: event)
  }
}

/// What a pipe holds between its two ends.
private struct PipeState {
  var isConnected = false
  var head: ResponseHead?
  var bytes: [UInt8] = []
  /// So many bytes were taken at once last: room for the next ones is made for as many.
  private(set) var lastByteCount = 0
  var ending: TransferEvent?
  /// Nothing more comes out: the ending was taken, or the transfer cancelled.
  var isOver = false
  var isPaused = false
  var waiter: CheckedContinuation<TransferEvent?, Never>?

  /// Takes the next event that is ready, and whether a paused transfer goes on thereby.
  mutating func nextEvent() -> (event: TransferEvent?, resumes: Bool) {
    guard !isOver else { return (nil, false) }
    if isConnected {
      isConnected = false
      return (.connected, false)
    }
    if let head = head.take() { return (.responded(head), false) }
    if !bytes.isEmpty {
      lastByteCount = bytes.count
      defer { (bytes, isPaused) = ([], false) }
      return (.received(bytes), isPaused)
    }
    isOver = ending != nil
    return (ending, false)
  }

  /// Takes the next event for the task that waits; nothing where none waits or nothing is ready.
  mutating func serveWaiter() -> (
    CheckedContinuation<TransferEvent?, Never>?, event: TransferEvent?, resumes: Bool
  ) {
    guard waiter != nil else { return (nil, nil, false) }
    let (event, resumes) = nextEvent()
    return event == nil ? (nil, nil, false) : (waiter.take(), event, resumes)
  }
}
