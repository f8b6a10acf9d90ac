import Foundation
import Screen
import Terminal
import TerminalEmulator
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Everything that touches curses, which a process has only once: one test at a time.
@Suite(.serialized) struct CursesSuite {}

/// A renderer, and the emulator that shows what it writes.
final class Glass {
  private let entry: TerminfoEntry
  private let renderer: Renderer
  let emulator: TerminalEmulator
  private let descriptor: Int32
  private var offset: off_t = 0
  private var size: Size

  init(_ size: Size, terminal entry: TerminfoEntry = .xterm) throws {
    self.entry = entry
    setlocale(LC_ALL, "C.UTF-8")
    let folder = FileManager.default.temporaryDirectory
    var path = Array(folder.appending(path: "iris-XXXXXX").path.utf8CString)
    descriptor = mkstemp(&path)
    unlink(path)
    self.size = size
    emulator = TerminalEmulator(columns: size.columns, rows: size.rows)
    do {
      renderer = try Renderer(
        terminal: entry.name, input: descriptor, output: descriptor, size: size)
    } catch {
      Glibc.close(descriptor)
      throw error
    }
  }

  deinit { Glibc.close(descriptor) }

  var depth: Terminal.ColorDepth { renderer.depth }

  func draw(_ frame: Frame) { renderer.draw(frame) }

  func resize(to size: Size) {
    guard size != self.size else { return }
    self.size = size
    take()
    emulator.resize(columns: size.columns, rows: size.rows)
    renderer.resize(to: size)
  }

  func close() {
    renderer.close()
    take()
  }

  private func take() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = pread(descriptor, &buffer, buffer.count, offset), count > 0 {
      emulator.feed(buffer[..<count])
      offset += off_t(count)
    }
  }

  /// The first cell that is not as in a frame, in words; nil where all are.
  func difference(from frame: Frame) -> String? {
    take()
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        var wanted = frame.rows[row][column]
        wanted.style = entry.shown(wanted.style)
        let found = emulator.cell(row: row, column: column)
        if found.shows(wanted) { continue }
        return "row \(row), column \(column): \(found) instead of \(wanted)\n\(frame.snapshot)"
      }
    }
    guard let cursor = frame.cursor else {
      return emulator.isCursorVisible && entry.hidesCursor ? "a cursor" : nil
    }
    let isThere = emulator.cursor == (row: cursor.row, column: cursor.column)
    return isThere ? nil : "cursor at \(emulator.cursor) instead of \(cursor)"
  }
}

extension TerminalEmulator.Cell {
  /// Whether this is what a cell looks like on a terminal; of a blank only what can be seen counts.
  fileprivate func shows(_ cell: Screen.Cell) -> Bool {
    guard cell.width > 0 else { return text.isEmpty }
    let style = cell.style
    guard text == [cell].text, background == Self.colour(style.background),
      attributes.contains(.reverse) == style.attributes.contains(.reverse),
      attributes.contains(.underline) == style.attributes.contains(.underline)
    else { return false }
    if cell.base == " " { return true }
    return foreground == Self.colour(style.foreground)
      && attributes.contains(.bold) == style.attributes.contains(.bold)
      && attributes.contains(.italic) == style.attributes.contains(.italic)
  }

  private static func colour(_ colour: Screen.Color) -> TerminalEmulator.Color? {
    switch colour {
    case .standard: nil
    case .named(let index), .indexed(let index): .indexed(Int(index))
    case .rgb(let red, let green, let blue):
      .rgb(Int(red) << 16 | Int(green) << 8 | Int(blue))
    }
  }
}
