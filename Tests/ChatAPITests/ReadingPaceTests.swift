import ChatAPI
import Testing

@Suite struct ReadingPaceTests {
  /// The pauses after reads of `bytes` each, where a further piece comes every `interval`.
  private func pauses(
    _ count: Int, of bytes: Int, every interval: Duration, start: ReadingPace.Instant = .now
  ) -> [Duration] {
    var pace = ReadingPace()
    var now = start
    return (0..<count).map { _ in
      let pause = pace.pause(after: bytes, now: now)
      now += max(pause, interval)
      return pause
    }
  }

  @Test func `A quick trickle is read at its first pieces, then at each rest`() {
    let pauses = pauses(12, of: 200, every: .milliseconds(5))
    #expect(pauses.prefix(5).allSatisfy { $0 == .zero })
    #expect(pauses.dropFirst(5).allSatisfy { $0 == ReadingPace.rest })
  }

  @Test func `An answer slower than a rest is read as it comes`() {
    #expect(pauses(50, of: 200, every: .milliseconds(40)).allSatisfy { $0 == .zero })
  }

  @Test func `Large pieces are read as they come`() {
    #expect(pauses(50, of: 16_384, every: .microseconds(100)).allSatisfy { $0 == .zero })
  }

  @Test func `After a silence the first pieces are read as they come`() {
    var pace = ReadingPace()
    var now = ReadingPace.Instant.now
    for _ in 0..<8 { now += pace.pause(after: 200, now: now) }
    #expect(pace.pause(after: 200, now: now) == ReadingPace.rest)
    now += .seconds(1)
    #expect(pace.pause(after: 200, now: now) == .zero)
  }

  @Test func `What brought nothing is no read`() {
    var pace = ReadingPace()
    let now = ReadingPace.Instant.now
    for _ in 0..<20 { #expect(pace.pause(after: 0, now: now) == .zero) }
    #expect(pace == ReadingPace())
  }
}
