import ChatProgram
import Synchronization
import Testing

@Suite struct PictureQueueTests {
  /// Counts how much is at work, and how much was at most.
  private final class Gauge: Sendable {
    private let counts = Mutex((now: 0, most: 0, all: 0))

    func enter() {
      counts.withLock {
        $0.now += 1
        $0.all += 1
        $0.most = max($0.most, $0.now)
      }
    }

    func leave() { counts.withLock { $0.now -= 1 } }

    var most: Int { counts.withLock { $0.most } }
    var all: Int { counts.withLock { $0.all } }
  }

  @Test(arguments: [1, 3])
  func `No more runs at once than there are places, and all of it runs`(places: Int) async {
    let queue = PictureQueue(places: places)
    let gauge = Gauge()
    await withTaskGroup { group in
      for _ in 0..<200 {
        group.addTask {
          await queue.run {
            gauge.enter()
            gauge.leave()
          }
        }
      }
    }
    #expect(gauge.all == 200)
    #expect((1...places).contains(gauge.most))
  }

  @Test func `What is cancelled before its turn is never begun`() async {
    let queue = PictureQueue(places: 1)
    let gauge = Gauge()
    let (begun, hasBegun) = AsyncStream.makeStream(of: Void.self)
    // Holds the only place until it is cancelled itself.
    let first = Task {
      await queue.run {
        hasBegun.yield()
        while !Task.isCancelled {}
      }
    }
    var iterator = begun.makeAsyncIterator()
    await iterator.next()
    let rest = (0..<50).map { _ in Task { await queue.run { gauge.enter() } } }
    for task in rest { task.cancel() }
    first.cancel()
    _ = await first.value
    for task in rest { #expect(await task.value == nil) }
    #expect(gauge.all == 0)
    #expect(await queue.run { 7 } == 7)
  }
}
