/// One HTTP exchange: what is sent, by which way, and within which limits.
struct TransferRequest: Sendable {
  enum Method: Sendable {
    case get
    case post(RequestBody)
    case delete
  }

  var method: Method
  var address: WebAddress
  /// Without `Content-Length`, which comes from the body.
  var headers: [Provider.Header] = []
  var proxy: String?
  var authorityFile: String?
  var limits = Provider.TimeLimits()
  /// For the whole exchange; nil for no such limit.
  var totalLimit: Duration?
  /// Whether a server on this machine or its network is not asked, whatever its name.
  var refusesPrivateAddresses = false
  /// Names that are not looked up, with their ports and addresses: `name:80:192.0.2.1` (libcurl's
  /// CURLOPT_RESOLVE).
  var knownAddresses: [String] = []
  /// The largest answer that is taken, in bytes; nil for any.
  var byteLimit: Int?
}

/// What happens in an exchange, in this order.
enum TransferEvent: Equatable, Sendable {
  /// A connection is there, and the request leaves.
  case connected
  case responded(ResponseHead)
  /// All the bytes of the answer that have arrived and not been taken.
  case received([UInt8])
  case finished
  case failed(TransferFault)
}

/// Why an exchange ended before its answer did.
enum TransferFault: Error, Equatable, Sendable {
  case network(NetworkFault)
  case request(RequestFault)
}
