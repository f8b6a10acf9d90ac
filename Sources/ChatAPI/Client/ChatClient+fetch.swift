import JSON
import Secrets

/// A file from the web, whole.
package struct FetchedFile: Equatable, Sendable {
  package var bytes: [UInt8]
  /// The answer's `Content-Type` without its parameters, in lower case; empty where there was none.
  package var mediaType: String

  package init(bytes: [UInt8], mediaType: String) {
    self.bytes = bytes
    self.mediaType = mediaType
  }
}

extension ChatClient {
  /// The models that a server offers, in its order.
  ///
  /// Fails like a reply does, and is tried again like one.
  package func models(at provider: Provider) async throws(ChatAPIError) -> [ModelListing] {
    var course = RetryState()
    var applied = learnedRules.adaptations(for: "", at: provider)
    while true {
      let (head, result) = try await listModels(
        at: provider, withoutVersion: applied.contains(.plainPath))
      guard case .failure(let error) = result else { return try result.get() }
      let isMissing = error.status == 404 && provider.hasAssumedVersion
      let step = course.step(
        after: error, asked: isMissing ? .plainPath : nil, applied: applied, head: head,
        jitter: timing.jitter(), now: timing.now())
      switch step {
      case .giveUp: throw error
      case .adapt(let adaptation):
        applied.insert(adaptation)
        learn(adaptation, for: "", at: provider)
      case .retry(_, let delay):
        do { try await timing.sleep(delay) } catch { throw cancelled(provider.name) }
      }
    }
  }

  /// The models of a server that may not be there; nil where none answers, or something else does.
  ///
  /// Asks once, and waits for at most `limit`.
  package func probe(_ provider: Provider, limit: Duration) async -> [ModelListing]? {
    var provider = provider
    provider.timeLimits.connect = limit
    provider.timeLimits.firstByte = limit
    provider.timeLimits.idle = limit
    let answer = try? await listModels(at: provider, withoutVersion: false)
    return try? answer?.1.get()
  }

  private func listModels(
    at provider: Provider, withoutVersion: Bool
  ) async throws(ChatAPIError) -> (ResponseHead?, Result<[ModelListing], ChatAPIError>) {
    var request = try provider.transfer(.get, call: "/models", withoutVersion: withoutVersion)
    request.limits.firstByte = min(provider.timeLimits.firstByte, .seconds(60))
    request.byteLimit = 32 << 20
    let (head, answer) = try await collect(
      request, server: provider.name, key: provider.apiKey, hiding: provider.redaction)
    let result = answer.flatMap { bytes -> Result<[ModelListing], ChatAPIError> in
      guard let models = JSONValue(parsing: bytes).flatMap(ModelListing.all) else {
        return .failure(ChatAPIError(.reply(.malformed), server: provider.name))
      }
      return .success(models)
    }
    return (head, result.mapError { $0.redacted(by: provider.redaction) })
  }

  /// The file at `url`, with no key and at most five redirects, all to http or https.
  ///
  /// A redirect may not lead to this machine or its network, unless to the very host that `url`
  /// names: a page of the internet must not choose what is fetched there. What a name stands for is
  /// looked at when its connection is made; through a proxy, only what is written can be.
  ///
  /// Where a server wrote the address, `server` is that server's own: the same then holds for `url`,
  /// unless the server itself is on this machine or its network.
  ///
  /// Fails when it is larger than `byteLimit` or a step takes longer than `timeLimit`. Names of
  /// `knownAddresses` are not looked up: `name:80:192.0.2.1`.
  package func fetch(
    _ url: String, writtenBy server: WebAddress? = nil, proxy: ProxySettings,
    authorityFile: String? = nil, byteLimit: Int, timeLimit: Duration,
    knownAddresses: [String] = []
  ) async throws(ChatAPIError) -> FetchedFile {
    guard let first = WebAddress(url) else {
      throw ChatAPIError(.request(.addressInvalid(url)), server: url)
    }
    let trusted = server.map { $0.isPrivate ? first.host : $0.host } ?? first.host
    if first.isPrivate, first.host != trusted {
      throw ChatAPIError(.network(.privateTarget(host: first.host)), server: trusted)
    }
    var address = first
    for _ in 0...5 {
      var request = TransferRequest(method: .get, address: address)
      request.proxy = proxy.proxy(for: address)
      request.authorityFile = authorityFile
      request.byteLimit = byteLimit
      request.totalLimit = timeLimit
      request.knownAddresses = knownAddresses
      request.refusesPrivateAddresses = address.host != trusted
      let (head, result) = try await collect(
        request, server: first.host, key: nil, hiding: Redaction())
      guard let head, let target = head.redirectTarget else {
        return FetchedFile(bytes: try result.get(), mediaType: head?.mediaType ?? "")
      }
      address = try follow(target, from: address, asked: first)
    }
    throw ChatAPIError(.network(.tooManyRedirects), server: first.host)
  }

  /// The address that a redirect leads to.
  private func follow(
    _ location: String, from address: WebAddress, asked first: WebAddress
  ) throws(ChatAPIError) -> WebAddress {
    guard let next = address.redirected(to: location) else {
      let shown = WebAddress.shown(location)
      throw ChatAPIError(.answer(.redirected(to: shown)), server: address.host)
    }
    if next.isPrivate, next.host != first.host {
      throw ChatAPIError(.network(.privateTarget(host: next.host)), server: address.host)
    }
    return next
  }

  /// Makes one exchange and collects its answer; throws only what forbids the exchange itself.
  ///
  /// Its trace, and the error of its answer, are without what `redaction` takes out.
  func collect(
    _ request: TransferRequest, server: String, key: APIKey?, hiding redaction: Redaction
  ) async throws(ChatAPIError) -> (ResponseHead?, Result<[UInt8], ChatAPIError>) {
    var (transfer, trace) = try begin(request, server: server, hiding: redaction)
    var head: ResponseHead?
    var body: [UInt8] = []
    while let event = await transfer.next() {
      trace?.happened(event)
      switch event {
      case .connected: break
      case .responded(let response): head = response
      case .received(let bytes): body += bytes
      case .finished:
        guard let head, !head.isSuccess else { return (head, .success(body)) }
        let fault = ServerFault(answer: body)
        let error = ChatAPIError(head, fault: fault, server: server, key: key)
        return (head, .failure(error.redacted(by: redaction)))
      case .failed(.network(let fault)):
        return (head, .failure(ChatAPIError(.network(fault), server: server)))
      case .failed(.request(let fault)):
        throw ChatAPIError(.request(fault), server: server)
      }
    }
    throw cancelled(server)
  }

  /// Begins an exchange, and its trace, which is without what `redaction` takes out.
  func begin(
    _ request: TransferRequest, server: String, hiding redaction: Redaction
  ) throws(ChatAPIError) -> (Transfer, ExchangeTrace?) {
    let transfer: Transfer
    do throws(NetworkFault) {
      transfer = try start(request)
    } catch {
      throw ChatAPIError(.network(error), server: server)
    }
    let trace = self.trace.map { ExchangeTrace($0, hiding: redaction) }
    trace?.sent(request)
    return (transfer, trace)
  }

  /// A caller whose task is cancelled looks at no error; the connection is gone.
  func cancelled(_ server: String) -> ChatAPIError {
    ChatAPIError(.network(.connectionLost), server: server)
  }
}

extension ResponseHead {
  /// Where a redirect that is followed leads (RFC 9110 §15.4); nil for any other answer.
  fileprivate var redirectTarget: String? {
    [301, 302, 303, 307, 308].contains(status) ? headers["location"] : nil
  }

  /// `Content-Type` without its parameters, in lower case; empty where there is none.
  var mediaType: String {
    let type = headers["content-type"]?.split(separator: ";").first.map(String.init) ?? ""
    return type.trimmingBlanks.lowercased()
  }
}
