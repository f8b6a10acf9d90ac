import Terminal
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a loop on `poll(2)` needs: a wakeup, a mailbox, and the wait itself.
struct LoopTests {
  @Test func `An event of another thread wakes the loop`() async throws {
    let wakeup = try Wakeup()
    let mailbox = Mailbox<Int>(waking: wakeup)
    Task.detached { mailbox.post(7) }
    let poller = Poller([wakeup.descriptor])
    #expect(poller.wait(until: .now + .seconds(10)) == [wakeup.descriptor])
    wakeup.clear()
    #expect(mailbox.takeAll() == [7])
    #expect(poller.wait(until: .now).isEmpty)
  }

  @Test func `Events come in order and each once`() async throws {
    let wakeup = try Wakeup()
    let mailbox = Mailbox<[Int]>(waking: wakeup)
    await withTaskGroup { group in
      for sender in 0..<8 {
        group.addTask { for number in 0..<500 { mailbox.post([sender, number]) } }
      }
    }
    let all = mailbox.takeAll()
    #expect(all.count == 4_000)
    for sender in 0..<8 {
      #expect(all.filter { $0[0] == sender }.map { $0[1] } == Array(0..<500))
    }
    #expect(mailbox.takeAll().isEmpty)
  }

  @Test func `A second event does not wake a loop that is awake already`() throws {
    let wakeup = try Wakeup()
    let mailbox = Mailbox<Int>(waking: wakeup)
    mailbox.post(1)
    wakeup.clear()
    mailbox.post(2)
    #expect(Poller([wakeup.descriptor]).wait(until: .now).isEmpty)
    #expect(mailbox.takeAll() == [1, 2])
    mailbox.post(3)
    #expect(!Poller([wakeup.descriptor]).wait(until: .now).isEmpty)
  }

  @Test func `A task that is faster than the loop waits for room`() async throws {
    let mailbox = Mailbox<Int>(waking: try Wakeup())
    let poster = Task.detached {
      for number in 0..<1000 {
        mailbox.post(number)
        await mailbox.waitForRoom()
      }
    }
    var taken: [Int] = []
    let deadline = ContinuousClock.now + .seconds(60)
    // It gives its thread away instead of waiting in poll(2): the poster may have no other.
    while taken.count < 1000, ContinuousClock.now < deadline {
      let events = mailbox.takeAll()
      #expect(events.count <= Mailbox<Int>.capacity)
      taken += events
      await Task.yield()
    }
    poster.cancel()
    await poster.value
    #expect(taken == Array(0..<1000))
  }

  @Test func `A task that is cancelled waits for no room`() async throws {
    let mailbox = Mailbox<Int>(waking: try Wakeup())
    for number in 0..<Mailbox<Int>.capacity { mailbox.post(number) }
    let waiting = Task.detached { await mailbox.waitForRoom() }
    waiting.cancel()
    await waiting.value
    #expect(mailbox.takeAll().count == Mailbox<Int>.capacity)
  }

  @Test func `A wait ends when its moment has come, and not before`() throws {
    let moment = ContinuousClock.now + .milliseconds(3)
    #expect(Poller([]).wait(until: moment).isEmpty)
    #expect(ContinuousClock.now >= moment)
  }

  @Test func `The other end's going away ends the wait`() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[1])
    #expect(Poller([ends[0]]).wait(until: .now + .seconds(10)) == [ends[0]])
    close(ends[0])
  }
}
