/// Cuts a terminal's input into complete keys, pastes, mouse reports and answers.
///
/// A value without a clock: bytes go in, events come out, and any split of the bytes gives the same
/// events. What is incomplete waits; the caller calls ``expire()`` when ``patience`` has passed since
/// the last byte. Every byte is looked at once, so a huge paste costs linear time. Sequences follow
/// ECMA-48 §5.4 and xterm's control sequences ("Mouse Tracking", "Bracketed Paste Mode").
package struct Tokenizer: Sendable {
  /// What the bytes in `pending` are the beginning of.
  private enum State: Hashable, Sendable {
    /// Nothing is pending.
    case ground
    /// A character that lacks this many bytes; then ground.
    case character(missing: Int)
    /// ESC alone; next a sequence, a string, or an Alt key.
    case escape
    /// ESC and the first byte of a character that lacks this many; then ground.
    case altCharacter(missing: Int)
    /// `ESC[` and parameters; then ground, or a paste.
    case controlSequence
    /// `ESC O`; then ground.
    case singleShift
    /// `ESC[M` or `ESC[[` and this many bytes to come; then ground.
    case fixed(missing: Int)
    /// ESC and a byte that may begin a string, or be an Alt key; then string or ground.
    case stringStart
    /// OSC, DCS or APC up to BEL or ST; then ground.
    case string
    /// Between `ESC[200~` and `ESC[201~`; then ground.
    case paste
  }

  private static let escape: UInt8 = 0x1B
  private static let pasteEnd = Array("\u{1B}[201~".utf8)
  /// What is longer than this is no answer to anything that we ask.
  private static let longestSequence = 4096

  private var state = State.ground
  private var pending: [UInt8] = []
  private var events: [TerminalEvent] = []

  package init() {}

  /// How long to wait for the rest of what is pending; nil when nothing is.
  package var patience: Duration? {
    switch state {
    case .ground: nil
    case .escape, .stringStart: .milliseconds(30)
    case .paste: .seconds(5)
    default: .milliseconds(500)
    }
  }

  /// Takes bytes and returns the events that they complete.
  package mutating func feed(_ bytes: some Collection<UInt8>) -> [TerminalEvent] {
    var rest = bytes[...]
    while let byte = rest.first {
      if state == .paste {
        rest = takePaste(rest)
      } else {
        consume(byte)
        rest = rest.dropFirst()
      }
    }
    return drain()
  }

  /// Gives up waiting: a lone ESC becomes a key, half a sequence is dropped.
  package mutating func expire() -> [TerminalEvent] {
    switch state {
    case .escape, .stringStart: emit(.key(pending))
    case .character: emit(.key(Self.replacement))
    case .paste: emit(.paste(Self.text(ofPaste: pending)))
    default: break
    }
    reset()
    return drain()
  }

  private mutating func drain() -> [TerminalEvent] {
    defer { events = [] }
    return events
  }

  private mutating func emit(_ event: TerminalEvent?) {
    if let event { events.append(event) }
  }

  private mutating func reset(to state: State = .ground) {
    self.state = state
    pending.removeAll(keepingCapacity: pending.capacity <= Self.longestSequence)
  }

  /// Ends what is pending as `event`.
  private mutating func finish(_ event: TerminalEvent?) {
    emit(event)
    reset()
  }
}

// MARK: - Bytes

extension Tokenizer {
  private mutating func consume(_ byte: UInt8) {
    switch state {
    case .ground: begin(byte)
    case .character(let missing): continueCharacter(byte, missing: missing, isAlt: false)
    case .altCharacter(let missing): continueCharacter(byte, missing: missing, isAlt: true)
    case .escape: continueEscape(byte)
    case .controlSequence: continueControlSequence(byte)
    case .singleShift: continueSingleShift(byte)
    case .fixed(let missing): continueFixed(byte, missing: missing)
    case .stringStart: continueStringStart(byte)
    case .string: continueString(byte)
    case .paste: _ = takePaste(CollectionOfOne(byte)[...])
    }
  }

  private mutating func begin(_ byte: UInt8) {
    pending.append(byte)
    if byte == Self.escape {
      state = .escape
    } else if byte < 0x80 {
      finish(.key(pending))
    } else if let missing = Self.continuationBytes(after: byte) {
      state = .character(missing: missing)
    } else {
      finish(.key(Self.replacement))
    }
  }

  private mutating func continueCharacter(_ byte: UInt8, missing: Int, isAlt: Bool) {
    guard byte & 0xC0 == 0x80 else {
      finish(isAlt ? nil : .key(Self.replacement))
      return begin(byte)
    }
    pending.append(byte)
    guard missing == 1 else {
      state = isAlt ? .altCharacter(missing: missing - 1) : .character(missing: missing - 1)
      return
    }
    let isValid = String(validating: pending, as: UTF8.self) != nil
    finish(isValid ? .key(pending) : isAlt ? nil : .key(Self.replacement))
  }

  private mutating func continueEscape(_ byte: UInt8) {
    if byte == Self.escape { return emit(.key(pending)) }
    pending.append(byte)
    switch byte {
    case UInt8(ascii: "["): state = .controlSequence
    case UInt8(ascii: "O"): state = .singleShift
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"): state = .stringStart
    case 0x80...:
      guard let missing = Self.continuationBytes(after: byte) else { return reset() }
      state = .altCharacter(missing: missing)
    default: finish(.key(pending))
    }
  }

  private mutating func continueControlSequence(_ byte: UInt8) {
    guard byte != Self.escape else { return restart(byte) }
    pending.append(byte)
    if pending.count == 3, byte == UInt8(ascii: "[") {
      state = .fixed(missing: 1)
    } else if pending.count == 3, byte == UInt8(ascii: "M") {
      state = .fixed(missing: 3)
    } else if (0x40...0x7E).contains(byte) {
      endControlSequence()
    } else if !(0x20...0x3F).contains(byte) || pending.count > Self.longestSequence {
      reset()
    }
  }

  private mutating func endControlSequence() {
    if pending == Array("\u{1B}[200~".utf8) {
      reset(to: .paste)
    } else {
      finish(ControlSequence(pending)?.event ?? .key(pending))
    }
  }

  private mutating func continueSingleShift(_ byte: UInt8) {
    guard byte != Self.escape else { return restart(byte) }
    pending.append(byte)
    finish((0x20...0x7E).contains(byte) ? .key(pending) : nil)
  }

  private mutating func continueFixed(_ byte: UInt8, missing: Int) {
    pending.append(byte)
    guard missing == 1 else {
      state = .fixed(missing: missing - 1)
      return
    }
    let isMouse = pending.count == 6
    finish(isMouse ? ControlSequence.oldMouse(pending) : .key(pending))
  }

  /// Drops what is pending and begins again with an ESC.
  private mutating func restart(_ byte: UInt8) {
    reset()
    begin(byte)
  }
}

// MARK: - Strings and pastes

extension Tokenizer {
  /// `ESC ]`, `ESC P` and `ESC _` are Alt keys too: only what follows an answer's form is a string.
  private mutating func continueStringStart(_ byte: UInt8) {
    let begins: Bool
    switch pending.last {
    case UInt8(ascii: "]"): begins = (0x30...0x39).contains(byte)
    case UInt8(ascii: "_"): begins = byte == UInt8(ascii: "G")
    default: begins = (0x30...0x3F).contains(byte) || byte == UInt8(ascii: "!")
    }
    guard begins else {
      finish(.key(pending))
      return begin(byte)
    }
    pending.append(byte)
    state = .string
  }

  private mutating func continueString(_ byte: UInt8) {
    if pending.last == Self.escape {
      guard byte == UInt8(ascii: "\\") else {
        reset()
        begin(Self.escape)
        return consume(byte)
      }
      pending.removeLast()
      return finish(.answer(TerminalAnswer(string: pending)))
    }
    if byte == 0x07 { return finish(.answer(TerminalAnswer(string: pending))) }
    if pending.count < Self.longestSequence || byte == Self.escape { pending.append(byte) }
  }

  /// Takes bytes up to the next `~`, which may end the paste, and returns the rest.
  private mutating func takePaste<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
    let tilde = bytes.firstIndex(of: UInt8(ascii: "~"))
    let end = tilde.map(bytes.index(after:)) ?? bytes.endIndex
    pending += bytes[..<end]
    if tilde != nil, pending.suffix(Self.pasteEnd.count) == Self.pasteEnd[...] {
      finish(.paste(Self.text(ofPaste: pending.dropLast(Self.pasteEnd.count))))
    }
    return bytes[end...]
  }

  /// The text of a paste with `\n` for each end of a line and no other control characters but tabs.
  static func text(ofPaste bytes: some Sequence<UInt8>) -> String {
    var result: [UInt8] = []
    var previous: UInt8 = 0
    for byte in bytes {
      defer { previous = byte }
      switch byte {
      case 0x0D: result.append(0x0A)
      case 0x0A: if previous != 0x0D { result.append(byte) }
      case 0x09, 0x20...0x7E, 0x80...: result.append(byte)
      default: break
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// U+FFFD, which stands for bytes that are no text.
  private static let replacement = Array("\u{FFFD}".utf8)

  /// How many bytes follow the first byte of a character; nil where none can begin with it.
  private static func continuationBytes(after byte: UInt8) -> Int? {
    switch byte {
    case 0xC2...0xDF: 1
    case 0xE0...0xEF: 2
    case 0xF0...0xF4: 3
    default: nil
    }
  }
}
