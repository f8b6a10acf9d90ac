import ChatEngine
import ChatScreen
import Conversation
import Screen
import SeededNumbers
import Testing

@Suite struct LawTests {
  /// High enough for all that the tests write.
  private static let tall = 200

  @Test(arguments: 1...20)
  func `All letters of a reply are on the screen in their order`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let source = random.markdown(blocks: 6)
    for columns in [40, 60, 80, 200] {
      var stage = Stage(columns, Self.tall)
      stage.add(.assistant, source)
      let shown = Screenful(stage.draw()).letters
      #expect(shown.contains(inOrder: source.letters), "at \(columns) columns:\n\(source)")
    }
  }

  @Test(arguments: 1...20)
  func `All letters of a table are on the screen, whatever its width`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let source = random.table(columns: 1 + Int(seed % 12))
    for columns in [40, 60, 120] {
      var stage = Stage(columns, Self.tall)
      stage.add(.assistant, source)
      let shown = Screenful(stage.draw()).letters.counts
      let missing = source.letters.counts.filter { shown[$0.key, default: 0] < $0.value }
      #expect(missing.isEmpty, "at \(columns) columns: \(missing)\n\(source)")
    }
  }

  @Test(arguments: [Role.user, .system, .assistant])
  func `All letters of a source are on the screen`(_ role: Role) {
    var random = SeededGenerator(seed: 7)
    let source = random.markdown(blocks: 80)
    var stage = Stage(50, 8 * Self.tall)
    stage.add(role, source)
    stage.press(.raw)
    #expect(Screenful(stage.draw()).letters == source.letters)
  }

  @Test(arguments: [(40, 10), (80, 24)])
  func `Going down line by line shows every row of the whole`(_ size: (Int, Int)) {
    var random = SeededGenerator(seed: 3)
    let source = random.markdown(blocks: 30)
    var tall = Stage(size.0, 4 * Self.tall)
    tall.add(.assistant, source)
    let all = Array(Screenful(tall.draw()).rows.drop { $0.isEmpty }.reversed().drop { $0.isEmpty })
    var stage = Stage(size.0, size.1)
    stage.add(.assistant, source)
    _ = stage.draw()
    stage.press(.top)
    var rows: [String] = Screenful(stage.draw()).rows
    while stage.state.transcript.place != .bottom, rows.count < 4 * Self.tall {
      stage.press(.lineDown)
      rows.append(Screenful(stage.draw()).rows.last ?? "")
    }
    #expect(rows == all.reversed())
  }

  @Test(arguments: 1...6)
  func `A reply that arrived in bits looks as if it had come whole`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let source = random.markdown(blocks: 12)
    var stage = Stage(70, 200)
    let reply = stage.add(.assistant, "", status: .streaming)
    var rest = source[...]
    while !rest.isEmpty {
      stage.extend(reply, by: String(rest.prefix(1 + random.below(40))))
      rest = source.dropFirst(stage.state.conversation.messages[reply]?.text.count ?? 0)
      let anew = stage.drawAnew()
      let difference = stage.draw().difference(from: anew)
      #expect(difference == nil)
      guard difference == nil else { return }
    }
    stage.change(reply) { $0.status = .complete }
    var whole = Stage(70, 200)
    whole.add(.assistant, source)
    #expect(stage.draw().difference(from: whole.draw()) == nil)
  }
}
