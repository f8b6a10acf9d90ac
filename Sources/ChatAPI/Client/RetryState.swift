/// Decides what follows a failed attempt: a change of the request, a retry, or the end.
///
/// A pure value; the stream that owns it does what it says.
struct RetryState: Sendable {
  enum Step: Equatable, Sendable {
    case adapt(Adaptation)
    /// The retry's number from 1, and the delay before it.
    case retry(attempt: Int, after: Duration)
    case giveUp
  }

  private static let adaptationLimit = 3

  private let policy: RetryPolicy
  private var retriesMade = 0
  private var adaptationsMade = 0

  init(policy: RetryPolicy = RetryPolicy()) {
    self.policy = policy
  }

  /// What follows `error`, when none of the reply had come.
  ///
  /// `asked` is the change that the error asks for, `applied` those that the request already had;
  /// the rest is as in ``RetryPolicy``.
  mutating func step(
    after error: ChatAPIError, asked: Adaptation?, applied: Set<Adaptation>, head: ResponseHead?,
    jitter: Double, now: Int64
  ) -> Step {
    if let asked, !applied.contains(asked), adaptationsMade < Self.adaptationLimit {
      adaptationsMade += 1
      return .adapt(asked)
    }
    let delay = policy.delay(
      after: error, head: head, made: retriesMade, jitter: jitter, now: now)
    guard let delay else { return .giveUp }
    retriesMade += 1
    return .retry(attempt: retriesMade, after: delay)
  }
}
