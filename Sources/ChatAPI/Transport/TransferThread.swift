import CCurl

/// The one thread that owns libcurl's multi handle and every transfer on it.
///
/// Nothing of libcurl leaves it: tasks post commands to the mailbox and read events from pipes.
final class TransferThread {
  private let mailbox: TransferMailbox
  private let multi: UnsafeMutableRawPointer
  /// Never has a transfer: who polls it waits for commands alone.
  private let wakeup: UnsafeMutableRawPointer
  /// Those that run: few, so that a table of them would cost more than it saves.
  private var transfers: [ActiveTransfer] = []
  private var pace = ReadingPace()
  private var isQuitting = false

  private init?(mailbox: TransferMailbox) {
    guard let multi = ccurl_multi_new(), let wakeup = ccurl_multi_new() else { return nil }
    self.multi = multi
    self.wakeup = wakeup
    self.mailbox = mailbox
  }

  /// Starts a thread that lives until `quit` is posted; what is wrong when there can be none.
  static func start(serving mailbox: TransferMailbox) -> NetworkFault? {
    if let words = ccurl_load() { return .libraryMissing(String(cString: words)) }
    let context = Unmanaged.passRetained(mailbox)
    let result = ccurl_start_thread(
      { context in
        guard let context else { return }
        let mailbox = Unmanaged<TransferMailbox>.fromOpaque(context).takeRetainedValue()
        TransferThread(mailbox: mailbox)?.run()
      }, context.toOpaque())
    guard result != 0 else { return nil }
    context.release()
    return .other(code: Int(result), message: "no thread can be started")
  }

  private func run() {
    mailbox.setWakened(multi)
    while !isQuitting {
      for command in mailbox.takeAll() { perform(command) }
      _ = ccurl_multi_perform(multi)
      let received = endRead()
      endFinished()
      if !isQuitting { wait(after: received) }
    }
    mailbox.setWakened(nil)
    for transfer in transfers { remove(transfer) }
    ccurl_multi_free(multi)
    ccurl_multi_free(wakeup)
  }

  /// Gives the tasks what their transfers have received; how many bytes that is.
  private func endRead() -> Int {
    transfers.reduce(0) { $0 + $1.endRead() }
  }

  /// Waits until something is to be done: at once for what arrives, unless that is the trickle of
  /// the one answer that is coming.
  private func wait(after received: Int) {
    let overdue = endOverdue(now: .now)
    let pause = transfers.count == 1 ? pace.pause(after: received, now: .now) : .zero
    if pause > .zero {
      rest(for: pause)
    } else {
      _ = ccurl_multi_poll(multi, overdue)
    }
  }

  /// Waits for an command, `time` at most, without a look at the connections.
  private func rest(for time: Duration) {
    let isAsked = mailbox.setWakened(wakeup)
    if !isAsked { _ = ccurl_multi_poll(wakeup, Int32(time / .milliseconds(1))) }
    mailbox.setWakened(multi)
  }

  private func perform(_ command: TransferMailbox.Command) {
    switch command {
    case .start(let request, let pipe): start(request, pipe)
    case .resume(let id): transfer(id)?.resume()
    case .stop(let id): transfer(id).map(remove)
    case .drain(let id): transfer(id)?.drain()
    case .endWithin(let time, let id): transfer(id)?.end(within: time)
    case .quit: isQuitting = true
    }
  }

  private func transfer(_ id: ObjectIdentifier) -> ActiveTransfer? {
    transfers.first { ObjectIdentifier($0.pipe) == id }
  }

  private func start(_ request: TransferRequest, _ pipe: TransferPipe) {
    guard let transfer = ActiveTransfer(request, pipe: pipe, now: .now) else {
      return pipe.end(.failed(.network(.other(code: 27, message: "out of memory"))))
    }
    if let fault = transfer.configure() { return pipe.end(.failed(fault)) }
    let result = ccurl_multi_add(multi, transfer.easy)
    guard result == CURLM_OK else {
      let fault = NetworkFault.other(code: Int(result.rawValue), message: "a transfer cannot start")
      return pipe.end(.failed(.network(fault)))
    }
    transfers.append(transfer)
  }

  /// Takes a transfer out; its connection is closed unless its answer is whole.
  private func remove(_ transfer: ActiveTransfer) {
    transfer.forbidReuse()
    takeOut(transfer)
  }

  private func takeOut(_ transfer: ActiveTransfer) {
    _ = ccurl_multi_remove(multi, transfer.easy)
    transfers.removeAll { $0 === transfer }
  }

  private func endFinished() {
    var easy: UnsafeMutableRawPointer?
    var result = CURLE_OK
    while ccurl_multi_take_finished(multi, &easy, &result) {
      guard let transfer = transfers.first(where: { $0.easy == easy }) else { continue }
      let ending: TransferEvent =
        result == CURLE_OK
        ? .finished
        : .failed(transfer.fault ?? .network(NetworkFault(result, of: transfer)))
      takeOut(transfer)
      transfer.pipe.end(ending)
    }
  }

  /// Ends what has waited too long; how many milliseconds the next one may still wait.
  private func endOverdue(now: ContinuousClock.Instant) -> Int32 {
    var wait = Duration.seconds(86_400)
    for transfer in transfers {
      guard let (instant, fault) = transfer.deadlines.next else { continue }
      if instant <= now {
        remove(transfer)
        transfer.pipe.end(.failed(.network(fault)))
      } else {
        wait = min(wait, now.duration(to: instant))
      }
    }
    return Int32(wait / .milliseconds(1)) + 1
  }
}
