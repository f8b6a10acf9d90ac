import CCurl

/// One transfer on the curl thread: its easy handle, and everything that must outlive it.
///
/// Made, called and freed on that thread only.
final class ActiveTransfer {
  let pipe: TransferPipe
  let request: TransferRequest
  let easy: UnsafeMutableRawPointer
  private let errorText: UnsafeMutablePointer<CChar>
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var addressList: UnsafeMutablePointer<curl_slist>?
  private var reader: BodyReader?
  private var head = ResponseHead(status: 0)
  /// Whether the head has been passed on, so that trailers behind the body are not taken for one.
  private(set) var hasHead = false
  private var headerByteCount = 0
  private var receivedCount = 0
  /// What came since the task was last given something, and since the last look at it.
  private var heldCount = 0
  private var readCount = 0
  /// So much is given to the task at once: what waits for more costs memory.
  private static let mostHeld = 16 << 10
  /// The longest head of an answer that is taken, in bytes, with all heads before it and the trailers
  /// behind it: libcurl 7.88 bounds each line alone.
  private static let mostHeaderBytes = 256 << 10
  /// Whether what still comes is thrown away.
  private var isDraining = false
  /// What stopped the transfer from inside a callback.
  private(set) var fault: TransferFault?
  private(set) var deadlines: TransferDeadlines

  /// A transfer ready to be added to the multi handle; nil when libcurl has no memory left.
  init?(_ request: TransferRequest, pipe: TransferPipe, now: ContinuousClock.Instant) {
    guard let easy = ccurl_easy_new() else { return nil }
    self.easy = easy
    self.request = request
    self.pipe = pipe
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    deadlines = TransferDeadlines(request, now: now)
    if case .post(let body) = request.method { reader = BodyReader(body) }
  }

  deinit {
    ccurl_easy_free(easy)
    ccurl_list_free(headerList)
    ccurl_list_free(addressList)
    errorText.deallocate()
  }

  /// libcurl's words on what went wrong.
  var errorWords: String { String(cString: errorText) }

  /// Sets every option; the first that libcurl refuses ends the transfer.
  func configure() -> TransferFault? {
    for header in request.headers + [Provider.Header("Expect", "")] {
      let line = header.value.isEmpty ? header.name + ":" : header.name + ": " + header.value
      headerList = ccurl_list_append(headerList, line)
    }
    let options = CurlOptions(easy: easy)
    options.set(request, headers: headerList)
    options.check(ccurl_set_error_buffer(easy, errorText))
    for entry in request.knownAddresses { addressList = ccurl_list_append(addressList, entry) }
    options.check(ccurl_set_list(easy, CURLOPT_RESOLVE, addressList))
    var callbacks = Self.callbacks
    options.check(
      ccurl_set_callbacks(easy, &callbacks, Unmanaged.passUnretained(self).toOpaque()))
    return options.fault.map { .network($0) }
  }

  /// Closes the connection with the transfer, for a stop in mid-answer.
  func forbidReuse() {
    _ = ccurl_set_number(easy, CURLOPT_FORBID_REUSE, 1)
  }

  func fail(with fault: TransferFault) {
    self.fault = self.fault ?? fault
  }
}

// What libcurl calls back.
extension ActiveTransfer {
  private static let callbacks = ccurl_callbacks(
    header: { bytes, size, count, context in
      of(context).header(UnsafeRawBufferPointer(start: bytes, count: size * count))
    },
    write: { bytes, size, count, context in
      of(context).write(UnsafeRawBufferPointer(start: bytes, count: size * count))
    },
    read: { bytes, size, count, context in
      of(context).read(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
    },
    seek: { context, offset, origin in
      of(context).seek(to: Int(offset), origin: origin)
    },
    connected: { context, server, _, _, _ in
      of(context).connected(to: server.map { String(cString: $0) } ?? "")
    })

  static func of(_ context: UnsafeMutableRawPointer?) -> ActiveTransfer {
    guard let context else { preconditionFailure("libcurl hands back the context it was given") }
    return Unmanaged<ActiveTransfer>.fromOpaque(context).takeUnretainedValue()
  }

  /// `server` is the numeric address at the other end of the connection, a proxy's where one is used.
  private func connected(to server: String) -> Int32 {
    if request.refusesPrivateAddresses, request.proxy == nil,
      InternetAddress(host: server)?.isPrivate != false
    {
      fail(with: .network(.privateTarget(host: request.address.host)))
      return Int32(CURL_PREREQFUNC_ABORT)
    }
    deadlines.connected(now: .now)
    pipe.connected()
    return Int32(CURL_PREREQFUNC_OK)
  }

  private func header(_ bytes: UnsafeRawBufferPointer) -> Int {
    deadlines.moved(isAnswer: true, now: .now)
    headerByteCount += bytes.count
    guard headerByteCount <= Self.mostHeaderBytes else {
      fail(with: .network(.headTooLong))
      return 0
    }
    let line = String(decoding: bytes, as: UTF8.self).trimmingBlanks
    if line.hasPrefix("HTTP/") {
      head = ResponseHead(status: Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0)
    } else if hasHead {
      return bytes.count
    } else if line.isEmpty {
      endOfHead()
    } else if let colon = line.firstIndex(of: ":") {
      let value = String(line[colon...].dropFirst()).trimmingBlanks
      head.headers[line[..<colon].lowercased()] = value
    }
    return bytes.count
  }

  /// Passes the head on, unless another follows it, behind a 1xx.
  private func endOfHead() {
    guard head.status >= 200 else { return }
    hasHead = true
    pipe.responded(head)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    deadlines.moved(isAnswer: true, now: .now)
    if isDraining { return bytes.count }
    if let limit = request.byteLimit, receivedCount + bytes.count > limit {
      fail(with: .network(.tooLarge(limit: limit)))
      return 0
    }
    guard pipe.received(bytes) else {
      deadlines.isPaused = true
      return Int(CURL_WRITEFUNC_PAUSE)
    }
    receivedCount += bytes.count
    readCount += bytes.count
    heldCount += bytes.count
    if heldCount >= Self.mostHeld { handOver() }
    return bytes.count
  }

  /// Gives the task what has been received since the last time.
  private func handOver() {
    guard heldCount > 0 else { return }
    heldCount = 0
    pipe.handOver()
  }

  /// Ends a look at the connection: the task gets what it brought; how many bytes that is.
  func endRead() -> Int {
    handOver()
    defer { readCount = 0 }
    return readCount
  }

  func resume() {
    guard deadlines.isPaused else { return }
    deadlines.isPaused = false
    deadlines.moved(isAnswer: true, now: .now)
    _ = ccurl_easy_continue(easy)
  }

  func drain() {
    isDraining = true
    deadlines.end(by: .now + .seconds(1))
    resume()
  }

  func end(within time: Duration) {
    deadlines.settle(by: .now + time)
  }

  private func read(_ target: UnsafeMutableRawBufferPointer) -> Int {
    deadlines.moved(isAnswer: false, now: .now)
    do throws(BodyReader.Fault) {
      return try reader?.read(into: target) ?? 0
    } catch {
      switch error {
      case .missing(let path): fail(with: .request(.fileMissing(path: path)))
      case .changed(let path): fail(with: .request(.fileChanged(path: path)))
      }
      return Int(CURL_READFUNC_ABORT)
    }
  }

  /// libcurl goes back only to the start, when a connection that it kept turns out to be closed.
  private func seek(to offset: Int, origin: Int32) -> Int32 {
    guard offset == 0, origin == 0 else { return Int32(CURL_SEEKFUNC_FAIL) }
    reader?.rewind()
    return Int32(CURL_SEEKFUNC_OK)
  }
}
