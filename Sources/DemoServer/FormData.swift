/// A form as it came (RFC 7578): its fields in order.
struct FormData {
  struct Field {
    let name: String
    let fileName: String?
    let bytes: ArraySlice<UInt8>

    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  let fields: [Field]

  /// Nil where the type names no boundary, or the bytes do not end with it.
  init?(_ body: [UInt8], contentType: String) {
    guard contentType.lowercased().hasPrefix("multipart/form-data"),
      let boundary = Self.parameter("boundary", of: contentType)
    else { return nil }
    let first = Array("--\(boundary)".utf8)
    // In front of each but the first: in the bytes of a file the boundary may stand by itself.
    let mark = Array("\r\n--\(boundary)".utf8)
    guard body.starts(with: first) else { return nil }
    var fields: [Field] = []
    var start = first.count
    while let end = body.firstPlace(of: mark, from: start) {
      guard let field = Self.field(body[start..<end]) else { return nil }
      fields.append(field)
      start = end + mark.count
    }
    guard body[start...].starts(with: "--".utf8) else { return nil }
    self.fields = fields
  }

  /// The first field of that name as text.
  subscript(name: String) -> String? { fields.first { $0.name == name }?.text }

  private static func field(_ bytes: ArraySlice<UInt8>) -> Field? {
    guard let end = Array(bytes).firstPlace(of: Array("\r\n\r\n".utf8), from: 0) else { return nil }
    let head = String(decoding: bytes.prefix(end), as: UTF8.self)
    guard let name = parameter("name", of: head) else { return nil }
    return Field(
      name: name, fileName: parameter("filename", of: head),
      bytes: bytes.dropFirst(end + 4))
  }

  /// The value behind `name=`, in quotes or not.
  private static func parameter(_ name: String, of text: String) -> String? {
    for part in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
      let trimmed = part.drop(while: \.isWhitespace)
      guard trimmed.hasPrefix(name + "=") else { continue }
      return String(trimmed.dropFirst(name.count + 1).filter { $0 != "\"" })
    }
    return nil
  }
}

extension [UInt8] {
  /// Where `pattern` stands first, at `start` or behind it.
  fileprivate func firstPlace(of pattern: [UInt8], from start: Int) -> Int? {
    guard let first = pattern.first, count >= pattern.count, start <= count - pattern.count else {
      return nil
    }
    for place in start...(count - pattern.count)
    where self[place] == first && self[place..<place + pattern.count].elementsEqual(pattern) {
      return place
    }
    return nil
  }
}
