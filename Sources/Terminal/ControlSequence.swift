import Screen

/// A complete `ESC[` sequence, taken apart (ECMA-48 §5.4).
struct ControlSequence {
  /// `<`, `=`, `>`, `?`, or nil.
  private let prefix: UInt8?
  private let parameters: [Int]
  private let final: UInt8
  private let bytes: [UInt8]

  /// Takes a whole sequence with its introducer and final byte.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 3, let final = bytes.last else { return nil }
    let prefix = (0x3C...0x3F).contains(bytes[2]) ? bytes[2] : nil
    self.bytes = bytes
    self.prefix = prefix
    self.final = final
    parameters = bytes.dropFirst(prefix == nil ? 2 : 3).dropLast()
      .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
  }

  /// What the sequence says where it is no key.
  var event: TerminalEvent? {
    switch (prefix, final) {
    case (UInt8(ascii: "<"), UInt8(ascii: "M")), (UInt8(ascii: "<"), UInt8(ascii: "m")): mouse
    case (nil, UInt8(ascii: "I")) where bytes.count == 3: .focus(true)
    case (nil, UInt8(ascii: "O")) where bytes.count == 3: .focus(false)
    case (UInt8(ascii: "?"), UInt8(ascii: "c")): .answer(.attributes(parameters))
    case (UInt8(ascii: ">"), UInt8(ascii: "c")): .answer(.secondaryAttributes(parameters))
    case (nil, UInt8(ascii: "t")): windowReport
    case (.some, _): .answer(.other(bytes))
    case (nil, _): nil
    }
  }

  /// A report about the window (xterm, "Window manipulation"), which is no key.
  private var windowReport: TerminalEvent {
    guard parameters.count == 3, parameters[0] == 6, parameters[1] > 0, parameters[2] > 0 else {
      return .answer(.other(bytes))
    }
    return .answer(.cellSize(width: parameters[2], height: parameters[1]))
  }

  /// An SGR report (xterm, mode 1006).
  private var mouse: TerminalEvent? {
    guard parameters.count == 3 else { return .answer(.other(bytes)) }
    let point = Point(column: parameters[1] - 1, row: parameters[2] - 1)
    return Self.mouse(parameters[0], isRelease: final == UInt8(ascii: "m"), at: point)
  }

  /// A report of a terminal without SGR: `ESC[M` and three bytes, each 32 too large.
  static func oldMouse(_ bytes: [UInt8]) -> TerminalEvent? {
    let numbers = bytes.suffix(3).map { Int($0) - 32 }
    guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
    let isRelease = numbers[0] & 3 == 3 && numbers[0] < 64
    let point = Point(column: numbers[1] - 1, row: numbers[2] - 1)
    return mouse(isRelease ? 0 : numbers[0], isRelease: isRelease, at: point)
  }

  /// Bits 2 to 4 of the code are modifiers, 32 means motion, 64 the wheel.
  private static func mouse(_ code: Int, isRelease: Bool, at point: Point) -> TerminalEvent? {
    let button = code & ~(4 | 8 | 16 | 32)
    guard button < 64 else {
      // The wheel becomes a key without its place, which no binding could name.
      return isRelease || button > 65 ? nil : .key(Array("\u{1B}[<\(button)M".utf8))
    }
    let action: MouseEvent.Action =
      isRelease ? .release : code & 32 != 0 ? .drag : .press
    guard button < 3 else { return nil }
    return .mouse(MouseEvent(action, button: button, at: point))
  }
}

extension TerminalAnswer {
  /// Reads an OSC, DCS or APC string, given with its introducer and without its terminator.
  init(string bytes: [UInt8]) {
    let text = String(decoding: bytes.dropFirst(2), as: UTF8.self)
    if bytes.starts(with: Array("\u{1B}_G".utf8)) {
      self = .graphics(text.split(separator: ";", maxSplits: 1).last.map(String.init) ?? "")
    } else if bytes.starts(with: Array("\u{1B}P>|".utf8)) {
      self = .name(String(text.dropFirst(2)))
    } else if text.hasPrefix("1+r"), bytes.starts(with: Array("\u{1B}P".utf8)) {
      self = .capabilities(Self.capabilities(text.dropFirst(3)))
    } else if let color = Self.background(text) {
      self = color
    } else if let number = Self.paletteColour(text) {
      self = .paletteColour(number)
    } else {
      self = .other(bytes)
    }
  }

  /// Reads `436F=323536;…`: names and values in hexadecimal (xterm, XTGETTCAP).
  private static func capabilities(_ text: Substring) -> [String: String] {
    text.split(separator: ";").reduce(into: [:]) { result, pair in
      let parts = pair.split(separator: "=", maxSplits: 1).map(Self.decoded)
      if let name = parts.first { result[name] = parts.count > 1 ? parts[1] : "" }
    }
  }

  private static func decoded(_ digits: Substring) -> String {
    let values = digits.compactMap(\.hexDigitValue)
    let bytes = stride(from: 0, to: values.count - 1, by: 2).map {
      UInt8(values[$0] << 4 | values[$0 + 1])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads `4;255;rgb:…`: the number.
  private static func paletteColour(_ text: String) -> Int? {
    let parts = text.split(separator: ";")
    guard parts.count == 3, parts[0] == "4", parts[2].hasPrefix("rgb:") else { return nil }
    return Int(parts[1])
  }

  /// Reads `11;rgb:RRRR/GGGG/BBBB`, with one to four digits each (XParseColor).
  private static func background(_ text: String) -> Self? {
    let prefix = "11;rgb:"
    guard text.hasPrefix(prefix) else { return nil }
    let parts = text.dropFirst(prefix.count).split(separator: "/").compactMap { part -> UInt8? in
      guard (1...4).contains(part.count), let value = Int(part, radix: 16) else { return nil }
      return UInt8(value * 255 / ((1 << (4 * part.count)) - 1))
    }
    guard parts.count == 3 else { return nil }
    return .background(red: parts[0], green: parts[1], blue: parts[2])
  }
}
