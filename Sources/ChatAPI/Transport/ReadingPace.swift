/// How long an answer that comes in small pieces is left to gather before it is read again.
///
/// A model writes up to some hundred words a second, each in a packet of its own. Read as it comes,
/// each wakes three threads and draws a frame; left for a twenty-fifth of a second, what came meanwhile
/// is one piece. The first pieces of an answer, those of a slower one, and large ones are not left
/// to wait.
package struct ReadingPace: Equatable, Sendable {
  package typealias Instant = ContinuousClock.Instant

  package static let rest = Duration.milliseconds(40)
  /// More bytes at once are no trickle.
  private static let smallRead = 4096
  /// So many small reads in quick succession are not held up.
  private static let eagerReads = 4

  /// How many small reads have followed each other in less than a rest.
  private var quickReads = 0
  /// From when on the last read but this one could have been made.
  private var readable: Instant?

  package init() {}

  /// Takes note of a read, and says how long to wait with the next.
  package mutating func pause(after byteCount: Int, now: Instant) -> Duration {
    guard byteCount > 0 else { return .zero }
    let isQuick = readable.map { now - $0 < Self.rest } ?? false
    quickReads = isQuick && byteCount < Self.smallRead ? quickReads + 1 : 0
    let pause = quickReads > Self.eagerReads ? Self.rest : .zero
    readable = now + pause
    return pause
  }
}
