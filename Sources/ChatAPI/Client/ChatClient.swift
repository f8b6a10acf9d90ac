import FoundationEssentials
import Synchronization

/// Talks to OpenAI-compatible servers over libcurl.
///
/// One thread serves all requests of a client; it starts with the first and ends with the client.
/// May be used from any task.
package final class ChatClient: Sendable {
  /// Time and chance, for tests to replace.
  package struct Timing: Sendable {
    /// Waits, and throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// A random number in 0...1.
    package var jitter: @Sendable () -> Double = { .random(in: 0...1) }
    /// Seconds since 1970.
    package var now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

    package init() {}
  }

  private struct Memory {
    var rules: LearnedRules
    /// What was said already of each server and model.
    var announced = LearnedRules()
    var rateLimits = RateLimits()
  }

  let timing: Timing
  let trace: Trace?
  private let engine = TransferEngine()
  private let memory: Mutex<Memory>

  /// A client that knows what was learned before, and tells `trace` what goes over the wire.
  package init(
    learned: LearnedRules = LearnedRules(), timing: Timing = Timing(), trace: Trace? = nil
  ) {
    self.timing = timing
    self.trace = trace
    memory = Mutex(Memory(rules: learned))
  }

  /// What was learned of servers and models so far, for the caller to keep.
  package var learnedRules: LearnedRules { memory.withLock { $0.rules } }

  /// Asks for a reply; nothing is sent before the stream is read.
  package func reply(to request: ModelRequest, at provider: Provider) -> ReplyStream {
    ReplyStream(client: self, request: request, provider: provider)
  }

  func start(_ request: TransferRequest) throws(NetworkFault) -> Transfer {
    try engine.start(request)
  }

  /// Notes what an answer says of the server's limits of requests and tokens.
  func noteRateLimits(in head: ResponseHead, for model: String, at provider: Provider) {
    let now = timing.now()
    memory.withLock { $0.rateLimits.record(head, of: provider.account(for: model), now: now) }
  }

  /// How long the server takes no request for the model; nil where it takes one.
  func rateWait(for model: String, at provider: Provider) -> Duration? {
    let now = timing.now()
    return memory.withLock {
      $0.rateLimits.wait(before: provider.account(for: model), now: now)
    }
  }

  func learn(_ adaptation: Adaptation, for model: String, at provider: Provider) {
    memory.withLock { _ = $0.rules.learn([adaptation], for: model, at: provider) }
  }

  /// Takes back limits of pictures that an answered request with `count` of them was over.
  func unlearnPictureCount(below count: Int, for model: String, at provider: Provider) {
    guard count > 0 else { return }
    memory.withLock { $0.rules.unlearnPictureCount(below: count, for: model, at: provider) }
  }

  /// Remembers whether a model on a server takes pictures, as the server's list of models says.
  package func learn(takesPictures: Bool, for model: String, at provider: Provider) {
    if takesPictures {
      unlearnPictureCount(below: 1, for: model, at: provider)
    } else {
      learn(.pictureCount(0), for: model, at: provider)
    }
  }

  /// Forgets what was learned of a model on a server, and of the server whatever the model.
  package func forgetRules(for model: String, at provider: Provider) {
    memory.withLock { memory in
      memory.rules.forget(model, at: provider)
      memory.announced.forget(model, at: provider)
    }
  }

  /// Those of `adaptations` that were not yet said to the user, who is told now.
  func announce(
    _ adaptations: [Adaptation], for model: String, at provider: Provider
  ) -> [Adaptation] {
    memory.withLock { memory in
      adaptations.filter { memory.announced.learn([$0], for: model, at: provider) }
    }
  }
}

extension Provider {
  /// What its limits of requests are counted for.
  fileprivate func account(for model: String) -> String { base.origin + base.path + " " + model }
}
