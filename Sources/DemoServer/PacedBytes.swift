import FlyingSocks

/// The pieces of an answer, one after the other at their pace.
struct PacedBytes: AsyncBufferedSequence {
  typealias Element = UInt8

  let pieces: [[UInt8]]
  /// Whether the connection breaks in the middle.
  let isCut: Bool
  /// Before each piece; zero to send as fast as the client reads.
  let pace: Duration

  func makeAsyncIterator() -> Iterator {
    Iterator(
      pieces: pieces.prefix(isCut ? pieces.count / 2 : pieces.count), isCut: isCut, pace: pace)
  }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var pieces: ArraySlice<[UInt8]>
    let isCut: Bool
    let pace: Duration
    var pending: ArraySlice<UInt8> = []

    mutating func next() async throws -> UInt8? {
      try await nextBuffer(suggested: 1)?.first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      while pending.isEmpty {
        guard let piece = pieces.popFirst() else {
          if isCut { throw BrokenOff() }
          return nil
        }
        if pace > .zero { try await ContinuousClock().sleep(for: pace) }
        pending = piece[...]
      }
      let buffer = pending.prefix(count)
      pending = pending.dropFirst(count)
      return buffer
    }
  }
}
