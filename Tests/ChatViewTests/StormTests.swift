import ChatCore
import Conversation
import Language
import Screen
import SeededNumbers
import Terminal
import TerminalEmulator
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Random edits, scrolls and resizes: what curses leaves on a terminal is, cell by cell, the frame of
/// a view that redraws everything.
///
/// `IRIS_STORM_SEED` gives another seed than the one below; a failure names its own.
@Suite(.serialized) struct StormTests {
  private static let steps = 10_000

  private static var seed: UInt64 {
    getenv("IRIS_STORM_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_261_121
  }

  @Test func `After ten thousand steps and each of them every cell is right`() throws {
    var random = SeededGenerator(seed: Self.seed)
    var stage = Stage(50, 14)
    let glass = try Glass(columns: 50, rows: 14)
    defer { glass.close() }
    for step in 0..<Self.steps {
      if step.isMultiple(of: 100) { stage.begin(&random) }
      stage.step(&random)
      glass.resize(to: stage.state.surroundings.size)
      glass.renderer.draw(stage.draw())
      let difference = glass.difference(from: stage.drawAnew())
      #expect(difference == nil, "seed \(Self.seed), step \(step)")
      guard difference == nil else { return }
    }
  }
}

/// A renderer, and the emulator that shows what it writes.
private final class Glass {
  let renderer: Renderer
  private let emulator: TerminalEmulator
  private let descriptor: Int32
  private var offset: off_t = 0
  private var size: Size

  init(columns: Int, rows: Int) throws {
    setlocale(LC_ALL, "C.UTF-8")
    var path = Array("/tmp/iris-glass-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    unlink(path)
    size = Size(columns: columns, rows: rows)
    emulator = TerminalEmulator(columns: columns, rows: rows)
    renderer = try Renderer(
      terminal: "xterm-256color", input: descriptor, output: descriptor, size: size)
  }

  func resize(to size: Size) {
    guard size != self.size else { return }
    self.size = size
    take()
    emulator.resize(columns: size.columns, rows: size.rows)
    renderer.resize(to: size)
  }

  func close() { renderer.close() }

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
        let wanted = frame.rows[row][column]
        let found = emulator.cell(row: row, column: column)
        if found.shows(wanted) { continue }
        return "row \(row), column \(column): \(found) instead of \(wanted)\n\(frame.snapshot)"
      }
    }
    guard let cursor = frame.cursor else { return emulator.isCursorVisible ? "a cursor" : nil }
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

extension Stage {
  /// A new conversation in the place of the old one.
  fileprivate mutating func begin(_ random: inout SeededGenerator) {
    state.conversation = Conversation(
      id: state.conversation.id, created: state.conversation.created)
    state.overlay = nil
    state.transcript.find = nil
    state.transcript.place = .bottom
    for _ in 0...random.below(2) {
      add(.user, random.markdown(blocks: 1))
      add(.assistant, random.markdown(blocks: 1 + random.below(2)))
    }
  }

  /// One of the things that people, models and windows do.
  fileprivate mutating func step(_ random: inout SeededGenerator) {
    let keys = KeyAction.allCases
    switch random.below(20) {
    case 0...6: handle(.key(keys[random.below(keys.count)]))
    case 7, 8: resize(38 + random.below(40), 9 + random.below(12))
    case 9...11: type(String(random.markdown(blocks: 1).prefix(random.below(90))))
    case 12: enter(["/find 栈道", "/find wor", "/params", "/help", "/raw"][random.below(5)])
    case 13: state.notice = Notice(.warning, .verbatim(random.markdown(blocks: 1)))
    case 14: state.surroundings.language = random.below(2) == 0 ? .english : .simplifiedChinese
    case 15: add(.assistant, random.markdown(blocks: 1), status: .streaming)
    default: grow(&random)
    }
  }

  private mutating func grow(_ random: inout SeededGenerator) {
    guard let last = state.conversation.messages.leaf else { return }
    if random.below(4) == 0 {
      change(last) { $0.status = .complete }
    } else if state.conversation.messages[last]?.status == .streaming {
      extend(last, by: String(random.markdown(blocks: 1).prefix(1 + random.below(120))))
    }
  }
}
