/// A form of fields and files as it came (RFC 7578).
struct DemoForm: Equatable, Sendable {
  struct Part: Equatable, Sendable {
    var name: String
    var fileName: String?
    var bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  var parts: [Part] = []

  /// Reads a body whose `Content-Type` names its boundary; nil for what is no such form.
  init?(_ body: [UInt8], contentType: String) {
    guard contentType.lowercased().hasPrefix("multipart/form-data"),
      let boundary = Self.parameter("boundary", of: contentType)
    else { return nil }
    let mark = Array("--\(boundary)".utf8)
    guard body.starts(with: mark) else { return nil }
    var rest = body.dropFirst(mark.count)
    // Each part stands between two marks; the last mark ends in "--".
    while rest.starts(with: "\r\n".utf8) {
      let end = Array("\r\n--\(boundary)".utf8)
      guard let next = rest.dropFirst(2).firstRange(of: end) else { return nil }
      guard let part = Self.part(rest[(rest.startIndex + 2)..<next.lowerBound]) else { return nil }
      parts.append(part)
      rest = rest[next.upperBound...]
    }
    guard rest.starts(with: "--".utf8) else { return nil }
  }

  func text(of name: String) -> String? { parts.first { $0.name == name }?.text }

  private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
    guard
      let line = head.split(separator: "\r\n").first(where: {
        $0.lowercased().hasPrefix("content-disposition:")
      }), let name = parameter("name", of: String(line))
    else { return nil }
    return Part(
      name: name, fileName: parameter("filename", of: String(line)),
      bytes: Array(bytes[end.upperBound...]))
  }

  /// A parameter of a header, with or without quotes.
  private static func parameter(_ name: String, of header: String) -> String? {
    for field in header.split(separator: ";").dropFirst() {
      let pair = field.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].drop(while: { $0 == " " }) == name else { continue }
      return pair[1].filter { $0 != "\"" }
    }
    return nil
  }
}
