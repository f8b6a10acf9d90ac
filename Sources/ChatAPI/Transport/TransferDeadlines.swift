/// When a transfer has waited too long, by a clock of our own.
///
/// libcurl's `LOW_SPEED_TIME` averages over seconds and counts a pause of ours as the server's; its
/// own limit is used for the connection alone.
struct TransferDeadlines: Equatable, Sendable {
  typealias Instant = ContinuousClock.Instant

  /// While the task is slower than the network, the server cannot be idle.
  var isPaused = false
  private let limits: Provider.TimeLimits
  private var end: Instant?
  /// When the transfer of a reply that is whole ends.
  private var settling: Instant?
  private var lastMove: Instant
  private var isConnected = false
  private var hasAnswer = false

  init(_ request: TransferRequest, now: Instant) {
    limits = request.limits
    end = request.totalLimit.map { now + $0 }
    lastMove = now
  }

  mutating func connected(now: Instant) {
    isConnected = true
    lastMove = now
  }

  /// Bytes went out, or came in as part of the answer.
  mutating func moved(isAnswer: Bool, now: Instant) {
    lastMove = now
    hasAnswer = hasAnswer || isAnswer
  }

  /// Ends the whole transfer by `instant`, whatever moves.
  mutating func end(by instant: Instant) {
    end = min(end ?? instant, instant)
  }

  /// Ends the transfer by `instant`, in place of what was said so before.
  mutating func settle(by instant: Instant) {
    settling = instant
  }

  /// When the transfer is to be given up, and why; nil while there is no limit.
  var next: (instant: Instant, fault: NetworkFault)? {
    let idle: (Instant, NetworkFault)? =
      if isPaused || !isConnected {
        nil
      } else if hasAnswer {
        (lastMove + limits.idle, .idleTimeout)
      } else {
        (lastMove + limits.firstByte, .firstByteTimeout)
      }
    let last = [end, settling].compactMap(\.self).min()
    guard let last, last < idle?.0 ?? last + .nanoseconds(1) else { return idle }
    return (last, .totalTimeout)
  }
}
