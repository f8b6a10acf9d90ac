/// How many requests go side by side: fewer while the server refuses some, more again when it does
/// not; a value that is told what happened.
package struct EachPacing: Sendable {
  /// The most at once, from 1.
  package let most: Int
  /// The most at once for now.
  package private(set) var limit: Int
  /// No request begins before this uptime, in milliseconds.
  package private(set) var pausedUntil: Int64 = 0
  private var successes = 0

  package init(most: Int) {
    self.most = max(1, most)
    limit = self.most
  }

  /// The server asks for a pause until this uptime: half as many requests go from then on.
  package mutating func backOff(until uptime: Int64) {
    // Requests that went side by side are refused side by side: they count once.
    if uptime > pausedUntil { limit = max(1, limit / 2) }
    pausedUntil = max(pausedUntil, uptime)
    successes = 0
  }

  /// A request succeeded: after as many as go at once, one more goes.
  package mutating func succeed() {
    successes += 1
    guard successes >= limit, limit < most else { return }
    limit += 1
    successes = 0
  }

  /// Whether another request may begin beside those that run.
  package func allowsAnother(beside running: Int, at uptime: Int64) -> Bool {
    running < limit && uptime >= pausedUntil
  }
}
