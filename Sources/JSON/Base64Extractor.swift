/// Takes strings of base64 out of a JSON text while it comes, and decodes them: of an answer of many
/// megabytes only what is no base64 is held.
///
/// A string is one of them where it is the value of a member of a name that is asked for, or a `data:`
/// URL that is the value of one of the other names. In ``text`` its number stands in its place, counted
/// from the first that was taken out. The grammar is not checked: who parses ``text`` does that.
package struct Base64Extractor: Sendable {
  /// Bytes of one of the strings, decoded.
  package struct Piece: Equatable, Sendable {
    /// The string's number, which stands in the text.
    package var number: Int
    package var bytes: [UInt8]
  }

  /// Why a text cannot be read on.
  package enum Fault: Error, Equatable {
    /// A string that should be base64 is none, or ends within a byte.
    case notBase64
    /// What is no base64 is longer than the limit.
    case tooLong
  }

  private enum State: Equatable {
    /// Outside of strings. Next: `string`, `opening`.
    case plain
    /// Inside a string that stays in the text. Next: `plain`.
    case string
    /// At the start of a string that may be taken out. Next: `letters`, `header`, `string`, `plain`.
    case opening
    /// Inside a `data:` URL, before its comma. Next: `letters`, `plain`.
    case header
    /// Inside base64. Next: `plain`.
    case letters
  }

  /// The text so far, with numbers in the place of the strings.
  package private(set) var text: [UInt8] = []
  /// How many strings were taken out.
  package private(set) var count: Int
  /// Why nothing more is read; the bytes before it were given out.
  package private(set) var fault: Fault?
  private let names: Set<String>
  private let urlNames: Set<String>
  private let limit: Int
  private var state = State.plain
  /// The bytes of an escape that is not whole, from its backslash on.
  private var escape: [UInt8] = []
  /// The last string, which is a name where a colon follows; at most ``longestName`` bytes.
  private var lastString: [UInt8] = []
  private var name: String?
  /// What of a string was held until it is known what it is.
  private var held: [UInt8] = []
  private var decoder = Base64Decoder()

  private static let longestName = 40
  private static let scheme = Array("data:".utf8)

  /// An extractor of the members called `names`, whose first string gets the number `start`; `limit`
  /// bounds the bytes of ``text``.
  package init(
    names: Set<String>, urlNames: Set<String> = [], numberedFrom start: Int = 0,
    limit: Int = 4 << 20
  ) {
    self.names = names
    self.urlNames = urlNames
    self.limit = limit
    count = start
  }

  /// Takes more of the text; the bytes that it completes, in order.
  ///
  /// At a fault the bytes before it are given out, and ``fault`` is set; nothing is read behind it.
  ///
  /// - Complexity: linear in the bytes fed.
  package mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) -> [Piece] {
    guard fault == nil else { return [] }
    var pieces: [Piece] = []
    do throws(Fault) { try take(bytes, into: &pieces) } catch { fault = error }
    return pieces
  }

  private mutating func take(
    _ bytes: UnsafeBufferPointer<UInt8>, into pieces: inout [Piece]
  ) throws(Fault) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if state == .letters, escape.isEmpty, byte != quote, byte != backslash {
        let rest = UnsafeBufferPointer(rebasing: bytes[index...])
        let end = rest.firstIndex { $0 == quote || $0 == backslash } ?? rest.count
        try decode(UnsafeBufferPointer(rebasing: rest[..<end]), into: &pieces)
        index += end
        continue
      }
      try take(byte, into: &pieces)
      index += 1
    }
    guard text.count <= limit else { throw .tooLong }
  }

  /// Takes more of the text; see ``feed(_:)-(UnsafeBufferPointer<UInt8>)``.
  package mutating func feed(_ bytes: [UInt8]) -> [Piece] {
    bytes.withUnsafeBufferPointer { feed($0) }
  }
}

extension Base64Extractor {
  private mutating func take(_ byte: UInt8, into pieces: inout [Piece]) throws(Fault) {
    if state != .plain, !escape.isEmpty || byte == backslash {
      escape.append(byte)
      return try endEscape(into: &pieces)
    }
    switch state {
    case .plain: takePlain(byte)
    case .string:
      text.append(byte)
      if byte == quote { state = .plain } else { remember(byte) }
    case .opening: try open(with: byte, into: &pieces)
    case .header: try skipHeader(byte, into: &pieces)
    case .letters: try closeLetters(into: &pieces)
    }
  }

  private mutating func takePlain(_ byte: UInt8) {
    switch byte {
    case quote:
      if let name, names.contains(name) || urlNames.contains(name) {
        state = .opening
        held = []
        return
      }
      state = .string
      lastString = []
    case UInt8(ascii: ":"): name = String(decoding: lastString, as: UTF8.self)
    case UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"),
      UInt8(ascii: "]"):
      name = nil
    default: break
    }
    text.append(byte)
  }

  private mutating func remember(_ byte: UInt8) {
    if lastString.count < Self.longestName { lastString.append(byte) }
  }

  /// The first bytes of a string that may be taken out: a scheme, base64, or a string that stays.
  private mutating func open(with byte: UInt8, into pieces: inout [Piece]) throws(Fault) {
    if byte != quote {
      held.append(byte)
      if held.count < Self.scheme.count { return }
    }
    let isData = held.map { $0 | 0x20 }.starts(with: Self.scheme)
    let isBase64 = name.map(names.contains) ?? false
    if isData {
      state = .header
      decoder = Base64Decoder()
    } else if isBase64, !held.isEmpty {
      state = .letters
      decoder = Base64Decoder()
      try decodeHeld(into: &pieces)
    } else {
      // A string that stays, also an empty one.
      text.append(quote)
      text += held
      state = .string
    }
    held = []
    if byte == quote { try take(byte, into: &pieces) }
  }

  private mutating func skipHeader(_ byte: UInt8, into pieces: inout [Piece]) throws(Fault) {
    if byte == UInt8(ascii: ",") { state = .letters }
    if byte == quote { throw .notBase64 }
  }

  private mutating func decodeHeld(into pieces: inout [Piece]) throws(Fault) {
    let letters = held
    try decode(letters, into: &pieces)
  }

  private mutating func decode(_ letters: [UInt8], into pieces: inout [Piece]) throws(Fault) {
    let decoded = letters.withUnsafeBufferPointer { decoder.decode($0) }
    try add(decoded, to: &pieces)
  }

  private mutating func decode(
    _ letters: UnsafeBufferPointer<UInt8>, into pieces: inout [Piece]
  ) throws(Fault) {
    let decoded = decoder.decode(letters)
    try add(decoded, to: &pieces)
  }

  private func add(_ bytes: [UInt8], to pieces: inout [Piece]) throws(Fault) {
    guard !decoder.hasFailed else { throw .notBase64 }
    if !bytes.isEmpty { pieces.append(Piece(number: count, bytes: bytes)) }
  }

  private mutating func closeLetters(into pieces: inout [Piece]) throws(Fault) {
    guard let rest = decoder.finish() else { throw .notBase64 }
    try add(rest, to: &pieces)
    text += String(count).utf8
    count += 1
    state = .plain
  }

  /// Takes an escape, once it is whole (RFC 8259 §7).
  private mutating func endEscape(into pieces: inout [Piece]) throws(Fault) {
    guard escape.count > 1, escape[1] != UInt8(ascii: "u") || escape.count == 6 else { return }
    defer { escape = [] }
    switch state {
    case .string: text += escape
    case .letters: try decode([Self.character(of: escape)], into: &pieces)
    case .opening:
      let byte = Self.character(of: escape)
      if name.map(names.contains) == true, byte != quote, byte != backslash {
        return try open(with: byte, into: &pieces)
      }
      held += escape
      text.append(quote)
      text += held
      (held, state) = ([], .string)
    case .header, .plain: break
    }
  }

  /// What an escape stands for; 0, which is no letter, for what is not ASCII.
  private static func character(of escape: [UInt8]) -> UInt8 {
    switch escape[1] {
    case UInt8(ascii: "u"):
      UInt8(String(decoding: escape[2...], as: UTF8.self), radix: 16) ?? 0
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): 0x20
    default: escape[1]
    }
  }
}

private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")
