import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen
import Testing

/// A state of the program that is worth looking at, at every size.
struct Scene: CustomTestStringConvertible, Sendable {
  let name: String
  /// Sets the stage, whose size is decided already.
  let set: @Sendable (inout Stage) -> Void

  var testDescription: String { name }

  init(_ name: String, _ set: @escaping @Sendable (inout Stage) -> Void) {
    self.name = name
    self.set = set
  }

  /// A reply in Markdown.
  init(_ name: String, reply: String) {
    self.init(name) { $0.add(.assistant, reply) }
  }

  static let all = program + markdown
}

extension Scene {
  /// The parts of the screen.
  static let program: [Scene] = [
    Scene("empty") { _ in },
    Scene("conversation") { $0.addTrip() },
    Scene("streaming") { stage in
      stage.addTrip()
      stage.add(.user, "And the third?")
      stage.reply(.connecting)
      stage.wait(milliseconds: 2000)
      stage.reply(.text("The third one shows", pieces: 300))
      stage.wait(milliseconds: 3000)
      stage.handle(.clock)
    },
    Scene("waiting for a reply") { stage in
      stage.add(.user, "Hello?")
      stage.reply(.waiting)
      stage.wait(milliseconds: 3250)
      stage.handle(.clock)
    },
    Scene("notice with offers") { stage in
      stage.addTrip()
      stage.notice = Notice(
        .error,
        "The server refused picture 1, bridge.jpg: it takes no pictures of more than 20 MB. Leave it out, or send it smaller.",
        offers: [.forget(1...1, onlyPictures: true), .detail(.low, picture: 1), .models])
    },
    Scene("waiting pictures") { stage in
      stage.add(.user, "Look at what comes.")
      stage.attach([Stage.picture("菜单.png", 800, 600, .low)])
      stage.handle(.engine(.attachments(.attach([.written("/tmp/bridge.jpg")], .auto))))
      stage.attach([Stage.picture(at: "https://example.com/a/long/way/to/the/walk.jpg")])
      stage.type("What is on them?")
    },
    Scene("many waiting pictures") { stage in
      stage.attach((1...30).map { Stage.picture("\($0).png", 640, 480) })
    },
    Scene("estimated figures") { stage in
      stage.addTrip()
      let usage = TokenUsage(prompt: 3000, completion: 120, isEstimated: true)
      for id in stage.state.conversation.messages.pathIDs
      where
        stage.state.conversation.messages[id]?.reply?.usage != nil
      {
        stage.change(id) { $0.reply?.usage = usage }
      }
    },
    Scene("candidates") { stage in
      stage.type("/s")
      stage.handle(
        .composer(.candidates(["/save", "/search", "/send", "/set", "/system", "/stash"])))
    },
    Scene("long text in the composer") { stage in
      stage.addTrip()
      stage.type((1...9).map { "line \($0) of what is written" }.joined(separator: "\n"))
    },
    Scene("picker") { stage in
      stage.addTrip()
      stage.enter("/models")
      stage.handle(.server(.models((1...30).map { "model-\($0)" } + ["gpt-4o", "模型"])))
      stage.press(.pageDown, .down)
    },
    Scene("picker without a fit") { stage in
      stage.enter("/models")
      stage.handle(.server(.models(["gpt-4o"])))
      stage.type("zzz")
    },
    Scene("question") { stage in
      stage.addTrip()
      stage.enter("/attach photos")
      stage.handle(.picture(.found(request: 1, sources: (1...12).map { "\($0).jpg" })))
    },
    Scene("page") { stage in
      stage.addTrip()
      stage.showPage(rows: 40)
    },
    Scene("page without left parts") { stage in
      let rows = ["one", "two", "三"].map { Page.Row("", .verbatim($0)) }
      stage.overlay = .page(Page(title: "What a command printed", rows: rows))
    },
    Scene("end of a page") { stage in
      stage.showPage(rows: 40)
      stage.press(.bottom)
    },
    Scene("find") { stage in
      stage.addTrip()
      stage.enter("/find 栈道")
      stage.notice = nil
    },
    Scene("scrolled up") { stage in
      stage.addTrip()
      _ = stage.draw()
      stage.press(.top)
    },
    Scene("variants and what is left out") { stage in
      let question = stage.add(.user, "Which one?", pictures: [Stage.picture("a.png", 64, 64)])
      stage.add(.assistant, "The first one.")
      let reply = stage.add(.assistant, "The **second** one.", below: question)
      stage.change(reply) { $0.status = .stopped }
      stage.change(question) { $0.omission = .pictures }
      let last = stage.add(.user, "Never mind.")
      stage.change(last) { $0.omission = .all }
    },
    Scene("folded reasoning") { stage in
      stage.add(.user, "How many?")
      let reply = stage.add(.assistant, "Three.")
      stage.change(reply) { $0.parts.insert(.reasoning("Let me count.\nOne, two, three."), at: 0) }
    },
    Scene("unfolded reasoning") { stage in
      stage.add(.user, "How many?")
      let reply = stage.add(.assistant, "Three.")
      stage.change(reply) { $0.parts.insert(.reasoning("Let me count.\nOne, two, three."), at: 0) }
      stage.press(.foldReasoning)
    },
    Scene("previews") { stage in
      stage.capabilities.previewsAreOn = true
      stage.add(
        .user, "Two of them.",
        pictures: [Stage.picture("a.png", 64, 64), Stage.picture("b.png", 64, 64)])
      _ = stage.draw()
      for (key, sign) in zip(
        stage.state.previews.keys.sorted { $0.digest.rawValue < $1.digest.rawValue }, "▒░")
      {
        let row = Cell.cells(of: String(repeating: sign, count: 6))
        stage.handle(.preview(.drawn(key, [row, row])))
      }
    },
    Scene("previews of waiting pictures") { stage in
      stage.capabilities.previewsAreOn = true
      stage.attach(["a.png", "b.png"].map { Stage.picture($0, 64, 64) })
      _ = stage.draw()
      for key in stage.state.previews.keys {
        let sign = key.digest.rawValue == "a.png" ? "▒" : "░"
        let row = Cell.cells(of: String(repeating: sign, count: key.size.rows * 2))
        stage.handle(.preview(.drawn(key, Array(repeating: row, count: key.size.rows))))
      }
    },
    Scene("picture over the whole screen") { stage in
      stage.add(.user, "Look.", pictures: [Stage.picture("桥 bridge.jpg", 4032, 3024, .low)])
      stage.enter("/view")
      guard let request = stage.state.pictureView?.request else { return }
      let columns = min(request.room.columns, request.room.rows * 2)
      let row = Cell.cells(of: String(repeating: "▒", count: columns))
      let sent = FittedFacts(
        format: .jpeg, size: PixelSize(width: 512, height: 384), byteCount: 31_000,
        isUntouched: false)
      let drawing = PictureDrawing.cells(Array(repeating: row, count: columns / 2))
      stage.handle(.preview(.view(.drawn(request, drawing, sent: sent))))
    },
    Scene("ambiguous signs wide") { stage in
      stage.capabilities.ambiguousIsWide = true
      stage.addTrip()
      stage.add(.assistant, "- α\n\n| α | b |\n|---|---|\n| “x” | ① |\n\n> q")
    },
    Scene("ASCII") { stage in
      stage.capabilities.isUTF8 = false
      stage.add(.assistant, "- [x] a\n- b\n\n| a | b |\n|---|---|\n| c | d |\n\n> q")
      stage.add(.user, "More", pictures: [Stage.picture("a.png", 64, 64)])
    },
    Scene("source") { stage in
      stage.add(.assistant, "# Head\n\n- **one**\n- `two`")
      stage.press(.raw)
    },
  ]
}

extension Stage {
  /// The conversation of the contract's picture.
  mutating func addTrip() {
    conversation.name = "trip-photos"
    conversation.instructions = "You are a careful photo archivist."
    conversation.parameters.temperature = 0.7
    conversation.parameters.topP = 1
    add(
      .user, "What differs between these two?\n这两张照片有什么不同？",
      pictures: [
        Self.picture("bridge.jpg", 1536, 1024, .high),
        Self.picture(at: "https://example.com/walk.jpg"),
      ])
    let reply = add(
      .assistant,
      "Both show a **wooden walkway**, but only the first has a *bridge*.\n\n两张照片里都有木栈道，第一张里还有一座桥；栈道的尽头是湖。"
    )
    change(reply) { $0.reply?.usage = TokenUsage(prompt: 3000, completion: 120) }
  }

  /// Opens a page of rows with left parts of every length.
  mutating func showPage(rows: Int) {
    let rows = (1...rows).map { number in
      let lead = String(repeating: "x", count: number % 4 * 8)
      return Page.Row(lead, "what number \(number) says, 第 \(number) 行", isDim: number % 5 == 0)
    }
    overlay = .page(Page(title: "A page", rows: rows))
  }
}
