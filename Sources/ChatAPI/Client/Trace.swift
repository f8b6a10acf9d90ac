import Secrets

/// Tells what goes over the wire, line by line, for `--debug`: everything but what unlocks a server.
///
/// Lines that are sent begin with `>`, lines that come with `<`. What a server writes is given as it
/// is, control characters included: sanitise before showing it.
package struct Trace: Sendable {
  fileprivate let tell: @Sendable (String) -> Void

  package init(_ tell: @escaping @Sendable (String) -> Void) {
    self.tell = tell
  }
}

/// The trace of one exchange: a secret is found in an answer however the answer was cut into reads.
struct ExchangeTrace {
  /// A line is told at once when it has so many characters, as of a picture in one line of JSON.
  private static let longestLine = 64 << 10

  private let trace: Trace
  private let redaction: Redaction
  private var answer: RedactionStream
  /// What came since the last line break.
  private var line = ""

  init(_ trace: Trace, hiding redaction: Redaction) {
    self.trace = trace
    self.redaction = redaction
    answer = RedactionStream(redaction)
  }

  func sent(_ request: TransferRequest) {
    let proxy = request.proxy == nil ? "" : " through a proxy"
    let address = redaction.redacting(request.address.traced)
    switch request.method {
    case .get: trace.tell("> GET \(address)\(proxy)")
    case .delete: trace.tell("> DELETE \(address)\(proxy)")
    case .post(let body): trace.tell("> POST \(address)\(proxy), \(body.byteCount) bytes")
    }
    for header in request.headers { trace.tell("> \(header.name): \(shown(header))") }
    if case .post(let body) = request.method {
      trace.tell("> " + redaction.redacting(body.outline))
    }
  }

  mutating func happened(_ event: TransferEvent) {
    switch event {
    case .connected: trace.tell("< connected")
    case .responded(let head):
      trace.tell("< HTTP \(head.status)")
      for (name, value) in head.headers.sorted(by: { $0.key < $1.key }) {
        trace.tell("< \(name): \(name == "set-cookie" ? "…" : redaction.redacting(value))")
      }
    case .received(let bytes): logAnswer(answer.feed(String(decoding: bytes, as: UTF8.self)))
    case .finished:
      end()
      trace.tell("< end")
    case .failed(let fault):
      end()
      trace.tell("< failed: \(redaction.redacting("\(fault)"))")
    }
  }

  private mutating func logAnswer(_ text: String) {
    line += text
    var lines = line.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.count > 1 || line.utf8.count > Self.longestLine else { return }
    let rest = lines.count > 1 ? lines.removeLast() : ""
    for line in lines where !line.isEmpty { trace.tell("< " + line) }
    line = String(rest)
  }

  private mutating func end() {
    logAnswer(answer.finish())
    if !line.isEmpty { trace.tell("< " + line) }
    line = ""
  }

  /// A header's value: whole where it unlocks nothing, of the key only its scheme, else nothing.
  ///
  /// Relays are unlocked by headers of their own, which only the user can tell from others.
  private func shown(_ header: Provider.Header) -> String {
    if ["accept", "content-type"].contains(header.name.lowercased()) { return header.value }
    return header.value.hasPrefix("Bearer ") ? "Bearer …" : "…"
  }
}

extension WebAddress {
  /// The address without what stands behind its question mark, which may unlock a relay.
  fileprivate var traced: String { origin + path + (query == nil ? "" : "?…") }
}

extension RequestBody {
  /// The JSON, with each picture as its size.
  fileprivate var outline: String {
    pieces.map { piece in
      switch piece {
      case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
      case .base64(let file), .file(let file): "[\(file.byteCount) bytes of \(file.path)]"
      }
    }.joined()
  }
}
