import Screen
import Terminal
import TerminalEmulator

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A renderer whose output, through a temporary file, an emulator shows.
final class Stage {
  let renderer: Renderer
  private let descriptor: Int32
  private let input: Int32
  private let screen: TerminalEmulator
  private var offset: off_t = 0
  /// What the emulator is shown in the place of characters that it takes to be narrow.
  private let standIns: [Unicode.Scalar: Unicode.Scalar]

  init(
    terminal: String = "xterm-256color", columns: Int = 80, rows: Int = 24,
    colours: Renderer.Colours = .terminfo, standIns: [Unicode.Scalar: Unicode.Scalar] = [:]
  ) throws {
    self.standIns = standIns
    screen = TerminalEmulator(columns: columns, rows: rows)
    var path = TemporaryPath.template("stage")
    descriptor = mkstemp(&path)
    unlink(path)
    input = open("/dev/null", O_RDONLY)
    setlocale(LC_ALL, "C.UTF-8")
    do {
      renderer = try Renderer(
        terminal: terminal, input: input, output: descriptor,
        size: Size(columns: columns, rows: rows), colours: colours)
    } catch {
      Glibc.close(descriptor)
      Glibc.close(input)
      throw error
    }
  }

  /// The emulator after everything that was written.
  var emulator: TerminalEmulator {
    takeOutput()
    return screen
  }

  /// Shows what was written since the last call, and returns it.
  @discardableResult func takeOutput() -> [UInt8] {
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = pread(descriptor, &buffer, buffer.count, offset), count > 0 {
      output += buffer[..<count]
      offset += off_t(count)
    }
    screen.feed(standIns.isEmpty ? output : replaced(output))
    return output
  }

  private func replaced(_ output: [UInt8]) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for scalar in String(decoding: output, as: UTF8.self).unicodeScalars {
      text.append(standIns[scalar] ?? scalar)
    }
    return Array(String(text).utf8)
  }

  func resize(columns: Int, rows: Int) {
    takeOutput()
    screen.resize(columns: columns, rows: rows)
    renderer.resize(to: Size(columns: columns, rows: rows))
  }

  func close() {
    renderer.close()
    takeOutput()
    Glibc.close(descriptor)
    Glibc.close(input)
  }

  /// A frame of plain text; Chinese characters take two columns.
  func frame(_ lines: [String], cursor: Point? = nil) -> Frame {
    var frame = Frame(size: Size(columns: screen.columns, rows: screen.rows))
    for (row, line) in lines.enumerated() {
      frame.write(
        line.unicodeScalars.map { Cell($0, width: (0x2E80...0xFFDC).contains($0.value) ? 2 : 1) },
        row: row)
    }
    frame.cursor = cursor
    return frame
  }
}
