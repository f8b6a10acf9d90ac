import Synchronization

/// Runs transfers on a thread that starts with the first of them and ends with the engine.
final class TransferEngine: Sendable {
  private let mailbox = TransferMailbox()
  private let isRunning = Mutex(false)

  deinit { mailbox.post(.quit) }

  /// Starts `request`; its events come out of the transfer that is returned.
  func start(_ request: TransferRequest) throws(NetworkFault) -> Transfer {
    let fault = isRunning.withLock { isRunning -> NetworkFault? in
      guard !isRunning else { return nil }
      let fault = TransferThread.start(serving: mailbox)
      isRunning = fault == nil
      return fault
    }
    if let fault { throw fault }
    let pipe = TransferPipe(mailbox: mailbox)
    mailbox.post(.start(request, pipe))
    return Transfer(pipe: pipe, engine: self)
  }
}

/// A running transfer, which ends when nobody holds it any more.
final class Transfer: Sendable {
  private let pipe: TransferPipe
  /// Kept, for its thread ends with it: whoever reads would wait for ever.
  private let engine: TransferEngine

  init(pipe: TransferPipe, engine: TransferEngine) {
    (self.pipe, self.engine) = (pipe, engine)
  }

  deinit { pipe.cancel() }

  /// Gives the rest of the answer up, but not the connection: what a server sends behind the end of
  /// a reply is a few bytes, and the next request then needs no new handshake.
  func drain() { pipe.drain() }

  /// Ends the transfer after `time`, as if its server had been too slow, unless it ends before or is
  /// given a new time.
  func end(within time: Duration) { pipe.end(within: time) }

  /// The next event; nil once the transfer is over or its task cancelled.
  func next() async -> TransferEvent? { await pipe.next() }
}
