import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// Pictures that come as a path or a URL in the composer.
@Suite struct LeadingSourceTests {
  // MARK: - Pasted and dropped

  @Test(arguments: [
    "/home/me/a.png", "'/home/me/a.png'", "/home/me/a.png ", "file:///home/me/a.png\n",
  ])
  func `A dropped path becomes an attachment, also beside a text`(text: String) {
    var chat = Chat()
    chat.type("What is it? ")
    #expect(
      chat.paste(text).withoutWakes == [
        .picture(.find(request: 1, words: ["/home/me/a.png"], whole: ""))
      ])
    #expect(chat.line == "What is it? ")
  }

  @Test(arguments: [
    (#"/home/me/my\ photo.JPG"#, ["/home/me/my photo.JPG"]),
    ("/home/me/my photo.jpg", ["/home/me/my photo.jpg"]),
    ("~/a.png /tmp/b.webp", ["~/a.png", "/tmp/b.webp"]),
    ("/a.png\n/b.heic", ["/a.png", "/b.heic"]),
    ("file:///home/me/my%20photo%C3%A9.png", ["/home/me/my photoé.png"]),
    ("FILE:///a.png", ["/a.png"]),
    ("/home/me/drawing.svg", ["/home/me/drawing.svg"]),
    ("data:image/png;base64,AAAA", ["data:image/png;base64,AAAA"]),
    ("https://a.example/b.PNG?size=2#top\n", ["https://a.example/b.PNG?size=2#top"]),
  ])
  func `Sources are read as terminals and browsers write them`(text: String, sources: [String]) {
    var chat = Chat()
    #expect(
      chat.paste(text).withoutWakes == [.picture(.find(request: 1, words: sources, whole: ""))])
    #expect(chat.line.isEmpty)
  }

  @Test(arguments: [
    "Look at /home/me/a.png", "a.png", "two\nlines", "/home/me a.pngx", "", "/quit", "/help x.png",
    "https://a.example/page", "https://a.example/a.png is broken", "data:text/plain,a", "//a/b.png",
    "/atach a.png",
  ])
  func `Any other paste goes into the text whole`(text: String) {
    var chat = Chat()
    #expect(chat.paste(text).withoutWakes == [.composer(.insert(text))])
    #expect(chat.line == text)
  }

  @Test func `What follows a pasted path stays text`() {
    var chat = Chat()
    chat.paste("/tmp/a.png what is this?")
    #expect(chat.line == "what is this?")
    #expect(chat.lastSearch == 1)
  }

  @Test func `A path that is pasted into a command is text`() {
    var chat = Chat()
    chat.type("/attach ")
    chat.paste("/home/me/a.png")
    #expect(chat.line == "/attach /home/me/a.png")
  }

  @Test func `A pasted path that names nothing here is text after all`() {
    var chat = Chat()
    chat.paste("/remote/a.png")
    chat.on(.picture(.notFound(request: 1, "There is no file /remote/a.png.")))
    #expect(chat.line == "/remote/a.png")
    #expect(chat.says == "There is no file /remote/a.png.")
  }

  @Test func `A dropped folder gives its pictures, and leaves the text`() {
    var chat = Chat()
    chat.type("Compare ")
    chat.paste("/home/me/photos ")
    #expect(chat.line == "Compare /home/me/photos ")
    chat.on(.picture(.found(request: 1, sources: ["/home/me/photos/a.png"])))
    #expect(chat.line == "Compare ")
    #expect(chat.waiting == ["a.png"])
  }

  @Test func `A folder that was typed behind meanwhile stays text, and is offered`() {
    var chat = Chat()
    chat.paste("/home/me/photos")
    chat.type("/home/me/photos is full")
    chat.on(.picture(.found(request: 1, sources: ["/home/me/photos/a.png"])))
    #expect(chat.line == "/home/me/photos is full")
    #expect(chat.waiting.isEmpty)
    #expect(chat.says == "/home/me/photos is a folder with pictures.")
    #expect(chat.state.notice?.offers == [.attach(path: "/home/me/photos")])
  }

  @Test func `Another file's path stays text, which is told with what would attach it`() {
    var chat = Chat()
    chat.paste("/etc/my hosts".replacing(" ", with: #"\ "#))
    chat.on(.picture(.found(request: 1, sources: ["/etc/my hosts"])))
    #expect(chat.line == #"/etc/my\ hosts"#)
    #expect(chat.says == #"/etc/my\ hosts stays text: it is not named like a picture."#)
  }

  @Test func `A path of nothing, such as an address of a server, is text without a word`() {
    var chat = Chat()
    chat.paste("/v1/chat/completions")
    chat.on(.picture(.notFound(request: 1, "There is no file.")))
    #expect(chat.line == "/v1/chat/completions")
    #expect(chat.says == nil)
  }

  @Test func `A folder without pictures is told, and stays text`() {
    var chat = Chat()
    chat.paste("/home/me/empty")
    chat.on(.picture(.notFound(request: 1, "No pictures there.", isThere: true)))
    #expect(chat.line == "/home/me/empty")
    #expect(chat.says == "No pictures there.")
  }

  // MARK: - Typed

  @Test(arguments: [
    "/tmp/a.png what is this?", "~/a.png what is this?", "/tmp/photos what is this?",
  ])
  func `A line that begins with a picture attaches it and sends the rest`(line: String) throws {
    var chat = Chat()
    let effects = chat.enter(line)
    #expect(effects.contains(.composer(.remember(line))))
    #expect(effects.storeEffects.isEmpty)
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["/tmp/a.png"])))
    #expect(chat.line == "what is this?")
    let id = try #require(chat.state.pictures.waiting.last?.id)
    chat.on(.picture(.prepared(id, PreparedPicture(reference: .photo("a"), fitted: nil))))
    #expect(chat.path == ["user: what is this?"])
    #expect(chat.conversation.messages.path.last?.parts.first == .picture(.photo("a")))
    #expect(chat.line.isEmpty)
  }

  @Test func `A picture's path alone is attached, and nothing is sent`() {
    var chat = Chat()
    chat.enter("/tmp/a.png")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["/tmp/a.png"])))
    #expect(chat.waiting == ["a.png"])
    #expect(chat.path.isEmpty)
  }

  @Test func `A picture that is not there is told, and the line given back`() {
    var chat = Chat()
    chat.enter("/tmp/a.png what is this?")
    chat.on(.picture(.notFound(request: chat.lastSearch, "There is no file /tmp/a.png.")))
    #expect(chat.says == "There is no file /tmp/a.png.")
    #expect(chat.line == "/tmp/a.png what is this?")
    #expect(chat.path.isEmpty)
  }

  @Test func `A path of nothing is no command, as any other mistyped one`() {
    var chat = Chat()
    chat.enter("/usr/nothing is what")
    chat.on(.picture(.notFound(request: chat.lastSearch, "There is no file.")))
    #expect(
      chat.says
        == "There is no command /usr/nothing. /help lists them; // sends a line with a slash.")
    #expect(chat.line == "/usr/nothing is what")
  }

  @Test func `A picture that cannot be used is told, and the question is not sent without it`() {
    var chat = Chat()
    chat.enter("/tmp/a.svg what is this?")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["/tmp/a.svg"])))
    guard let id = chat.state.pictures.waiting.last?.id else { return #expect(Bool(false)) }
    chat.on(.picture(.failed(id, "a.svg is a drawing.")))
    #expect(chat.says == "a.svg is a drawing.")
    #expect(chat.line == "what is this?")
    #expect(chat.path.isEmpty)
  }

  @Test(arguments: ["//tmp/a.png is a path", "https://a.example/a.png is broken"])
  func `What is written as a message is one`(line: String) throws {
    var chat = Chat()
    try chat.ask(line)
    #expect(chat.state.pictures.searches.isEmpty)
  }

  @Test func `The work for a long word grows with its length, not with its square`() {
    // A word is split where it is, in one pass: two megabytes in what a second allows many times.
    let word = "data:image/png;base64," + String(repeating: "QUJD", count: 500_000)
    var chat = Chat()
    #expect(
      chat.paste(word).withoutWakes == [.picture(.find(request: 1, words: [word], whole: ""))])
  }
}
