/// Takes application program commands (APC, ECMA-48 §8.3.2) out of what a program writes.
///
/// Terminals ignore those that they do not know; libvterm 0.1.4 shows their text.
struct CommandFilter {
  private enum State {
    /// Next escape.
    case text
    /// An ESC that has not been passed on; next text or command.
    case escape
    /// Next commandEscape.
    case command
    /// An ESC within a command; next text or command.
    case commandEscape
  }

  private var state = State.text

  /// What is left of the bytes; an ESC at their end is held back until what follows is known.
  mutating func filtered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    for byte in bytes { consume(byte, into: &result) }
    return result
  }

  private mutating func consume(_ byte: UInt8, into result: inout [UInt8]) {
    let isEscape = byte == 0x1B
    switch state {
    case .text where isEscape: state = .escape
    case .text: result.append(byte)
    case .escape where byte == UInt8(ascii: "_"): state = .command
    case .escape:
      result.append(0x1B)
      state = isEscape ? .escape : .text
      if !isEscape { result.append(byte) }
    case .command: state = isEscape ? .commandEscape : .command
    case .commandEscape: state = byte == UInt8(ascii: "\\") ? .text : .command
    }
  }
}
