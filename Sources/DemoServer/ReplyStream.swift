import FlyingSocks
import Synchronization

/// The bytes of a streamed reply at their pace; iterated once, by the connection.
///
/// A client that goes away makes the next write fail, which drops the iterator and with it the rest
/// of the reply.
struct ReplyStream<Events: Sequence<String> & Sendable>: AsyncBufferedSequence
where Events.Iterator: Sendable {
  typealias Element = UInt8

  let events: Events
  /// Whether the connection breaks behind the last event.
  let breaksOff: Bool
  /// Between two events; zero to send as fast as the client reads.
  let pace: Duration
  let running: RunningReplies

  func makeAsyncIterator() -> Iterator {
    Iterator(
      events: events.makeIterator(), pace: pace, breaksOff: breaksOff,
      lease: RunningReplies.Lease(running))
  }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var events: Events.Iterator
    let pace: Duration
    let breaksOff: Bool
    /// Counts the reply as running for as long as this iterator lives.
    let lease: RunningReplies.Lease
    var pending: ArraySlice<UInt8> = []

    mutating func next() async throws -> UInt8? {
      try await nextBuffer(suggested: 1)?.first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      if pending.isEmpty { try await fill(count) }
      let buffer = pending.prefix(count)
      pending = pending.dropFirst(count)
      return buffer.isEmpty ? nil : buffer
    }

    /// One event after its pause; without a pause, about `count` bytes of events at once.
    private mutating func fill(_ count: Int) async throws {
      if pace > .zero { try await ContinuousClock().sleep(for: pace) }
      var bytes: [UInt8] = []
      repeat {
        guard let event = events.next() else {
          if breaksOff, bytes.isEmpty { throw BrokenOff() }
          break
        }
        bytes += event.utf8
      } while pace == .zero && bytes.count < count
      pending = bytes[...]
    }
  }
}

/// What ends the stream of a reply that is to break off: the connection closes without a last
/// chunk.
struct BrokenOff: Error {}

/// How many replies are being streamed.
final class RunningReplies: Sendable {
  private let value = Atomic(0)

  var count: Int { value.load(ordering: .relaxed) }

  final class Lease: Sendable {
    private let replies: RunningReplies

    init(_ replies: RunningReplies) {
      self.replies = replies
      replies.value.add(1, ordering: .relaxed)
    }

    deinit { replies.value.subtract(1, ordering: .relaxed) }
  }
}
