package import Conversation
package import ModelCatalog

/// A server to ask: its address and key, how its wire differs, what it takes, how long to wait.
///
/// One value for the whole program: requests, pictures, exports and examinations go by it. What is
/// learned of a server is kept by its address (``LearnedRules``).
package struct Provider: Hashable, Sendable {
  /// How long each step may take.
  package struct TimeLimits: Hashable, Sendable {
    /// Name look-up, connection and TLS.
    package var connect = Duration.seconds(10)
    /// From the connection to the answer's first byte; a model may think for minutes before it.
    package var firstByte = Duration.seconds(600)
    /// Without a single byte in either direction, once the answer has begun.
    package var idle = Duration.seconds(120)
    /// Without a single byte while pictures are made, before the answer and within it.
    package var image = Duration.seconds(300)
    /// From the finish reason to the end of a reply whose server leaves the connection open; usage
    /// comes in this time.
    package var afterFinish = Duration.seconds(3)

    package init() {}
  }

  /// The header that carries the key.
  package enum KeyHeader: Hashable, Sendable {
    case bearer
    /// A header that holds the bare key, like Azure's `api-key`.
    case named(String)
  }

  /// One header that is sent with every request.
  package struct Header: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Up to and without `/chat/completions`; its query is kept on every call (Azure's api-version).
  package var base: WebAddress
  /// Whether `/v1` was put behind the base, which a server that answers 404 may not want.
  package var hasAssumedVersion: Bool
  package var apiKey: APIKey?
  package var keyHeader = KeyHeader.bearer
  package var organization: String?
  package var project: String?
  package var headers: [Header] = []
  package var dialect = Dialect()
  /// Which call replies are asked for with.
  package var api = WireChoice.auto
  /// The call that was pasted behind the address, like `/responses`; nil where there was none.
  package let pastedCall: String?
  /// What it takes in one request.
  package var limits = RequestLimits()
  /// Whether pictures at URLs are fetched here and sent along.
  package var fetchesPictureURLs = false
  package var proxy = ProxySettings()
  /// A PEM file of authorities, in place of the system's.
  package var authorityFile: String?
  package var timeLimits = TimeLimits()
  /// The longest reply that is taken, in bytes of its text and reasoning.
  package var replyLimit = 64 << 20
  /// Whether the key may travel over plain http to other machines.
  package var allowsKeyOverPlainHTTP = false

  /// A server at `address`, with or without a slash or `/v1` behind it, or a whole call pasted
  /// in.
  package init(_ address: String, apiKey: APIKey? = nil) throws(ChatAPIError) {
    guard let address = WebAddress(address) else {
      throw ChatAPIError(.request(.addressInvalid(address)), server: address)
    }
    pastedCall = address.pastedCall
    (base, hasAssumedVersion) = address.asBase
    self.apiKey = apiKey
  }

  /// How sentences call the server in the place of its host; nil for the host.
  package var title: String?

  /// The title, else the host with its port where one is written: how sentences call the server.
  package var name: String {
    title ?? base.port.map { "\(base.host):\($0)" } ?? base.host
  }

  /// The whole address of `call`, like `/chat/completions` or `/files?limit=10`.
  ///
  /// It is that of requests and of exported scripts alike; the server's own query stands before the call's.
  package func address(of call: String, withoutVersion: Bool = false) -> WebAddress {
    var address = base
    if withoutVersion, hasAssumedVersion { address.path.removeLast(3) }
    let parts = call.split(separator: "?", maxSplits: 1)
    address.path += parts.first ?? ""
    if parts.count > 1 { address.query = (address.query.map { $0 + "&" } ?? "") + parts[1] }
    return address
  }
}

extension WebAddress {
  /// The calls that people paste with the base in front.
  private static let calls = [
    "/chat/completions", "/completions", "/responses", "/models", "/embeddings",
  ]

  /// The call at the end of the path; nil where there is none.
  fileprivate var pastedCall: String? { Self.calls.first(where: path.hasSuffix) }

  /// The address without a pasted call, and with `/v1` where no part of the path is a version.
  ///
  /// A pasted call says exactly where the API is, and Azure's paths have no version: nothing is put
  /// behind these.
  fileprivate var asBase: (WebAddress, hasAssumedVersion: Bool) {
    var base = self
    if let call = pastedCall {
      base.path.removeLast(call.count)
      return (base, false)
    }
    let parts = path.split(separator: "/")
    if parts.contains("deployments") || parts.contains(where: \.isVersion) { return (base, false) }
    base.path += "/v1"
    return (base, true)
  }
}

extension Substring {
  /// A part of a path like `v1`, `v4` or `v1beta`.
  fileprivate var isVersion: Bool {
    first == "v" && dropFirst().first?.isNumber == true
  }
}
