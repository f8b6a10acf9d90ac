import ChatProgram
import Testing

@Suite struct QuietPauseTests {
  @Test func `A wait ends as soon as its task is cancelled`() async {
    let start = ContinuousClock.now
    let task = Task { try await QuietPause.wait(for: .seconds(40)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func `A wait takes its time`() async throws {
    let start = ContinuousClock.now
    try await QuietPause.wait(for: .milliseconds(20))
    #expect(ContinuousClock.now - start >= .milliseconds(20))
  }
}
