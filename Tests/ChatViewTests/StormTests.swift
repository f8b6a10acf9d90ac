import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen
import SeededNumbers
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension CursesSuite {
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
      let glass = try Glass(Size(columns: 50, rows: 14))
      defer { glass.close() }
      for step in 0..<Self.steps {
        if step.isMultiple(of: 100) { stage.begin(&random) }
        stage.step(&random)
        glass.resize(to: stage.state.capabilities.size)
        glass.draw(stage.draw())
        let difference = glass.difference(from: stage.drawAnew())
        #expect(difference == nil, "seed \(Self.seed), step \(step)")
        guard difference == nil else { return }
      }
    }
  }
}

extension Stage {
  /// A new conversation in the place of the old one.
  fileprivate mutating func begin(_ random: inout SeededGenerator) {
    conversation = Conversation(
      id: state.conversation.id, created: state.conversation.created)
    state = state.with(transcript: TranscriptState(), overlays: OverlayStack(), notice: notice)
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
    case 13: notice = Notice(.warning, .verbatim(random.markdown(blocks: 1)))
    case 14: capabilities.language = random.below(2) == 0 ? .english : .simplifiedChinese
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
