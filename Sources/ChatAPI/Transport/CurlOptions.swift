import CCurl

/// Sets a transfer's options on its easy handle, keeping the first that libcurl refuses.
final class CurlOptions {
  private let easy: UnsafeMutableRawPointer
  private(set) var fault: NetworkFault?

  init(easy: UnsafeMutableRawPointer) {
    self.easy = easy
  }

  func check(_ result: CURLcode, _ otherwise: NetworkFault? = nil) {
    guard result != CURLE_OK, fault == nil else { return }
    fault = otherwise ?? .other(code: Int(result.rawValue), message: "an option is not accepted")
  }

  func set(_ request: TransferRequest, headers: UnsafeMutablePointer<curl_slist>?) {
    check(ccurl_set_text(easy, CURLOPT_URL, request.address.text))
    check(ccurl_set_list(easy, CURLOPT_HTTPHEADER, headers))
    setProtocol(request)
    setProxy(request)
    setAuthorities(request.authorityFile)
    switch request.method {
    case .get: break
    case .delete: text(CURLOPT_CUSTOMREQUEST, "DELETE")
    case .post(let body):
      number(CURLOPT_POST, 1)
      check(ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.byteCount)))
    }
  }

  private func number(_ option: CURLoption, _ value: Int) {
    check(ccurl_set_number(easy, option, value))
  }

  private func text(_ option: CURLoption, _ value: String?) {
    check(ccurl_set_text(easy, option, value))
  }

  private func setProtocol(_ request: TransferRequest) {
    // HTTP/1.1: libcurl 7.88 closes a cancelled HTTP/2 stream without telling the server.
    number(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    text(CURLOPT_PROTOCOLS_STR, "http,https")
    text(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
    // Redirects are followed by who asks, if at all: each target is looked at first.
    number(CURLOPT_FOLLOWLOCATION, 0)
    number(CURLOPT_NOSIGNAL, 1)
    // A cancel does not wait for a name look-up that hangs.
    number(CURLOPT_QUICK_EXIT, 1)
    number(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(request.limits.connect / .milliseconds(1))))
    number(CURLOPT_BUFFERSIZE, 64 << 10)
    number(CURLOPT_UPLOAD_BUFFERSIZE, 64 << 10)
    number(CURLOPT_TCP_KEEPALIVE, 1)
    text(CURLOPT_USERAGENT, "iris")
    // Everything that this libcurl can undo: gzip, deflate, br and zstd where it was built so.
    text(CURLOPT_ACCEPT_ENCODING, "")
  }

  /// Our own choice of a proxy; an empty one keeps libcurl from reading variables itself.
  private func setProxy(_ request: TransferRequest) {
    text(CURLOPT_PROXY, request.proxy ?? "")
    text(CURLOPT_NOPROXY, "")
    number(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  private func setAuthorities(_ file: String?) {
    guard let file else { return }
    check(ccurl_set_text(easy, CURLOPT_CAINFO, file), .authoritiesUnreadable(file))
    text(CURLOPT_CAPATH, nil)
  }
}
