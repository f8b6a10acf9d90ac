/// Takes strings of base64 out of a JSON text while it comes, and decodes them: of an answer of many
/// megabytes only what is no base64 is held.
///
/// A string is one of them where it is the value of a member of a name that is asked for, or a `data:`
/// URL that is the value of one of the other names. In ``text`` its number stands in its place, counted
/// from the first that was taken out. What should be base64 and is none is taken out as well, up to its
/// closing quote, and its number is among the ``damaged``. The grammar is not checked: who parses
/// ``text`` does that.
package struct Base64Extractor: Sendable {
  /// Bytes of one of the strings, decoded.
  package struct Piece: Equatable, Sendable {
    /// The string's number, which stands in the text.
    package var number: Int
    package var bytes: [UInt8]
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
    /// Inside base64. Next: `damaged`, `plain`.
    case letters
    /// Inside what proved to be no base64, before its closing quote. Next: `plain`.
    case damaged
  }

  /// The text so far, with numbers in the place of the strings.
  package private(set) var text: [UInt8] = []
  /// How many strings were taken out.
  package private(set) var count: Int
  /// The numbers of strings that should be base64 and are none, or end within a byte; what of them came
  /// before that was given out.
  package private(set) var damaged: Set<Int> = []
  /// Whether what is no base64 is longer than the limit: nothing more is read.
  package private(set) var isTooLong = false
  /// The number that no string has, also where the text ended within one.
  package var nextNumber: Int { [.letters, .damaged].contains(state) ? count + 1 : count }
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
  /// - Complexity: linear in the bytes fed.
  package mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) -> [Piece] {
    var pieces: [Piece] = []
    var index = 0
    while index < bytes.count, !isTooLong {
      let byte = bytes[index]
      if state == .letters, escape.isEmpty, byte != quote, byte != backslash {
        let rest = UnsafeBufferPointer(rebasing: bytes[index...])
        let end = rest.firstIndex { $0 == quote || $0 == backslash } ?? rest.count
        decode(UnsafeBufferPointer(rebasing: rest[..<end]), into: &pieces)
        index += end
        continue
      }
      take(byte, into: &pieces)
      index += 1
    }
    isTooLong = isTooLong || text.count > limit
    return pieces
  }

  /// Takes more of the text; see ``feed(_:)-(UnsafeBufferPointer<UInt8>)``.
  package mutating func feed(_ bytes: [UInt8]) -> [Piece] {
    bytes.withUnsafeBufferPointer { feed($0) }
  }

  /// Gives out the text so far, which is not held any longer; a string that goes on stays.
  package mutating func takeText() -> [UInt8] {
    defer { text = [] }
    return text
  }

  /// Ends a line of a stream, in which no JSON string goes on (RFC 8259 §7): one that has no closing quote
  /// ends here, so that what comes behind it is read from its start.
  package mutating func endLine() {
    switch state {
    case .letters, .header, .damaged:
      damaged.insert(count)
      close()
    case .opening:
      text.append(quote)
      text += held
      held = []
    case .plain, .string: break
    }
    text += escape
    (escape, lastString, name, state) = ([], [], nil, .plain)
  }
}

extension Base64Extractor {
  private mutating func take(_ byte: UInt8, into pieces: inout [Piece]) {
    if state != .plain, !escape.isEmpty || byte == backslash {
      escape.append(byte)
      return endEscape(into: &pieces)
    }
    switch state {
    case .plain: takePlain(byte)
    case .string:
      text.append(byte)
      if byte == quote { state = .plain } else { remember(byte) }
    case .opening: open(with: byte, into: &pieces)
    case .header: skipHeader(byte)
    case .letters: closeLetters(into: &pieces)
    case .damaged: if byte == quote { close() }
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
  private mutating func open(with byte: UInt8, into pieces: inout [Piece]) {
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
      decodeHeld(into: &pieces)
    } else {
      // A string that stays, also an empty one.
      text.append(quote)
      text += held
      state = .string
    }
    held = []
    if byte == quote { take(byte, into: &pieces) }
  }

  private mutating func skipHeader(_ byte: UInt8) {
    if byte == UInt8(ascii: ",") { state = .letters }
    guard byte == quote else { return }
    damaged.insert(count)
    close()
  }

  private mutating func decodeHeld(into pieces: inout [Piece]) {
    let letters = held
    decode(letters, into: &pieces)
  }

  private mutating func decode(_ letters: [UInt8], into pieces: inout [Piece]) {
    let decoded = letters.withUnsafeBufferPointer { decoder.decode($0) }
    add(decoded, to: &pieces)
  }

  private mutating func decode(
    _ letters: UnsafeBufferPointer<UInt8>, into pieces: inout [Piece]
  ) {
    let decoded = decoder.decode(letters)
    add(decoded, to: &pieces)
  }

  /// Gives out what was decoded; where that failed, only the end of the string is looked for.
  private mutating func add(_ bytes: [UInt8], to pieces: inout [Piece]) {
    if !bytes.isEmpty { pieces.append(Piece(number: count, bytes: bytes)) }
    guard decoder.hasFailed else { return }
    damaged.insert(count)
    state = .damaged
  }

  private mutating func closeLetters(into pieces: inout [Piece]) {
    if let rest = decoder.finish() {
      add(rest, to: &pieces)
    } else {
      damaged.insert(count)
    }
    close()
  }

  /// Ends a string that is taken out.
  private mutating func close() {
    text += String(count).utf8
    count += 1
    state = .plain
  }

  /// Takes an escape, once it is whole (RFC 8259 §7).
  private mutating func endEscape(into pieces: inout [Piece]) {
    guard escape.count > 1, escape[1] != UInt8(ascii: "u") || escape.count == 6 else { return }
    defer { escape = [] }
    switch state {
    case .string: text += escape
    case .letters: decode([Self.character(of: escape)], into: &pieces)
    case .opening:
      let byte = Self.character(of: escape)
      if name.map(names.contains) == true, byte != quote, byte != backslash {
        return open(with: byte, into: &pieces)
      }
      held += escape
      text.append(quote)
      text += held
      (held, state) = ([], .string)
    case .header, .damaged, .plain: break
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
