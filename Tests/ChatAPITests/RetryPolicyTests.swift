import ChatAPI
import Conversation
import Testing

/// Facts §4: what OpenAI's Python SDK retries, and after how long.
@Suite struct RetryPolicyTests {
  private func delay(
    _ fault: AnswerFault = .serverFailed, status: Int = 500, headers: [String: String] = [:],
    made: Int = 0, jitter: Double = 0, now: Int64 = 0
  ) -> Duration? {
    RetryPolicy().delay(
      after: ChatAPIError(.answer(fault), server: "s", status: status),
      head: ResponseHead(status: status, headers: headers), made: made, jitter: jitter, now: now)
  }

  @Test func `The delay doubles from half a second, and chance shortens it by a quarter`() {
    #expect(delay() == .milliseconds(500))
    #expect(delay(jitter: 1) == .milliseconds(375))
    #expect(delay(made: 1) == .milliseconds(1000))
    #expect(delay(made: 1, jitter: 1) == .milliseconds(750))
    #expect(delay(made: 2) == nil)
  }

  @Test func `The delay never grows over eight seconds`() {
    var policy = RetryPolicy()
    policy.limit = 100
    let error = ChatAPIError(.network(.connectionLost), server: "s")
    #expect(policy.delay(after: error, head: nil, made: 50, jitter: 0, now: 0) == .seconds(8))
  }

  @Test(
    arguments: [
      (["retry-after-ms": "1500.5", "retry-after": "9"], Duration.milliseconds(1501)),
      (["retry-after": "7"], .seconds(7)), (["retry-after": "0.5"], .milliseconds(500)),
      (["retry-after": "120"], .seconds(120)), (["retry-after": "121"], nil),
      (["retry-after": "0"], .milliseconds(500)), (["retry-after": "-1"], .milliseconds(500)),
      (["retry-after": "soon"], .milliseconds(500)), (["retry-after": "nan"], .milliseconds(500)),
      (["retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"], .seconds(37)),
    ] as [([String: String], Duration?)])
  func `The server's delay is kept up to two minutes`(headers: [String: String], wait: Duration?) {
    #expect(delay(.rateLimited, status: 429, headers: headers, now: 784_111_740) == wait)
  }

  @Test(arguments: [
    (AnswerFault.serverFailed, 408), (.serverFailed, 409), (.rateLimited, 429),
    (.serverFailed, 500), (.serverFailed, 502), (.overloaded, 503), (.serverFailed, 504),
    (.overloaded, 200),
  ]) func `What may pass is tried again`(fault: AnswerFault, status: Int) {
    #expect(delay(fault, status: status) != nil)
  }

  @Test(arguments: [
    (AnswerFault.badRequest, 400), (.keyRefused, 401), (.forbidden, 403), (.modelNotFound, 404),
    (.tooLarge, 413), (.badRequest, 422), (.quotaUsedUp, 429), (.contextTooLong, 400),
  ]) func `What will not pass is not tried again`(fault: AnswerFault, status: Int) {
    #expect(delay(fault, status: status) == nil)
  }

  @Test func `The server's word overrules the status, but for a quota`() {
    #expect(delay(.badRequest, status: 400, headers: ["x-should-retry": "true"]) != nil)
    #expect(delay(.rateLimited, status: 429, headers: ["x-should-retry": "false"]) == nil)
    #expect(delay(.quotaUsedUp, status: 429, headers: ["x-should-retry": "true"]) == nil)
  }

  @Test func `Connection errors and time-outs are tried again, a wrong certificate is not`() {
    func retries(_ fault: NetworkFault) -> Bool {
      let error = ChatAPIError(.network(fault), server: "s")
      return RetryPolicy().delay(after: error, head: nil, made: 0, jitter: 0, now: 0) != nil
    }
    let passing: [NetworkFault] = [
      .nameNotFound, .connectionRefused, .connectTimeout, .firstByteTimeout, .idleTimeout,
      .connectionLost, .proxyUnreachable, .proxyRefused(status: 503),
    ]
    let lasting: [NetworkFault] = [
      .certificate(.expired), .handshake(""), .proxyRefused(status: 407), .libraryMissing(""),
      .tooLarge(limit: 1), .tooManyRedirects,
    ]
    #expect(passing.allSatisfy(retries))
    #expect(!lasting.contains(where: retries))
  }
}
