import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

@Suite struct ReadingTests {
  private static let reply = """
    See https://swift.org/docs. And <http://example.com/a_(b)>, again https://swift.org/docs!

    ```swift
    let a = 1
    ```

    ~~~
    ```
    plain
    ~~~

    ````
    open
    """

  @Test(arguments: [
    ("/copy", "Four"), ("/copy 1", "One"), ("/copy 2", "Two"),
  ])
  func `A message is copied as its source`(line: String, text: String) {
    var chat = Chat(.of("One", "Two", "Three", "Four"))
    #expect(chat.enter(line).last == .externalProgram(.copy(text)))
  }

  @Test func `A tool's message is copied with what it says`() {
    var chat = Chat(
      .of("One", "Two").changing(1) {
        $0.parts.append(.toolCall(ToolCall(id: "1", name: "look", arguments: "{}")))
        $0.parts.append(.toolResult(ToolResult(callID: "1", parts: [.text("42")])))
        $0.parts.append(.unknown(json: "17"))
      })
    #expect(chat.enter("/copy 2").last == .externalProgram(.copy("Two\n→ look {}\n← 42\n? 17")))
    #expect(chat.enter("/copy").last == .externalProgram(.copy("Two")))
  }

  @Test func `A text behind a thought is copied, and written anew, as a paragraph of its own`() {
    let parts: [ContentPart] = [
      .text("```\nlet a = 1\n```"), .reasoning("Hm"), .text("The end."),
    ]
    let text = "```\nlet a = 1\n```\n\nThe end."
    var chat = Chat(.of("One", "Two").changing(1) { $0.parts = parts })
    #expect(chat.enter("/copy").last == .externalProgram(.copy(text)))
    #expect(chat.enter("/copy 2").last == .externalProgram(.copy(text)))
    #expect(chat.enter("/edit 2").contains(.composer(.setText(text))))
  }

  @Test func `The last reply is copied with a key`() {
    var chat = Chat(.of("One", "Two"))
    #expect(chat.press(.copyReply) == [.externalProgram(.copy("Two"))])
    chat.on(.terminal(.copied("Copied 3 characters.")))
    #expect(chat.state.notice == Notice(.information, "Copied 3 characters."))
    chat.on(.terminal(.copyFailed("Too long.")))
    #expect(chat.state.notice == Notice(.error, "Too long."))
  }

  @Test(arguments: [
    ("/copy code 1", "let a = 1"), ("/copy code 2", "```\nplain"), ("/copy code 3", "open"),
    ("/copy code", "open"),
  ])
  func `A block of code is copied without its fences`(line: String, text: String) {
    var chat = Chat(.of("One", Self.reply))
    #expect(chat.enter(line).last == .externalProgram(.copy(text)))
  }

  struct Nested: CustomTestStringConvertible, Sendable {
    let text: String
    let code: String
    var testDescription: String { text.debugDescription }
  }

  private static let nested = [
    Nested(text: "> ```sh\n> a\n>   b\n> ```\nc", code: "a\n  b"),
    Nested(text: "> ```\n> a\nb", code: "a"),
    Nested(text: "1. x\n   - y\n     ```py\n     a\n\n       b\n     ```", code: "a\n\n  b"),
    Nested(text: "- ```\n  a\n  ```", code: "a"),
    Nested(text: "> - ~~~~\n>   ~~~\n>   a\n>   ~~~~", code: "~~~\na"),
    Nested(text: "```\r\na\r\nb\r\n```\r\n", code: "a\nb"),
    Nested(text: "```\nb\n```\n``` a`b", code: "b"),
    Nested(text: "a\n\n    b\n      c\n\nd", code: "b\n  c"),
    Nested(text: "```\na\n```\n\n    ```\n    b\n    ```", code: "```\nb\n```"),
  ]

  @Test(arguments: nested)
  func `A block of code inside a quote or a list is copied without what is before it`(
    _ sample: Nested
  ) {
    var chat = Chat(.of("Ask", sample.text))
    #expect(chat.enter("/copy code").contains(.externalProgram(.copy(sample.code))))
  }

  @Test func `What the screen shows as HTML is no block of code`() {
    var chat = Chat(.of("Ask", "<pre>\n```\nx\n```\n</pre>"))
    chat.enter("/copy code")
    #expect(chat.says == "The last reply has no block of code.")
  }

  @Test func `A block that is not there is told`() {
    var chat = Chat(.of("One", Self.reply))
    chat.enter("/copy code 4")
    #expect(chat.says == "There is no block 4: there are 3.")
  }

  @Test(arguments: [
    ("/open", "https://swift.org/docs"), ("/open 2", "http://example.com/a_(b)"),
  ])
  func `A link is opened, without the marks around it`(line: String, address: String) {
    var chat = Chat(.of("One", Self.reply))
    #expect(chat.enter(line).last == .externalProgram(.open(address)))
  }

  @Test(arguments: [
    "，甲", "。", "；甲", "：甲", "！", "？好", "、甲", "”吧", "」甲", "（见", "）甲", "【甲", "《甲", "…", "——甲",
  ])
  func `A link ends before wide punctuation`(behind: String) {
    var chat = Chat(.of("One", "见https://a.cn/路径?b=c" + behind))
    #expect(chat.enter("/open").last == .externalProgram(.open("https://a.cn/路径?b=c")))
  }

  @Test func `The links are those that the screen shows, and those in code`() {
    let text =
      "See [the page](https://a.org/x_(y)), www.b.org and\n\n```sh\ncurl -s \"https://c.org/d\"; x\n```\n"
    var chat = Chat(.of("One", text + "`fetch('https://e.org')` [again](https://a.org/x_(y))"))
    let opened = (1...4).map { chat.enter("/open \($0)").last }
    let expected = ["https://a.org/x_(y)", "http://www.b.org", "https://c.org/d", "https://e.org"]
    #expect(opened == expected.map { .externalProgram(.open($0)) })
    chat.enter("/open 5")
    #expect(chat.says == "There is no link 5: there are 4.")
  }

  @Test func `A link that is not there is told`() {
    var chat = Chat(.of("One", "Only httpd and https: here, but http://a.cn，可以"))
    chat.enter("/open 2")
    #expect(chat.says == "There is no link 2: there is 1.")
    #expect(chat.enter("/open 1").last == .externalProgram(.open("http://a.cn")))
  }

  @Test func `The transcript is handed to the pager`() {
    var chat = Chat(.of("One", "Two"))
    #expect(chat.enter("/pager").last == .terminal(.page("user:\nOne\n\nassistant:\nTwo\n")))
  }

  @Test func `A search lights its matches, and keys go from one to the next`() {
    var chat = Chat(.of("Bridge, bridge", "None", "a BRIDGE"))
    let ids = chat.conversation.messages.pathIDs
    func stands(_ message: Int, _ ordinal: Int, _ number: Int) {
      #expect(chat.state.transcript.place == .match(ids[message], ordinal: ordinal))
      #expect(
        chat.says == "Match \(number) of 3. Ctrl-X n and Ctrl-X N move, Esc leaves.")
    }
    chat.enter("/find bridge")
    #expect(chat.state.transcript.find?.matches.map(\.message) == [ids[0], ids[2]])
    #expect(chat.state.transcript.find?.matches.map(\.count) == [2, 1])
    stands(2, 0, 3)
    chat.press(.findNext)
    stands(0, 0, 1)
    chat.press(.findNext)
    stands(0, 1, 2)
    chat.press(.findPrevious)
    chat.press(.findPrevious)
    stands(2, 0, 3)
    chat.press(.cancel)
    #expect(chat.state.transcript.find == nil)
    chat.press(.findNext)
    #expect(chat.says == "Nothing is being looked for. /find TEXT begins.")
  }

  @Test func `A search goes on in what has come since, and only in what is there`() {
    var chat = Chat(.of("bridge", "a bridge"))
    let ids = chat.conversation.messages.pathIDs
    chat.enter("/find bridge")
    chat.conversation.messages.update(ids[1]) { $0.parts = [.text("a bridge, a bridge")] }
    chat.press(.findNext)
    #expect(chat.state.transcript.place == .match(ids[1], ordinal: 1))
    #expect(chat.says == "Match 3 of 3. Ctrl-X n and Ctrl-X N move, Esc leaves.")
    chat.conversation.messages.select(leaf: ids[0])
    chat.press(.findPrevious)
    #expect(chat.state.transcript.place == .match(ids[0], ordinal: 0))
    #expect(chat.says == "Match 1 of 1. Ctrl-X n and Ctrl-X N move, Esc leaves.")
    chat.conversation.messages.update(ids[0]) { $0.parts = [.text("none")] }
    chat.press(.findNext)
    #expect(
      chat.says == "“bridge” is not in this conversation. /search looks in all of them.")
    #expect(chat.state.transcript.find == nil)
  }

  @Test func `A search works in Chinese, and one that finds nothing ends the one before`() {
    var chat = Chat(.of("两座木桥，木桥很长"))
    chat.enter("/find 木桥")
    #expect(chat.state.transcript.find?.matches.map(\.count) == [2])
    chat.enter("/find 石桥")
    #expect(chat.state.transcript.find == nil)
  }

  @Test func `The source is shown, and the text again`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/raw")
    #expect(chat.state.transcript.isRaw)
    chat.enter("/new")
    #expect(chat.state.transcript.isRaw)
    chat.press(.raw)
    #expect(!chat.state.transcript.isRaw)
  }

  @Test func `Reasoning is unfolded and folded again`() {
    var chat = Chat(.of("One", "Two"))
    chat.press(.foldReasoning)
    #expect(chat.says == "No reply has shown its reasoning.")
    let id = chat.conversation.messages.pathIDs[1]
    chat.conversation.messages.update(id) {
      $0.reply = ReplyDetails(model: "m", provider: "p")
      $0.parts.insert(.reasoning("Let me see."), at: 0)
    }
    chat.press(.foldReasoning)
    #expect(chat.state.transcript.unfolded == [id])
    chat.press(.foldReasoning)
    #expect(chat.state.transcript.unfolded == [])
  }
}
