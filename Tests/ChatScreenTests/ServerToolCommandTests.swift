import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import SampleValues
import Testing

/// `/web`, `/python`, and the files that came of it.
@Suite struct ServerToolCommandTests {
  @Test(arguments: [
    ("/web on", "The model may search the web on its server, some $0.01 a search."),
    (
      "/web cached",
      "The model may search what its server holds of the web already, some $0.01 a search."
    ),
    ("/web off", "The model searches nothing."),
    (
      "/python on",
      "The model may run Python on its server, some $0.03 for 20 minutes; files are kept here."
    ),
    ("/python off", "The model runs no Python on its server."),
    ("/library a b", "The model may search a, b on its server, some $0.0025 a search."),
    ("/library off", "The model searches no library."),
  ]) func `What is offered, and its price, is said`(line: String, words: String) {
    var chat = Chat()
    chat.enter(line)
    #expect(chat.says == words)
  }

  @Test func `Nothing is offered before it was named`() {
    var chat = Chat()
    #expect(chat.state.engine.requestParameters.serverToolNames == [])
    chat.enter("/web cached")
    chat.enter("/python on")
    #expect(chat.state.engine.requestParameters.web == .cached)
    #expect(chat.state.engine.requestParameters.serverToolNames == ["web", "python"])
    chat.enter("/web off")
    #expect(chat.state.engine.requestParameters.serverToolNames == ["python"])
    chat.enter("/library manuals")
    #expect(chat.state.engine.requestParameters.serverToolNames == ["python", "library"])
    #expect(chat.state.engine.requestParameters.libraries == ["manuals"])
    chat.enter("/library off")
    #expect(chat.state.engine.requestParameters.serverToolNames == ["python"])
    chat.enter("/python maybe")
    #expect(chat.says?.contains("/python [on|off]") == true)
    #expect(chat.state.engine.requestParameters.python == true)
  }

  @Test func `Where chat was chosen, that it has no such tool is said with it`() {
    var chat = Chat()
    chat.enter("/api chat")
    chat.enter("/web on")
    #expect(chat.says?.contains("/chat/completions has no such tool: /api auto") == true)
  }

  private var conversation: Conversation {
    var conversation = Conversation.empty
    let question = Message(
      id: MessageID(rawValue: 1), parent: nil, role: .user, parts: [.text("a")],
      created: Timestamp(milliseconds: 1))
    let reply = Message(
      id: MessageID(rawValue: 2), parent: question.id, role: .assistant,
      parts: [.text("b"), .media(Self.file)], created: Timestamp(milliseconds: 2))
    conversation.messages.append(question)
    conversation.messages.append(reply)
    conversation.messages.select(leaf: reply.id)
    return conversation
  }

  private static let file = MediaReference(
    source: .stored(Digest.sample("sales")), byteCount: 32, name: "sales.csv", facts: .file)

  @Test func `A file that the model made is written where it is wanted`() {
    var chat = Chat(conversation)
    #expect(chat.enter("/save-file").contains(.saveFile(Self.file, to: "")))
    #expect(chat.enter("/save-file 1 ~/a.csv").contains(.saveFile(Self.file, to: "~/a.csv")))
    #expect(chat.enter("/save-file out.csv").contains(.saveFile(Self.file, to: "out.csv")))
    chat.enter("/save-file 2")
    #expect(chat.says == "There is no file 2: there is 1.")
    var empty = Chat()
    empty.enter("/save-file")
    #expect(empty.says == "The model has made no files here. /python on lets it.")
  }
}
