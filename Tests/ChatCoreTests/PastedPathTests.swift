import ChatCore
import Conversation
import Language
import Testing

@Suite struct PastedPathTests {
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
  ])
  func `Paths are read as terminals write them`(text: String, paths: [String]) {
    var chat = Chat()
    #expect(
      chat.paste(text).withoutWakes == [.picture(.find(request: 1, words: paths, whole: ""))])
  }

  @Test(arguments: [
    "Look at /home/me/a.png", "a.png", "/etc/hosts", "two\nlines", "/home/me/a.pngx", "",
  ])
  func `Any other paste goes into the text whole`(text: String) {
    var chat = Chat()
    #expect(chat.paste(text).withoutWakes == [.composer(.insert(text))])
    #expect(chat.line == text)
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
}
