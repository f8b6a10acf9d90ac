import JSON

/// Reads the answer of an Images API as it comes, whole or as a stream of events: the bytes of pictures
/// at once, the rest at the end of each JSON text.
///
/// Which of the two it is, its first byte tells: servers that know no stream answer whole. Of each text
/// only what is no picture is held. What is wrong with one event of a stream costs nothing of the others.
struct ImageAnswerReader {
  enum Output: Equatable {
    case bytes(Int, [UInt8])
    case answer(ImageAnswer)
    /// The text is an error in the place of an answer.
    case fault(ServerFault)
    /// The text is longer than is held of one, and is left out.
    case tooLong
  }

  /// The most bytes of a text that is no picture, and of a chat's, whose Markdown may hold some.
  private static let textLimit = 4 << 20
  private static let chatLimit = 64 << 20

  private enum Shape {
    case unknown
    case whole
    case events
  }

  private var shape = Shape.unknown
  private var extractor: Base64Extractor
  private let limit: Int
  /// The start of a line of a stream, until it shows whether it is data.
  private var line: [UInt8] = []
  private var isInData = false
  private var hasData = false
  /// A CR ended the last line, so that an LF that comes next belongs to it.
  private var skipsLineFeed = false
  /// Whether nothing more is read: an answer that is no stream is too long.
  var isOver: Bool { shape == .whole && extractor.isTooLong }

  /// A reader of the answer to `call`.
  init(of call: ImageRequest.Call) {
    limit = call == .chat ? Self.chatLimit : Self.textLimit
    extractor = Self.extractor(from: 0, limit: limit)
  }

  private static func extractor(from number: Int, limit: Int) -> Base64Extractor {
    Base64Extractor(
      names: ImageAnswer.base64Names, urlNames: ImageAnswer.urlNames, numberedFrom: number,
      limit: limit)
  }

  /// Takes more of the answer.
  mutating func feed(_ bytes: [UInt8]) -> [Output] {
    if shape == .unknown {
      guard let first = bytes.first(where: { !$0.isBlank }) else { return [] }
      let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
      shape = isJSON ? .whole : .events
    }
    guard shape == .events else {
      guard !isOver else { return [] }
      return extract(bytes[...]) + (isOver ? [.tooLong] : [])
    }
    var outputs: [Output] = []
    var rest = bytes[...]
    while !rest.isEmpty { outputs += feedLine(&rest) }
    return outputs
  }

  /// Ends the answer: what is still held is its last text.
  mutating func finish() -> [Output] { endText() }
}

extension ImageAnswerReader {
  private mutating func extract(_ bytes: ArraySlice<UInt8>) -> [Output] {
    bytes.withUnsafeBufferPointer { extractor.feed($0) }.map { .bytes($0.number, $0.bytes) }
  }

  /// Takes bytes up to the end of their line (WHATWG HTML §9.2.6); a blank line ends an event.
  private mutating func feedLine(_ rest: inout ArraySlice<UInt8>) -> [Output] {
    if skipsLineFeed, rest.first == lineFeed { rest = rest.dropFirst() }
    skipsLineFeed = false
    let end = rest.firstIndex { $0 == lineFeed || $0 == carriageReturn }
    skipsLineFeed = end.map { rest[$0] == carriageReturn } ?? false
    let piece = rest[..<(end ?? rest.endIndex)]
    rest = rest[(end.map { $0 + 1 } ?? rest.endIndex)...]
    var outputs = feed(piece: piece)
    guard end != nil else { return outputs }
    if !isInData, line.isEmpty { outputs += endText() }
    (line, isInData) = ([], false)
    return outputs
  }

  private mutating func feed(piece: ArraySlice<UInt8>) -> [Output] {
    guard !isInData else { return extract(piece) }
    let missing = Self.field.count - line.count
    line += piece.prefix(missing)
    guard line == Self.field else { return [] }
    (isInData, hasData) = (true, true)
    return extract(piece.dropFirst(missing))
  }

  private static let field = Array("data:".utf8)

  private mutating func endText() -> [Output] {
    guard shape == .whole || hasData, !isOver else { return [] }
    let text = extractor
    extractor = Self.extractor(from: text.nextNumber, limit: limit)
    hasData = false
    guard !text.isTooLong else { return [.tooLong] }
    guard let json = JSONValue(parsing: text.text) else { return [] }
    if let fault = ServerFault(json) { return [.fault(fault)] }
    let answer = ImageAnswer(json, damaged: text.damaged)
    let isEmpty = answer.pictures.isEmpty && answer.usage == nil && answer.words == nil
    return isEmpty ? [] : [.answer(answer)]
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}

private let lineFeed: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
