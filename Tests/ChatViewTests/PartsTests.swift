import ChatEngine
import ChatScreen
import ChatView
import Conversation
import Language
import Screen
import Testing

@Suite struct PartsTests {
  @Test func `Calls of tools, results and unknown parts stand where they were said`() {
    var stage = Stage(60, 24)
    let question = stage.add(.user, "How warm is Köln?")
    let reply = stage.add(.assistant, "Warm enough.", below: question)
    stage.change(reply) {
      $0.parts.insert(
        .toolCall(ToolCall(id: "1", name: "weather", arguments: #"{"city": "Köln"}"#)), at: 0)
      $0.parts.insert(
        .toolResult(ToolResult(callID: "1", parts: [.text("21 °C\nsunny")])), at: 1)
      $0.parts.append(.toolResult(ToolResult(callID: "2", parts: [.text("gone")], isError: true)))
      $0.parts.append(.unknown(json: #"{"type":"hologram\u001b[31m"}"#))
    }
    let rows = Screenful(stage.draw()).rows
    func row(_ text: String) -> Int? { rows.firstIndex { $0.contains(text) } }
    let order = [
      #"→ weather {"city": "Köln"}"#, "← 21 °C", "sunny", "Warm enough.", "← failed gone",
      "a part that this version does not know", "what is no text is kept, not sent",
    ].map(row)
    #expect(!order.contains(nil))
    #expect(order.compactMap { $0 } == order.compactMap { $0 }.sorted())
    #expect(rows.contains { $0.contains("hologram") })
  }

  @Test func `Unfolded results name their tools, in the order of the calls`() {
    var stage = Stage(60, 24)
    let question = stage.add(.user, "How warm is it, and what time?")
    let reply = stage.add(.assistant, "", below: question)
    stage.change(reply) {
      $0.parts = ["weather", "clock", "rocket"].map {
        .toolCall(ToolCall(id: $0, name: $0, arguments: "{}"))
      }
    }
    let results = stage.add(.tool, "", below: reply)
    let declined = CallRefusal.declined("too loud").words
    stage.change(results) {
      $0.parts = [
        .toolResult(ToolResult(callID: "rocket", parts: [.text(declined)], isError: true)),
        .toolResult(
          ToolResult(callID: "clock", parts: [.text("stopped")], isError: true, milliseconds: 9)),
        .toolResult(ToolResult(callID: "weather", parts: [.text("21 °C")], milliseconds: 9)),
      ]
    }
    stage.press(.foldCalls)
    let rows = Screenful(stage.draw()).rows
    let places = [
      "← weather 21 °C", "← clock failed stopped",
      "← rocket declined The user declined this call: too",
    ].map { text in rows.firstIndex { $0.contains(text) } }
    #expect(!places.contains(nil), "\(rows)")
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
  }

  @Test func `A long result shows its beginning, and says what takes it whole`() {
    var stage = Stage(60, 40)
    let question = stage.add(.user, "Read it.")
    let result = stage.add(.tool, "", below: question)
    let lines = (1...400).map { "line \($0)" }.joined(separator: "\n")
    stage.change(result) {
      $0.parts = [.toolResult(ToolResult(callID: "1", parts: [.text(lines)]))]
    }
    let rows = Screenful(stage.draw()).rows
    #expect(rows.contains { $0.contains("/copy 2 takes it whole") })
    #expect(rows.contains { $0.contains("kept, not sent") })
    #expect(!rows.contains { $0.contains("line 400") })
  }

  @Test(arguments: [(39, 10), (40, 9), (20, 5), (8, 2), (1, 1), (0, 0)])
  func `A screen that is too small says so, and nothing else`(_ size: (Int, Int)) {
    var stage = Stage(size.0, size.1)
    stage.addTrip()
    let frame = stage.draw()
    let sentence = Cell.cells(of: "The window is too small: Iris needs 40×10.").text
    let shown = frame.rows.map(\.text).joined().filter { $0 != " " && $0 != "…" }
    let wanted = sentence.filter { $0 != " " }
    #expect(wanted.hasPrefix(shown))
    // Where there is room for all of it, all of it stands there; else as much as there are cells for.
    #expect(size.0 * size.1 >= 100 ? shown == wanted : !shown.isEmpty || size.0 * size.1 <= 1)
    #expect(frame.cursor == nil)
  }

  @Test func `A larger window brings everything back to where it was`() {
    var stage = Stage(80, 24)
    stage.add(.user, (1...99).map { "\($0)" }.joined(separator: "\n"))
    _ = stage.draw()
    stage.press(.pageUp)
    let before = stage.draw()
    stage.resize(20, 5)
    _ = stage.draw()
    stage.resize(80, 24)
    #expect(stage.draw().difference(from: before) == nil)
  }

  @Test(arguments: [0, 40_000])
  func `The rows of the composer are those of the screen`(before: Int) {
    let stage = Stage(40, 12)
    // Behind the prompt there are 31 columns, and Chinese takes two of them.
    let start = String(repeating: "x", count: before) + "\n"
    let line = ComposerSnapshot(
      text: start + String(repeating: "桥", count: 36), cursor: before + 1 + 34 * 3)
    let rows = ComposerRows(of: line, in: stage.state)
    #expect(rows.column == 8 + 2 * 4)
    let above = rows.byteOffset(rowsFromCursor: -1, column: rows.column)
    #expect(above == before + 1 + 19 * 3)
    #expect(rows.byteOffset(rowsFromCursor: 1, column: rows.column) == nil)
  }

  @Test(arguments: ScreenFile.sizes, [1, 5, 30, 500])
  func `The composer takes a third of the screen at most, with the cursor in it`(
    _ size: Size, lines: Int
  ) {
    var stage = Stage(size.columns, size.rows)
    stage.addTrip()
    for cursor in [0, lines, 2 * lines - 1] {
      stage.handle(
        .composer(
          .changed(
            ComposerSnapshot(text: String(repeating: "x\n", count: lines), cursor: cursor))))
      let frame = stage.draw()
      let prompt = frame.rows.lastIndex { $0.text.hasPrefix(" user ▸") } ?? 0
      #expect(size.rows - prompt <= max(1, size.rows / 3))
      #expect(prompt..<size.rows ~= frame.cursor?.row ?? -1)
    }
  }

  @Test func `A pasted file is shown around the cursor, without its whole being laid out`() {
    var stage = Stage(80, 24)
    let lines = (1...50_000).map { "行 \($0)" }
    let text = lines.joined(separator: "\n")
    let before = lines[..<30_000].joined(separator: "\n")
    stage.handle(
      .composer(.changed(ComposerSnapshot(text: text, cursor: before.utf8.count))))
    let frame = stage.draw()
    let row = frame.rows[frame.cursor?.row ?? 0]
    #expect(row.text.hasSuffix("行 30000" + String(repeating: " ", count: 64)))
    #expect(frame.cursor?.column == 16)
  }

  @Test(arguments: [(40, 10), (80, 24), (60, 16)])
  func `Everything at once leaves rows to the transcript and the composer`(_ size: (Int, Int)) {
    var stage = Stage(size.0, size.1)
    stage.addTrip()
    stage.attach((1...20).map { Stage.picture("\($0).png", 640, 480) })
    stage.type(String(repeating: "line\n", count: 20))
    stage.handle(.composer(.candidates((1...300).map { "candidate-\($0)" })))
    stage.notice = Notice(
      .error, "\(String(repeating: "What went wrong. ", count: 40))", offers: [.send, .retry])
    let frame = stage.draw()
    let text = frame.snapshot
    #expect(stage.state.transcript.report.visibleRows >= 2)
    #expect(text.contains("What went wrong."))
    #expect(text.contains("/send") && text.contains("/retry"))
    #expect(frame.cursor?.row == size.1 - 1)
  }

  @Test func `The chosen line of a list is always in sight`() {
    var stage = Stage(40, 10)
    stage.enter("/models")
    stage.handle(.server(.models((100..<160).map { "model-\($0)" })))
    for number in 100..<160 {
      #expect(stage.draw().snapshot.contains("▸ model-\(number)"))
      stage.press(.down)
    }
  }

  @Test(arguments: [(40, 10), (80, 24)])
  func `A page is read to its end, and back to its beginning`(_ size: (Int, Int)) {
    var stage = Stage(size.0, size.1)
    stage.showPage(rows: 50)
    let first = stage.draw().snapshot
    var seen = first
    while stage.draw().snapshot.contains("PageDown") {
      stage.press(.lineDown)
      seen += stage.draw().snapshot
    }
    for number in 1...50 { #expect(seen.contains("what number \(number) ")) }
    stage.press(.bottom)
    let last = stage.draw().snapshot
    stage.press(.pageDown)
    #expect(stage.draw().snapshot == last)
    stage.press(.pageUp)
    #expect(stage.draw().snapshot != last)
    stage.press(.top)
    #expect(stage.draw().snapshot == first)
  }
}
