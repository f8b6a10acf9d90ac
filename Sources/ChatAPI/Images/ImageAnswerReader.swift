import JSON

/// Reads the answer of an Images API as it comes, whole or as a stream of events: the bytes of pictures
/// at once, the rest at the end of each JSON text.
///
/// Which of the two it is, its first byte tells: servers that know no stream answer whole. Of each text
/// only what is no picture is held.
struct ImageAnswerReader {
  enum Output: Equatable {
    case bytes(Int, [UInt8])
    case answer(ImageAnswer)
    /// The text is an error in the place of an answer.
    case fault(ServerFault)
    /// Nothing more is read, for this reason.
    case unreadable(Base64Extractor.Fault)
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

  /// Takes more of the answer; behind `unreadable` nothing follows.
  mutating func feed(_ bytes: [UInt8]) -> [Output] {
    guard extractor.fault == nil else { return [] }
    let outputs = read(bytes)
    return outputs + (extractor.fault.map { [.unreadable($0)] } ?? [])
  }

  private mutating func read(_ bytes: [UInt8]) -> [Output] {
    if shape == .unknown {
      guard let first = bytes.first(where: { !$0.isBlank }) else { return [] }
      let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
      shape = isJSON ? .whole : .events
    }
    guard shape == .events else { return extract(bytes[...]) }
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
    defer {
      if extractor.fault == nil {
        extractor = Self.extractor(from: extractor.count, limit: limit)
      }
      hasData = false
    }
    guard shape == .whole || hasData, let json = JSONValue(parsing: extractor.text) else {
      return []
    }
    if let fault = ServerFault(json) { return [.fault(fault)] }
    let answer = ImageAnswer(json)
    let isEmpty = answer.pictures.isEmpty && answer.usage == nil && answer.words == nil
    return isEmpty ? [] : [.answer(answer)]
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}

private let lineFeed: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
