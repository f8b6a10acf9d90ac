import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

@Suite struct OverlayTests {
  /// A chat with a draft and a list of three models over it.
  private func listing() -> Chat {
    var chat = Chat()
    chat.on(.server(.models(["llava", "gpt-4o", "gpt-4o-mini"])))
    chat.notice = Notice(.error, "It failed.", offers: [.models])
    chat.type("Draft")
    chat.press(.offer1)
    return chat
  }

  @Test func `A list takes the line for its filter and gives the draft back`() {
    var chat = listing()
    #expect(chat.line == "")
    #expect(chat.picker?.items.map(\.title) == ["gpt-4o", "gpt-4o-mini", "llava"])
    chat.type("MINI gpt")
    #expect(chat.picker?.shown.map(\.title) == ["gpt-4o-mini"])
    #expect(chat.press(.cancel) == [.composer(.setText("Draft"))])
    #expect(chat.line == "Draft")
    #expect(chat.state.overlay == nil)
  }

  @Test func `The chosen line is moved by keys and stays within the list`() {
    var chat = listing()
    for (key, place) in [
      (KeyAction.down, 1), (.lineDown, 2), (.down, 2), (.up, 1), (.lineUp, 0), (.wheelUp, 0),
      (.wheelDown, 1), (.pageUp, 0), (.pageDown, 2), (.top, 0), (.bottom, 2),
    ] {
      chat.press(key)
      #expect(chat.picker?.selection == place)
    }
  }

  @Test func `Enter chooses, and what comes of it is told`() {
    var chat = listing()
    chat.type("llava")
    #expect(
      chat.press(.accept).withoutWakes
        == [.composer(.setText("Draft")), .keepModel("llava", provider: "openai")])
    #expect(chat.conversation.model == "llava")
    #expect(chat.says == "The model is llava now. New conversations with openai begin with it.")
    #expect(chat.line == "Draft")
  }

  @Test func `Enter on a list without a match changes nothing`() {
    var chat = listing()
    chat.type("claude")
    chat.press(.accept)
    #expect(chat.conversation.model == nil)
    #expect(chat.line == "Draft")
  }

  @Test func `A line that is accepted by another key filters first`() {
    var chat = listing()
    chat.enter("llava")
    #expect(chat.conversation.model == "llava")
  }

  @Test func `The models come late, and the chosen one stays chosen`() {
    var chat = listing()
    chat.press(.down)
    chat.on(.server(.models(["aya", "gpt-4o", "gpt-4o-mini"])))
    #expect(chat.picker?.chosen?.title == "gpt-4o-mini")
    chat.on(.server(.models(["aya"])))
    #expect(chat.picker?.chosen?.title == "aya")
  }

  @Test func `Models that cannot be listed are told where they were asked for`() {
    var chat = Chat()
    chat.on(.server(.modelsFailed("No network.")))
    #expect(chat.says == nil)
    chat.enter("/models")
    chat.on(.server(.modelsFailed("No network.")))
    #expect(chat.state.overlay == nil)
    #expect(chat.state.notice == Notice(.error, "No network."))
    chat.enter("/models")
    chat.on(.server(.models([])))
    #expect(chat.says == "The server lists no models. /model NAME chooses one all the same.")
  }

  @Test func `Models are remarked with window, price and eyes`() {
    var chat = Chat()
    chat.on(.server(.models(["gpt-4o", "gpt-4", "llava"])))
    chat.enter("/models")
    #expect(chat.picker?.title.text() == "Models")
    #expect(
      chat.picker?.items.map(\.remark) == ["8.1k · $30/60", "128k · $2.5/10 · ▦", ""])
  }

  @Test func `Servers are chosen from a list`() {
    var chat = Chat()
    chat.enter("/provider")
    #expect(chat.picker?.title.text() == "Providers")
    #expect(chat.picker?.items.map(\.remark) == ["api.openai.com", "localhost:8080"])
    chat.type("plain")
    #expect(chat.press(.accept).contains(.listModels(provider: "plain")))
    #expect(chat.says == "Requests go to localhost:8080 now.")
  }

  // MARK: - Questions

  @Test(arguments: ["y", "Y", "yes", "ｙ", "是", "是的", "对", "好", "はい"])
  func `Yes is understood`(text: String) {
    var chat = Chat(.of("One"))
    chat.enter("/delete walk")
    #expect(chat.type(text).storeEffects == [.delete(.name("walk"))])
    #expect(chat.state.overlay == nil)
    #expect(chat.line == "")
  }

  @Test(arguments: ["n", "N", "no", "ｎ", "否", "不", "不是", "いいえ"])
  func `No is understood`(text: String) {
    var chat = Chat(.of("One"))
    chat.enter("/delete walk")
    #expect(chat.type(text).storeEffects == [])
    #expect(chat.state.overlay == nil)
    #expect(chat.says == "Nothing was changed.")
  }

  @Test(arguments: [KeyAction.cancel, .interrupt, .endOfInput])
  func `Leaving a question is a no`(key: KeyAction) {
    var chat = Chat(.of("One"))
    chat.enter("/delete walk")
    #expect(chat.press(key) == [.composer(.setText(""))])
    #expect(chat.says == "Nothing was changed.")
  }

  @Test func `Other letters, Enter and movements answer nothing`() {
    var chat = Chat(.of("One"))
    chat.enter("/delete walk")
    chat.type("x")
    #expect(chat.line == "")
    chat.press(.accept)
    chat.press(.down)
    chat.press(.copyReply)
    #expect(chat.question == "Delete the conversation “walk”?")
  }

  @Test func `An Enter behind the answer belongs to it, and sends no pictures without a text`()
    throws
  {
    var chat = Chat()
    chat.enter("/attach photos")
    let sources = (1...12).map { "\($0)" }
    chat.on(.picture(.found(request: chat.lastSearch, sources: sources)))
    chat.type("y")
    #expect(chat.line == "")
    #expect(chat.waiting == sources)
    #expect(chat.on(.composer(.accepted(""))).isEmpty)
    #expect(!chat.state.session.isSendingWhenReady)
    // One more is meant.
    chat.on(.composer(.accepted("")))
    #expect(chat.state.session.isSendingWhenReady)
  }

  @Test func `A paste answers no question, and is in the text afterwards`() {
    var chat = Chat(.of("One"))
    chat.enter("/delete walk")
    chat.paste("yellow bridge")
    #expect(chat.question != nil)
    chat.press(.cancel)
    #expect(chat.line == "yellow bridge")
  }

  // MARK: - Pages

  @Test func `A page is read with the keys, and closed with q or Esc`() {
    var chat = Chat()
    chat.enter("/help")
    chat.press(.pageDown)
    #expect(chat.page?.offset == 18)
    chat.press(.up)
    #expect(chat.page?.offset == 17)
    chat.type(" ")
    #expect(chat.page?.offset == 35)
    #expect(chat.line == "")
    var report = ScrollReport()
    report.pageOffset = 30
    chat.on(.view(.drawn(report)))
    #expect(chat.page?.offset == 30)
    chat.press(.bottom)
    #expect(chat.page.map { $0.offset == $0.rows.count - 1 } == true)
    chat.type("q")
    #expect(chat.state.overlay == nil)
    #expect(chat.line == "")
  }

  @Test func `Letters move a page as in less and vi`() {
    var chat = Chat()
    chat.enter("/help")
    for (letters, offset) in [
      ("j", 1), ("jj", 3), ("k", 2), (" ", 20), ("b", 2), ("d", 11), ("u", 2),
    ] {
      chat.type(letters)
      #expect(chat.page?.offset == offset, "\(letters)")
      #expect(chat.line == "")
    }
    chat.type("G")
    #expect(chat.page.map { $0.offset == $0.rows.count - 1 } == true)
    chat.type("g")
    #expect(chat.page?.offset == 0)
  }

  @Test func `A page is filtered behind a slash, below the headings of what fits`() {
    var chat = Chat()
    chat.enter("/help")
    chat.type("/")
    #expect(chat.line == "")
    chat.type("temp")
    let shown = chat.page?.shown { $0.text() } ?? []
    #expect(shown.first?.isHeading == true)
    #expect(shown.contains { $0.lead == "/temperature [X]" })
    #expect(shown.allSatisfy { $0.isHeading || ($0.lead + $0.phrase.text()).contains("temp") })
    // Enter goes back to the letters that move; what fits stays.
    chat.press(.accept)
    #expect(chat.line == "")
    chat.type("j")
    #expect(chat.page?.offset == 1)
    chat.press(.cancel)
    #expect(chat.state.overlay == nil)
  }

  @Test func `Help has the headings of the manual, and other names of commands`() {
    var chat = Chat()
    chat.enter("/help")
    let headings = chat.page?.rows.filter(\.isHeading).map { $0.phrase.text() } ?? []
    #expect(headings.prefix(3) == ["Pictures", "Making pictures", "Messages"])
    #expect(chat.page?.rows.contains { $0.phrase.text().hasSuffix("also /image") } == true)
  }

  @Test(arguments: [
    ("/help temp", "temperature"), ("/help modles", "models"), ("/help /expo", "export"),
  ])
  func `Help asks whether another command was meant`(line: String, name: String) {
    var chat = Chat()
    chat.enter(line)
    #expect(chat.says?.hasSuffix("Did you mean /\(name)? /help lists them.") == true)
    #expect(chat.state.notice?.offers == [.help(name)])
  }

  @Test func `Help on a word that is no command shows the rows that hold it`() {
    var chat = Chat()
    chat.enter("/help clipboard")
    let language = Language.english
    let rows = chat.page?.shown { $0.text(in: language) } ?? []
    #expect(rows.contains { $0.lead == "/paste" } && !rows.contains { $0.lead == "/quit" })
    chat.press(.cancel)
    chat.enter("/help frobnicate")
    #expect(chat.page == nil)
    #expect(chat.says == "There is no command /frobnicate. /help lists them.")
  }

  @Test func `A list starts on what is in force`() {
    var chat = listing()
    chat.press(.down)
    chat.press(.accept)
    #expect(chat.conversation.model == "gpt-4o-mini")
    chat.enter("/models")
    #expect(chat.picker?.chosen?.title == "gpt-4o-mini")
    #expect(chat.picker?.current == .model("gpt-4o-mini"))
    chat.type("llava")
    #expect(chat.picker?.chosen?.title == "llava")
    chat.type("")
    #expect(chat.picker?.chosen?.title == "gpt-4o-mini")
  }

  @Test func `Whoever types on a page is back at the message`() {
    var chat = Chat()
    chat.type("Draft")
    chat.store(.usage([.sample]))
    #expect(chat.page != nil)
    chat.type("s")
    #expect(chat.state.overlay == nil)
    #expect(chat.line == "Drafts")
    chat.store(.usage([.sample]))
    chat.paste(" and more")
    #expect(chat.line == "Drafts and more")
  }

  @Test func `A reply comes behind a page, and Esc closes the page first`() throws {
    var chat = Chat()
    try chat.ask("One")
    chat.enter("/help")
    chat.reply(.text("Two"))
    #expect(chat.page != nil)
    chat.press(.cancel)
    #expect(chat.page == nil)
    #expect(!chat.state.reply.isIdle)
    chat.press(.cancel)
    #expect(chat.state.reply.isIdle)
  }

  @Test func `A conversation that is opened closes what stands in front, and keeps the text`() {
    var chat = Chat()
    chat.type("Draft")
    chat.store(.usage([.sample]))
    chat.store(.loaded(.of("Uno", id: 2), at: nil))
    #expect(chat.state.overlay == nil)
    #expect(chat.line == "Draft")
  }

  @Test func `A text in a list is not saved as the draft`() {
    var chat = Chat(.of("One"))
    chat.type("Draft")
    chat.store(
      .found(
        query: "x",
        [
          SearchHit(
            conversation: .named("walk", id: 7), message: MessageID(rawValue: 1), role: .user,
            line: "x")
        ]))
    chat.type("filter")
    chat.tick()
    chat.tick()
    #expect(chat.conversation.draft.text == "Draft")
  }

  @Test func `What comes in front covers what stood there, and each keeps its line`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/list")
    chat.enter("/context")
    chat.type("/")
    chat.type("two")
    chat.store(.listed([.named("walk", id: 2), .named("trip", id: 3), .named("wall", id: 4)]))
    chat.type("wal")
    #expect(chat.picker?.shown.map(\.title) == ["walk", "wall"])
    chat.press(.down)
    chat.store(.exists(path: "trip.md", .of("One")))
    #expect(chat.question?.hasPrefix("trip.md is there") == true)
    #expect(chat.line == "")
    chat.press(.cancel)
    #expect(chat.says == "Nothing was changed.")
    #expect(chat.picker?.filter == "wal" && chat.picker?.chosen?.title == "wall")
    #expect(chat.line == "wal")
    chat.press(.cancel)
    #expect(chat.page?.filter == "two")
    #expect(chat.line == "two")
    chat.press(.cancel)
    #expect(chat.state.overlay == nil)
    #expect(chat.line == "")
  }

  @Test func `A question waits behind a list that is opened before it, and is answered later`() {
    var chat = Chat(.of("One", "Two"))
    chat.type("half a word")
    chat.store(.exists(path: "trip.md", .of("One")))
    chat.enter("")
    chat.on(.server(.keyMissing("There is no key.")))
    #expect(chat.question?.hasPrefix("trip.md is there") == true)
    var library = chat.state.library
    library.listIsWanted = true
    chat.state = chat.state.with(library: library, notice: chat.notice)
    chat.store(.listed([.named("walk", id: 2)]))
    #expect(chat.picker?.items.count == 1)
    chat.press(.cancel)
    let written = chat.type("y").storeEffects
    #expect(written == [.export(.of("One"), path: "trip.md", isReplacing: true)])
    #expect(chat.line == "half a word")
  }
}
