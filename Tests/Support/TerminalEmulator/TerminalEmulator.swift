import CVTerm

/// A terminal in the test's own process: bytes go in, the screen can be read.
///
/// libvterm does the work; characters that are newer than Unicode 13 may be one column too narrow.
package final class TerminalEmulator {
  /// A character cell as a reader would describe it.
  package struct Cell: Hashable, Sendable {
    /// The characters, a space where nothing was written; empty for the right half of a wide cell.
    package var text: String
    /// 1 or 2; 0 for the right half of a wide cell.
    package var width: Int
    package var attributes: Attributes
    /// nil is the terminal's own colour.
    package var foreground: Color?
    package var background: Color?
  }

  package enum Color: Hashable, Sendable {
    case indexed(Int)
    case rgb(Int)
  }

  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    package static let bold = Self(rawValue: 1)
    package static let italic = Self(rawValue: 4)
    package static let underline = Self(rawValue: 8)
    package static let reverse = Self(rawValue: 16)
    package static let strikethrough = Self(rawValue: 32)
  }

  package private(set) var columns: Int
  package private(set) var rows: Int
  let screen: OpaquePointer
  private var filter = CommandFilter()

  /// Traps where memory for the screen runs out.
  package init(columns: Int = 80, rows: Int = 24) {
    guard let screen = cv_open(Int32(columns), Int32(rows)) else {
      preconditionFailure("no memory for a terminal of \(columns)×\(rows)")
    }
    self.screen = screen
    self.columns = columns
    self.rows = rows
  }

  deinit { cv_close(screen) }

  /// Takes what a program writes.
  package func feed(_ bytes: some Sequence<UInt8>) {
    let buffer = filter.filtered(bytes).map { CChar(bitPattern: $0) }
    cv_feed(screen, buffer, buffer.count)
  }

  package func resize(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cv_resize(screen, Int32(columns), Int32(rows))
  }

  /// What the terminal sends to the program: answers to questions, and keys that were pressed.
  package func takeOutput() -> [UInt8] {
    var output: [UInt8] = []
    var buffer = [CChar](repeating: 0, count: 512)
    while true {
      let count = cv_take_output(screen, &buffer, buffer.count)
      guard count > 0 else { return output }
      output += buffer[..<count].map { UInt8(bitPattern: $0) }
    }
  }
}

// MARK: - Reading

extension TerminalEmulator {
  package func cell(row: Int, column: Int) -> Cell {
    var found = cv_cell()
    cv_cell_at(screen, Int32(row), Int32(column), &found)
    return Cell(
      text: Self.text(of: found), width: Int(found.width),
      attributes: Attributes(rawValue: found.attributes),
      foreground: Self.color(found.foreground), background: Self.color(found.background))
  }

  /// A row's text without the blanks at its end.
  package func text(row: Int) -> String {
    var text = (0..<columns).map { cell(row: row, column: $0).text }.joined()
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  /// The whole screen, a line for each row, without the empty rows at its end.
  package var text: String {
    var lines = (0..<rows).map { text(row: $0) }
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  package var title: String { String(cString: cv_title(screen)) }
  package var cursor: (row: Int, column: Int) {
    let state = cv_state_of(screen)
    return (Int(state.row), Int(state.column))
  }
  package var isCursorVisible: Bool { cv_state_of(screen).is_visible }
  package var isAlternateScreen: Bool { cv_state_of(screen).is_alternate }
  package var reportsMouse: Bool { cv_state_of(screen).mouse > 0 }
  package var hasBracketedPaste: Bool { cv_has_bracketed_paste(screen) }
  package var bells: Int { Int(cv_state_of(screen).bells) }

  private static func text(of cell: cv_cell) -> String {
    guard cell.width > 0 else { return "" }
    if cell.characters.0 == 0 { return " " }
    if cell.characters.1 == 0 { return String(Unicode.Scalar(cell.characters.0) ?? "\u{FFFD}") }
    var text = String.UnicodeScalarView()
    withUnsafeBytes(of: cell.characters) { bytes in
      for value in bytes.bindMemory(to: UInt32.self).prefix(while: { $0 != 0 }) {
        text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      }
    }
    return String(text)
  }

  private static func color(_ number: Int32) -> Color? {
    if number < 0 { return nil }
    return number < 0x1000000 ? .indexed(Int(number)) : .rgb(Int(number) & 0xFF_FFFF)
  }
}
