import ChatAPI
import Conversation
import Synchronization
import Testing

/// Limits of requests and tokens that servers tell in the headers of their answers.
@Suite struct RateLimitTests {
  private static let noneLeft = "x-ratelimit-remaining-requests: 0"

  /// A client of a fixed time, and how long it would have waited.
  private func client(_ waits: Waits, now: Int64 = 1_800_000_000) -> ChatClient {
    var timing = ChatClient.Timing()
    timing.now = { now + waits.total }
    timing.sleep = { waits.append($0) }
    timing.jitter = { 0 }
    return ChatClient(timing: timing)
  }

  private final class Waits: Sendable {
    private let list = Mutex<[Duration]>([])
    var all: [Duration] { list.withLock { $0 } }
    var total: Int64 { all.reduce(0) { $0 + $1.components.seconds } }
    func append(_ wait: Duration) { list.withLock { $0.append(wait) } }
  }

  private func reply(_ headers: [String]) -> String {
    answer(
      200, #"{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"#,
      headers: headers + ["Connection: close"])
  }

  @Test(
    arguments: [
      ([noneLeft, "x-ratelimit-reset-requests: 20s"], 20),
      ([noneLeft, "X-RateLimit-Reset-Requests: 1m2.5s"], 63),
      ([noneLeft, "x-ratelimit-reset-requests: 120ms"], nil),
      (["x-ratelimit-remaining-requests: 1", "x-ratelimit-reset-requests: 20s"], nil),
      (["x-ratelimit-remaining-tokens: 0", "x-ratelimit-reset-tokens: 7.66s"], 8),
      (
        [
          noneLeft, "x-ratelimit-reset-requests: 3s", "x-ratelimit-remaining-tokens: 0",
          "x-ratelimit-reset-tokens: 9s",
        ], 9
      ),
      (["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1800000030000"], 30),
      (["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1800000040"], 40),
      (["RateLimit-Remaining: 0", "RateLimit-Reset: 50"], 50),
      ([noneLeft, "x-ratelimit-reset-requests: soon"], nil),
      ([noneLeft, "x-ratelimit-reset-requests: -5s"], nil), ([noneLeft], nil),
      ([noneLeft, "x-ratelimit-reset-requests: 6m0s"], nil),
    ] as [([String], Int64?)])
  func `The next request waits until the server takes one`(
    headers: [String], seconds: Int64?
  ) async throws {
    let server = try FaultServer(answering: reply(headers), reply([]))
    let waits = Waits()
    let client = client(waits)
    let provider = try Provider.local(server)
    #expect(await Outcome(client.reply(to: .hello(), at: provider)).error == nil)
    let second = await Outcome(client.reply(to: .hello(), at: provider))
    #expect(waits.all == (seconds.map { [.seconds($0)] } ?? []))
    #expect(second.error == nil)
    let told = second.events.contains {
      if case .retrying(0, let wait, _) = $0 { wait == seconds.map { .seconds($0) } } else { false }
    }
    #expect(told == (seconds != nil))
  }

  @Test func `Another model does not wait`() async throws {
    let server = try FaultServer(
      answering: reply([Self.noneLeft, "x-ratelimit-reset-requests: 20s"]), reply([]))
    let waits = Waits()
    let client = client(waits)
    let provider = try Provider.local(server)
    _ = await Outcome(client.reply(to: .hello(model: "a"), at: provider))
    _ = await Outcome(client.reply(to: .hello(model: "b"), at: provider))
    #expect(waits.all == [])
  }

  @Test func `A refusal without retry-after is tried again when its limit is reset`() async throws {
    let refusal = answer(
      429, #"{"error":{"message":"Rate limit reached"}}"#,
      headers: [Self.noneLeft, "x-ratelimit-reset-requests: 17s", "Connection: close"])
    let server = try FaultServer(answering: refusal, reply([]))
    let waits = Waits()
    let outcome = await Outcome(
      client(waits).reply(to: .hello(), at: try Provider.local(server)))
    #expect(outcome.error == nil)
    #expect(waits.all == [.seconds(17)])
  }
}
