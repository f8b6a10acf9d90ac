/// What a key does while a picture is marked.
package enum MaskKey: Equatable, Sendable {
  case input(MaskInput)
  /// Takes the mask.
  case accept
  /// Leaves without one.
  case leave

  /// The key of a sequence of bytes; nil for one that does nothing here.
  package init?(_ bytes: [UInt8]) {
    switch String(decoding: bytes, as: UTF8.self) {
    case "h", "\u{1B}[D", "\u{1B}OD": self = .input(.move(columns: -1, rows: 0))
    case "l", "\u{1B}[C", "\u{1B}OC": self = .input(.move(columns: 1, rows: 0))
    case "k", "\u{1B}[A", "\u{1B}OA": self = .input(.move(columns: 0, rows: -1))
    case "j", "\u{1B}[B", "\u{1B}OB": self = .input(.move(columns: 0, rows: 1))
    case "H": self = .input(.move(columns: -8, rows: 0))
    case "L": self = .input(.move(columns: 8, rows: 0))
    case "K", "\u{1B}[5~": self = .input(.move(columns: 0, rows: -4))
    case "J", "\u{1B}[6~": self = .input(.move(columns: 0, rows: 4))
    case " ": self = .input(.toggle)
    case "b": self = .input(.box)
    case "+", "=": self = .input(.grow)
    case "-": self = .input(.shrink)
    case "i": self = .input(.invert)
    case "c": self = .input(.clear)
    case "u": self = .input(.undo)
    case "\r", "\n": self = .accept
    case "\u{1B}", "q", "\u{3}": self = .leave
    default: return nil
    }
  }
}
