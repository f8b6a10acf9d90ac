/// Tells what goes over the wire, line by line, for `--debug`: everything but the key.
///
/// Lines that are sent begin with `>`, lines that come with `<`. What a server writes is given as it
/// is, control characters included: sanitise before showing it.
package struct Trace: Sendable {
  private let tell: @Sendable (String) -> Void

  package init(_ tell: @escaping @Sendable (String) -> Void) {
    self.tell = tell
  }

  func sent(_ request: TransferRequest, key: APIKey?) {
    let proxy = request.proxy == nil ? "" : " through a proxy"
    let address = request.address.traced
    switch request.method {
    case .get: tell("> GET \(address)\(proxy)")
    case .post(let body): tell("> POST \(address)\(proxy), \(body.byteCount) bytes")
    }
    for header in request.headers { tell("> \(header.name): \(shown(header))") }
    if case .post(let body) = request.method { tell("> " + hiding(key, in: body.outline)) }
  }

  func happened(_ event: TransferEvent, key: APIKey?) {
    switch event {
    case .connected: tell("< connected")
    case .responded(let head):
      tell("< HTTP \(head.status)")
      for (name, value) in head.headers.sorted(by: { $0.key < $1.key }) {
        tell("< \(name): \(name == "set-cookie" ? "…" : hiding(key, in: value))")
      }
    case .received(let bytes):
      for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
        tell("< " + hiding(key, in: String(line)))
      }
    case .finished: tell("< end")
    case .failed(let fault): tell("< failed: \(fault)")
    }
  }

  /// A header's value: whole where it unlocks nothing, of the key only its scheme, else nothing.
  ///
  /// Relays are unlocked by headers of their own, which only the user can tell from others.
  private func shown(_ header: Endpoint.Header) -> String {
    if ["accept", "content-type"].contains(header.name.lowercased()) { return header.value }
    return header.value.hasPrefix("Bearer ") ? "Bearer …" : "…"
  }

  /// The text without the key, however short that is.
  private func hiding(_ key: APIKey?, in text: String) -> String {
    key.map { $0.redacting(text).replacing($0.secret, with: "…") } ?? text
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
      case .base64(let file): "[\(file.byteCount) bytes of \(file.path)]"
      }
    }.joined()
  }
}
