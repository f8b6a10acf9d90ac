/// Which failed attempts are made again, and after how long: as OpenAI's Python SDK does it
/// (openai-python 3, `_base_client.py`; facts §4), but never for a quota that is used up.
package struct RetryPolicy: Equatable, Sendable {
  /// How often a request is made again.
  package var limit = 2

  package init() {}

  /// The delay before the next attempt; nil to give up.
  ///
  /// `error` is why the last attempt failed before anything of the reply had come, `head` that of
  /// its answer, where one came. `made` retries were made already; `jitter` is a random number in
  /// 0...1, `now` the seconds since 1970, against which a date in `retry-after` is read.
  package func delay(
    after error: ChatAPIError, head: ResponseHead?, made: Int, jitter: Double, now: Int64
  ) -> Duration? {
    guard made < limit, mayHelp(error, head) else { return nil }
    guard let asked = head?.retryDelay(now: now), asked > .zero else {
      let seconds = min(0.5 * Double(1 << min(made, 10)), 8)
      return .milliseconds(Int64(seconds * (1 - 0.25 * jitter) * 1000))
    }
    return asked <= .seconds(120) ? asked : nil
  }

  private func mayHelp(_ error: ChatAPIError, _ head: ResponseHead?) -> Bool {
    switch error.kind {
    case .answer(let fault): fault.mayPass && (head?.shouldRetry ?? fault.isPassing)
    case .network(let fault): fault.isPassing
    case .reply, .request: false
    }
  }
}

extension AnswerFault {
  /// Whether the fault is one that passes by itself.
  fileprivate var isPassing: Bool {
    switch self {
    case .rateLimited, .overloaded, .serverFailed: true
    default: false
    }
  }

  /// Whether the same request may be answered another time, if the server says so.
  fileprivate var mayPass: Bool { isPassing || self == .badRequest || self == .notFound }
}

extension ResponseHead {
  /// `x-should-retry`, which overrules the status.
  fileprivate var shouldRetry: Bool? {
    switch headers["x-should-retry"] {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// How long the server asks to wait: `retry-after-ms`, else `retry-after` in seconds or as a date,
  /// else until what is used up of its limits is there again.
  package func retryDelay(now: Int64) -> Duration? {
    if let milliseconds = headers["retry-after-ms"].flatMap(Double.init) {
      return Duration(seconds: milliseconds / 1000)
    }
    guard let text = headers["retry-after"] else { return waitUntilReset(now: now) }
    if let seconds = Double(text) { return Duration(seconds: seconds) }
    return HTTPDate(text).map { .seconds($0.secondsSince1970 - now) }
  }
}

extension Duration {
  /// A duration of finitely many seconds; nil for what no clock can wait for.
  fileprivate init?(seconds: Double) {
    guard seconds.isFinite, abs(seconds) < 1e9 else { return nil }
    self = .milliseconds(Int64((seconds * 1000).rounded()))
  }
}
