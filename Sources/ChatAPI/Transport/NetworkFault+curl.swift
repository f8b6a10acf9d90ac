import CCurl

extension NetworkFault {
  /// Translates libcurl's result, looking at the handle for what tells similar faults apart.
  init(_ result: CURLcode, of transfer: ActiveTransfer) {
    let words = transfer.errorWords
    let usesProxy = transfer.request.proxy != nil
    let connectStatus = ccurl_number(transfer.easy, CURLINFO_HTTP_CONNECTCODE)
    switch result {
    case _ where connectStatus >= 300: self = .proxyRefused(status: connectStatus)
    case CURLE_COULDNT_RESOLVE_HOST: self = .nameNotFound
    case CURLE_COULDNT_RESOLVE_PROXY: self = .proxyNameNotFound
    // With a proxy, the only address that libcurl connects to is the proxy's.
    case CURLE_COULDNT_CONNECT: self = usesProxy ? .proxyUnreachable : .connectionRefused
    case CURLE_PROXY: self = .proxyRefused(status: nil)
    case CURLE_OPERATION_TIMEDOUT: self = .connectTimeout
    case CURLE_PEER_FAILED_VERIFICATION:
      self = .certificate(Certificate(verifying: transfer.easy, words: words))
    case CURLE_SSL_CONNECT_ERROR: self = .handshake(words)
    case CURLE_SSL_CACERT_BADFILE:
      self = .authoritiesUnreadable(transfer.request.authorityFile ?? "")
    case CURLE_BAD_CONTENT_ENCODING: self = .encodingUnreadable(words)
    // A line of the head that is longer than libcurl holds (100 kB), or what an encoding unpacks to.
    case CURLE_OUT_OF_MEMORY:
      self = transfer.hasHead ? .encodingUnreadable(words) : .headTooLong
    case CURLE_TOO_MANY_REDIRECTS: self = .tooManyRedirects
    case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE,
      CURLE_SEND_FAIL_REWIND:
      self = .connectionLost
    default: self = .other(code: Int(result.rawValue), message: words)
    }
  }
}

extension NetworkFault.Certificate {
  /// Reads OpenSSL's verdict (openssl-verification-options, X509_V_ERR_*).
  fileprivate init(verifying easy: UnsafeMutableRawPointer, words: String) {
    self =
      switch ccurl_number(easy, CURLINFO_SSL_VERIFYRESULT) {
      // libcurl itself compares the name, before it reads the verdict on the chain: 1 is "not yet".
      case 0, 1, 62: .wrongHost
      case 10: .expired
      case 18: .selfSigned
      case 19, 20, 21: .unknownAuthority
      default: .other(words)
      }
  }
}
