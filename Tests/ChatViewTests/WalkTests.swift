import ChatEngine
import ChatScreen
import Conversation
import Screen
import SeededNumbers
import Testing

/// Random walks through a conversation: what is drawn never depends on what was drawn before.
@Suite struct WalkTests {
  @Test(arguments: 1...8)
  func `After any keys, resizes and news a new view draws the same`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var stage = Stage(80, 24)
    stage.fill(with: &random)
    for step in 0..<250 {
      stage.step(&random)
      let anew = stage.drawAnew()
      let frame = stage.draw()
      #expect(frame.difference(from: anew) == nil, "step \(step)")
      guard frame == anew else { return }
    }
  }

  @Test func `A resize keeps the text at the top, and so does one back`() {
    var stage = Stage(80, 24)
    stage.add(.user, (0..<4000).map { "w\($0)" }.joined(separator: " "))
    _ = stage.draw()
    stage.press(.pageUp, .pageUp, .lineUp)
    let before = stage.draw()
    let word = Screenful(before).rows[0].split(separator: " ").first ?? "none"
    for columns in [40, 41, 59, 61, 120, 200, 43] {
      stage.resize(columns, 24)
      let words = Screenful(stage.draw()).rows[0].split(separator: " ")
      #expect(words.contains(word), "at \(columns) columns")
    }
    stage.resize(80, 24)
    #expect(stage.draw().difference(from: before) == nil)
  }

  @Test func `On a narrow screen the mark shortens what is going on, and tears no word`() {
    var stage = Stage(40, 10)
    stage.add(.user, "Tell me everything.")
    stage.reply(.text(String(repeating: "more words ", count: 400)))
    #expect(stage.draw().snapshot.contains("streaming"))
    stage.press(.pageUp)
    let screen = stage.draw().snapshot
    #expect(screen.contains("more below "))
    #expect(screen.contains(" ◐ 0 s ─"))
    #expect(!screen.contains("stops"))
  }

  @Test(arguments: [(40, 10), (80, 24)])
  func `Behind a page or a list the place of the transcript is not told`(size: (Int, Int)) {
    var stage = Stage(size.0, size.1)
    for number in 1...30 { stage.add(.user, "message \(number)\nsecond line") }
    _ = stage.draw()
    stage.press(.pageUp)
    #expect(stage.draw().snapshot.contains("more below"))
    for line in ["/help", "/models"] {
      stage.enter(line)
      let screen = stage.draw().snapshot
      #expect(!screen.contains("more below"), "\(screen)")
      #expect(screen.contains(line == "/help" ? " / filters, Esc closes ──" : " Esc leaves ──"))
      stage.press(.cancel)
    }
    #expect(stage.draw().snapshot.contains("more below"))
  }

  @Test func `A short title leaves a remark the rest of its row`() {
    var stage = Stage(40, 10)
    let summary = ConversationSummary(
      id: ConversationID(rawValue: 7), name: nil, title: "talk",
      updated: Timestamp(milliseconds: 0),
      messageCount: 2, pictureCount: 0, model: "gpt-4o-mini-2024")
    stage.enter("/list")
    stage.handle(.store(.listed([summary])))
    #expect(stage.draw().snapshot.contains("talk"))
    #expect(stage.draw().snapshot.contains("2 · gpt-4o-mini-2024 · now"))
  }

  @Test func `On a narrow screen a message of one row has its number as well`() {
    var stage = Stage(40, 10)
    stage.add(.user, "Hello")
    stage.add(.assistant, "Good day.")
    let rows = stage.draw().snapshot.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    let first = rows.firstIndex { $0.contains("you Hello") }
    #expect(first.map { rows[$0 + 1].contains("1") && rows[$0 + 2].contains("iris Good") } == true)
  }

  @Test func `New text does not move what is read, and a mark says that there is more`() {
    var stage = Stage(80, 24)
    stage.add(.user, "Tell me everything.")
    let reply = stage.add(.assistant, "word ", status: .streaming)
    stage.extend(reply, by: String(repeating: "more words ", count: 400))
    _ = stage.draw()
    stage.press(.pageUp)
    let before = Screenful(stage.draw()).rows
    for _ in 0..<20 {
      stage.extend(reply, by: String(repeating: "and more ", count: 30))
      let frame = stage.draw()
      #expect(Screenful(frame).rows == before)
      #expect(frame.snapshot.contains("more below"))
    }
    stage.press(.bottom)
    #expect(!stage.draw().snapshot.contains("more below"))
  }

  @Test func `Each key of the transcript goes where it says`() {
    var stage = Stage(80, 24)
    for number in 1...30 { stage.add(.user, "message \(number)\nsecond line") }
    #expect(Screenful(stage.draw()).rows.last == "second line")
    stage.press(.messageUp)
    #expect(Screenful(stage.draw()).rows[0] == "message 23")
    stage.press(.messageDown, .messageDown)
    #expect(stage.state.transcript.place == .bottom)
    stage.press(.top)
    #expect(Screenful(stage.draw()).rows[0] == "message 1")
    stage.press(.lineDown)
    #expect(Screenful(stage.draw()).rows[0] == "second line")
    stage.press(.messageUp)
    #expect(Screenful(stage.draw()).rows[0] == "message 1")
    stage.press(.pageDown, .pageUp)
    #expect(Screenful(stage.draw()).rows[0] == "message 1")
  }
}

extension Stage {
  fileprivate mutating func fill(with random: inout SeededGenerator) {
    conversation.instructions = random.markdown(blocks: 1)
    for _ in 0..<12 {
      add(.user, random.markdown(blocks: 1))
      let reply = add(.assistant, random.markdown(blocks: 5))
      change(reply) { $0.parts.insert(.reasoning(random.markdown(blocks: 2)), at: 0) }
    }
  }

  /// Does one of the things that happen.
  fileprivate mutating func step(_ random: inout SeededGenerator) {
    let moves: [KeyAction] = [
      .pageUp, .pageUp, .pageDown, .lineUp, .lineDown, .wheelUp, .wheelDown, .messageUp,
      .messageDown, .top, .bottom, .findNext, .findPrevious, .select, .left, .right, .wordLeft,
      .wordRight, .up, .down,
    ]
    switch random.below(20) {
    case 0...10: handle(.key(moves[random.below(moves.count)]))
    case 11...13: resize(30 + random.below(70), 8 + random.below(28))
    case 14: handle(.key(random.below(2) == 0 ? .raw : .foldReasoning))
    case 15: enter(random.below(2) == 0 ? "/find 栈道" : "/find wor")
    case 16: handle(.key(.cancel))
    case 17: type(random.markdown(blocks: random.below(2)))
    case 18: add(.assistant, random.markdown(blocks: 1), status: .streaming)
    default:
      guard let last = state.conversation.messages.leaf else { return }
      if random.below(3) == 0 {
        change(last) { $0.status = .complete }
      } else if state.conversation.messages[last]?.status == .streaming {
        extend(last, by: random.markdown(blocks: 1))
      }
    }
  }
}
