import Conversation

/// Reads the root element of an SVG (W3C SVG 2 §8.2, CSS Values 3 §6.2): how large it wants to be.
struct SVGHeader {
  /// How far the root element is looked for, in bytes: some programs write long comments before it.
  private static let maximumPrologue = 64 << 10
  /// A drawing has no pixels of its own: icons get as many as print needs, on their longer side.
  private static let leastSide = 1024.0

  private var text: Substring

  /// The drawing's header; nil for what is no SVG.
  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection? {
    let bytes = try reader.bytes(at: 0, count: maximumPrologue)
    // A character that is cut at the end is no reason to refuse the rest.
    var header = Self(text: Substring(String(decoding: bytes, as: UTF8.self)))
    guard header.skipPrologue(), let attributes = header.rootAttributes() else { return nil }
    return PictureInspection(
      format: .svg, storedSize: size(attributes), byteCount: reader.byteCount, layout: .rgb)
  }

  /// Goes to the root element; false where there is none.
  private mutating func skipPrologue() -> Bool {
    if text.first == "\u{FEFF}" { text.removeFirst() }
    while true {
      text = text.drop { $0.isWhitespace }
      if text.hasPrefix("<!--") {
        guard skip(past: "-->") else { return false }
      } else if text.hasPrefix("<?") {
        guard skip(past: "?>") else { return false }
      } else if text.hasPrefix("<!DOCTYPE") {
        guard skipDoctype() else { return false }
      } else {
        return text.hasPrefix("<")
      }
    }
  }

  private mutating func skip(past end: String) -> Bool {
    var rest = text
    while !rest.isEmpty {
      if rest.hasPrefix(end) {
        text = rest.dropFirst(end.count)
        return true
      }
      rest.removeFirst()
    }
    return false
  }

  /// A declaration may hold others in brackets (XML 1.0 §2.8).
  private mutating func skipDoctype() -> Bool {
    let head = text.prefix { $0 != ">" }
    return head.contains("[") ? skip(past: "]") && skip(past: ">") : skip(past: ">")
  }

  /// The attributes of an element `svg`, with or without a prefix; nil for any other.
  private mutating func rootAttributes() -> [Substring: Substring]? {
    text.removeFirst()
    let name = text.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
    guard name.split(separator: ":").last == "svg" else { return nil }
    text = text.dropFirst(name.count)
    var attributes: [Substring: Substring] = [:]
    while true {
      text = text.drop { $0.isWhitespace }
      let name = text.prefix { !$0.isWhitespace && $0 != "=" && $0 != ">" && $0 != "/" }
      text = text.dropFirst(name.count).drop { $0.isWhitespace }
      guard !name.isEmpty, text.first == "=" else { return attributes }
      text = text.dropFirst().drop { $0.isWhitespace }
      guard let quote = text.popFirst(), quote == "\"" || quote == "'" else { return attributes }
      let value = text.prefix { $0 != quote }
      text = text.dropFirst(value.count + 1)
      attributes[name] = value
    }
  }

  // MARK: - Size

  private static func size(_ attributes: [Substring: Substring]) -> PixelSize {
    let box = (attributes["viewBox"] ?? "").split { $0 == "," || $0.isWhitespace }
      .compactMap { Double($0) }
    let hasBox = box.count == 4 && box[2] > 0 && box[3] > 0
    let width = attributes["width"].flatMap(pixels)
    let height = attributes["height"].flatMap(pixels)
    // 300 × 150 is what browsers take (CSS 2 §10.3.2).
    let shape = hasBox ? (box[2], box[3]) : (width ?? 300, height ?? 150)
    let natural =
      switch (width, height) {
      case (let width?, let height?): (width, height)
      case (let width?, nil): (width, width * shape.1 / shape.0)
      case (nil, let height?): (height * shape.0 / shape.1, height)
      case (nil, nil): shape
      }
    let scale = max(1, leastSide / max(natural.0, natural.1, 1e-6))
    func side(_ length: Double) -> Int { Int(min(max(length * scale, 1), 70_000).rounded()) }
    return PixelSize(width: side(natural.0), height: side(natural.1))
  }

  /// A length in pixels of CSS; nil for none, or a share of what nobody knows.
  private static func pixels(_ length: Substring) -> Double? {
    let number = length.prefix { $0.isNumber || "+-.".contains($0) }
    let units = [
      "": 1, "px": 1, "pt": 4 / 3.0, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "em": 16,
      "ex": 8,
    ]
    let unit = length.dropFirst(number.count).filter { !$0.isWhitespace }.lowercased()
    guard let value = Double(number), value > 0, value.isFinite, let factor = units[unit] else {
      return nil
    }
    return value * factor
  }
}
