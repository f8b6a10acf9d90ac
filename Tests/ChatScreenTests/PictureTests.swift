import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Screen
import Testing

@Suite struct PictureTests {
  // MARK: - Bringing in

  struct Case: CustomTestStringConvertible, Sendable {
    let line: String
    let words: [String]
    var whole = ""
    var detail = Detail.auto
    var testDescription: String { line }
  }

  @Test(arguments: [
    Case(line: "/attach a.png", words: ["a.png"], whole: "a.png"),
    Case(line: "/image a.png", words: ["a.png"], whole: "a.png"),
    Case(line: "/attach a.png b.png low", words: ["a.png", "b.png"], detail: .low),
    Case(line: "/attach my photo.png", words: ["my", "photo.png"], whole: "my photo.png"),
    Case(line: #"/attach "my photo.png" high"#, words: ["my photo.png"], detail: .high),
    Case(line: #"/attach my\ photo.png"#, words: ["my photo.png"], whole: #"my\ photo.png"#),
    Case(line: "/attach low", words: ["low"], whole: "low"),
    Case(
      line: "/attach https://example.com/a.png", words: ["https://example.com/a.png"],
      whole: "https://example.com/a.png"),
  ])
  func `Every word names a picture, but a last one that is a detail`(_ row: Case) {
    var chat = Chat()
    #expect(
      chat.enter(row.line).withoutWakes == [
        .composer(.remember(row.line)),
        .picture(.find(request: 1, words: row.words, whole: row.whole)),
      ])
    #expect(chat.state.pictures.searches == [1: row.detail])
  }

  @Test func `What is found is prepared for the model in use, and waits`() throws {
    var chat = Chat()
    chat.enter("/attach *.png")
    let effects = chat.on(.picture(.found(request: 1, sources: ["/p/a.png", "/p/b.png"])))
    let ids = chat.state.pictures.waiting.map(\.id)
    #expect(
      effects == [
        .picture(.prepare(ids[0], .written("/p/a.png"), detail: .auto, for: .openAI("gpt-4o"))),
        .picture(.prepare(ids[1], .written("/p/b.png"), detail: .auto, for: .openAI("gpt-4o"))),
      ])
    #expect(chat.waiting == ["a.png", "b.png"])
    chat.on(.picture(.prepared(ids[0], .untouched(.photo("a.png")))))
    #expect(chat.says == "Pictures done: 1 of 2. Esc stops.")
    chat.on(.picture(.prepared(ids[1], .untouched(.photo("b.png")))))
    #expect(chat.says == "Ready: 2 pictures. /attachments lists them.")
    #expect(
      chat.state.pictures.waiting.map(\.origin) == [.kept(.photo("a.png")), .kept(.photo("b.png"))])
  }

  /// Attaches one picture as the program prepares it, and returns what is said.
  private func said(of picture: PreparedPicture) -> String? {
    var chat = Chat()
    chat.enter("/attach x \(picture.reference.detail.rawValue)")
    chat.on(.picture(.found(request: 1, sources: ["x"])))
    guard let id = chat.state.pictures.waiting.first?.id else { return nil }
    chat.on(.picture(.prepared(id, picture)))
    return chat.says
  }

  @Test func `One picture is described: format, pixels, bytes, tokens and money`() {
    #expect(
      said(of: .untouched(.photo("a.jpg", .high)))
        == "1 a.jpg: JPEG 1024×768 300 kB, high, 765 tok, $0.0019.")
    #expect(
      said(of: .fitted(.photo("a.jpg", .low)))
        == "1 a.jpg: JPEG 1024×768 300 kB → PNG 512×384 12 kB, low, 85 tok, $0.00021.")
    #expect(
      said(of: .untouched(.url("https://example.com/walk.jpg")))
        == "1 https://example.com/walk.jpg: a URL that the server fetches, auto.")
  }

  @Test func `What has to be known of the form that is sent is said`() {
    var picture = PreparedPicture.untouched(.photo("a.jpg"))
    picture.fitted?.embedded = [.serialNumber, .place]
    #expect(
      said(of: picture)
        == "1 a.jpg: JPEG 1024×768 300 kB, auto, 765 tok, $0.0019. It is sent whole and tells more than the picture: the place, a serial number."
    )
    var small = PreparedPicture.fitted(.photo("a.jpg", .low))
    small.fitted?.isFirstFrame = true
    small.fitted?.pageCount = 3
    small.fitted?.size = PixelSize(width: 511, height: 384)
    #expect(
      small.warnings.map { $0.text() } == [
        "It is animated: its first frame alone is sent.",
        "It has 3 pages: the first one alone is sent.",
        "It is shrunk from 1024×768 to 511×384: small print may be lost.",
      ])
    #expect(PreparedPicture.fitted(.photo("a.jpg", .low)).warnings.isEmpty)
  }

  @Test func `Of several that wait, the one that was fitted again is described`() throws {
    var chat = Chat()
    chat.attach(.photo("a"), .photo("b"))
    chat.enter("/detail low 1")
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.on(.picture(.prepared(id, .fitted(.photo("a", .low)))))
    #expect(chat.says?.hasPrefix("1 a: ") == true)
  }

  @Test func `A picture from the clipboard is fitted as any other, at the detail in use`() throws {
    var chat = Chat()
    chat.enter("/detail low")
    chat.enter("/paste")
    let effects = chat.on(
      .picture(.pasted(request: chat.lastSearch, .photo("clipboard")))
    ).withoutWakes
    let id = try #require(chat.state.pictures.waiting.first?.id)
    #expect(
      effects == [
        .picture(.prepare(id, .kept(.photo("clipboard")), detail: .low, for: .openAI()))
      ])
    #expect(chat.state.pictures.searches.isEmpty)
  }

  @Test func `What cannot be found is told`() {
    var chat = Chat()
    chat.enter("/attach no.png")
    chat.on(.picture(.notFound(request: 1, "There is no file no.png.")))
    #expect(chat.state.notice == Notice(.error, "There is no file no.png."))
    #expect(!chat.state.pictures.isPreparing)
    chat.enter("/attach empty/")
    chat.on(.picture(.found(request: 2, sources: [])))
    #expect(chat.says == "There are no pictures there. /attach PATH names them.")
  }

  @Test func `A picture that cannot be used leaves the row, and says why`() throws {
    var chat = Chat()
    chat.enter("/attach a.png")
    chat.on(.picture(.found(request: 1, sources: ["a.png"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.enter("What is it?")
    chat.on(.picture(.failed(id, "a.png is a TIFF.")))
    #expect(chat.state.notice == Notice(.error, "a.png is a TIFF."))
    #expect(chat.waiting == [])
    #expect(chat.conversation.messages.isEmpty)
    #expect(chat.line == "What is it?")
  }

  @Test func `Of many pictures those that cannot be used are counted at the end`() {
    var chat = Chat()
    chat.enter("/attach folder")
    chat.on(.picture(.found(request: 1, sources: ["a", "b", "c"])))
    let ids = chat.state.pictures.waiting.map(\.id)
    chat.on(.picture(.failed(ids[0], "a is empty.")))
    chat.on(.picture(.failed(ids[2], "c is a PDF.")))
    chat.on(.picture(.prepared(ids[1], .untouched(.photo("b")))))
    #expect(chat.says == "2 of 3 pictures cannot be used: a is empty. c is a PDF.")
    #expect(chat.waiting == ["b"])
  }

  @Test func `More than ten pictures are asked about`() {
    var chat = Chat()
    let many = (1...11).map { "/p/\($0).png" }
    for (answer, count) in [("n", 0), ("y", 11)] {
      chat.enter("/attach /p")
      #expect(
        chat.on(.picture(.found(request: chat.lastSearch, sources: many))).withoutWakes == [
          .composer(.setText(""))
        ])
      #expect(
        chat.state.overlay
          == .question(
            Question(
              phrase: say("Attach \(11, .pictures)?"),
              consequence: .attach(sources: many, .auto))))
      chat.type(answer)
      #expect(chat.state.overlay == nil)
      #expect(chat.waiting.count == count)
    }
  }

  @Test func `Ten pictures are not asked about`() {
    var chat = Chat()
    chat.enter("/attach /p")
    chat.on(.picture(.found(request: 1, sources: (1...10).map { "\($0)" })))
    #expect(chat.waiting.count == 10)
  }

  @Test func `The clipboard's picture is found like a file`() {
    var chat = Chat()
    #expect(
      chat.enter("/paste").withoutWakes == [
        .composer(.remember("/paste")), .picture(.paste(request: 1)),
      ])
    chat.on(.picture(.found(request: 1, sources: ["/cache/1.picture"])))
    #expect(chat.waiting == ["1.picture"])
  }

  // MARK: - Taking back

  @Test func `Waiting pictures are taken back: the last, one by its number, all`() {
    var chat = Chat()
    chat.attach(.photo("a"), .photo("b"), .photo("c"), .photo("d"))
    chat.enter("/detach")
    #expect(chat.waiting == ["a", "b", "c"])
    #expect(chat.says == "d is taken back.")
    chat.enter("/detach 1")
    #expect(chat.waiting == ["b", "c"])
    chat.enter("/detach 7")
    #expect(chat.says == "There is no waiting picture 7. /attachments lists them.")
    #expect(chat.line == "/detach 7")
    chat.enter("/detach all")
    #expect(chat.waiting == [])
    #expect(chat.says == "All that waited is taken back.")
    chat.enter("/detach")
    #expect(chat.says == "Nothing waits to be sent.")
  }

  @Test func `A picture that is taken back while it is prepared is cancelled`() throws {
    var chat = Chat()
    chat.enter("/attach a")
    chat.on(.picture(.found(request: 1, sources: ["a"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    #expect(chat.enter("/detach all").contains(.picture(.cancel(id))))
    #expect(chat.on(.picture(.prepared(id, .untouched(.photo())))) == [])
    #expect(chat.waiting == [])
  }

  @Test func `Esc stops what is prepared, and keeps what was ready before`() throws {
    var chat = Chat()
    chat.attach(.photo("kept"))
    chat.enter("/detail low 1")
    chat.enter("/attach new")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["new"])))
    chat.enter("/attach later")
    let ids = chat.state.pictures.waiting.map(\.id)
    let effects = chat.press(.cancel)
    #expect(effects == ids.map { .picture(.cancel($0)) })
    #expect(chat.says == "Stopped. Pictures that were not ready are not attached.")
    #expect(chat.state.pictures.readyReferences == [.photo("kept", .low)])
    #expect(chat.on(.picture(.found(request: chat.lastSearch, sources: ["later"]))) == [])
    #expect(!chat.state.pictures.isPreparing)
  }

  @Test func `The waiting pictures are listed`() {
    var chat = Chat()
    chat.enter("/attachments")
    #expect(
      chat.says
        == "Nothing waits to be sent. /attach PATH adds a picture, a document or a recording.")
    chat.attach(.photo("a.jpg"))
    chat.enter("/attach b")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["/p/b"])))
    chat.enter("/attachments")
    #expect(chat.page?.title.text() == "Waiting to be sent")
    #expect(
      chat.page?.text == [
        "1 a.jpg: JPEG 1024×768 300 kB, auto, 765 tok, $0.0019.", "2 b is being prepared",
      ])
  }

  // MARK: - Detail

  @Test func `The detail of new pictures, and of one that waits`() throws {
    var chat = Chat()
    chat.enter("/detail")
    #expect(chat.says == "New pictures are attached with detail auto.")
    chat.enter("/detail HIGH")
    #expect(chat.says == "New pictures are attached with detail high.")
    chat.attach(.photo("a", .high))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    #expect(
      chat.enter("/detail low 1").contains(
        .picture(.prepare(id, .kept(.photo("a", .high)), detail: .low, for: .openAI("gpt-4o")))))
    // What was prepared for the detail before comes too late.
    chat.on(.picture(.prepared(id, .untouched(.photo("a", .high)))))
    #expect(chat.state.pictures.isPreparing)
    chat.on(.picture(.prepared(id, .fitted(.photo("a", .low)))))
    #expect(chat.state.pictures.readyReferences == [.photo("a", .low)])
    chat.enter("/detail low 2")
    #expect(chat.says == "There is no picture 2: there is 1.")
    chat.enter("/detail huge")
    #expect(chat.says == "There is no detail huge: it is low, high, auto, original or tiles.")
    chat.enter("/detail low x")
    #expect(
      chat.says
        == "It is written /detail low|high|auto|original|tiles [N], for example /detail low 1.")
  }

  @Test func `The detail of a picture that was sent holds for the requests to come`() throws {
    var chat = Chat(
      .of("One", "Two").changing(0) {
        $0.parts = [.picture(.photo("a")), .text("x"), .picture(.photo("b"))]
      })
    chat.enter("/detail low 2")
    #expect(chat.says == "Picture 2 is sent with detail low from now on.")
    #expect(chat.conversation.messages.path[0].pictures == [.photo("a"), .photo("b", .low)])
    chat.enter("/detail low 3")
    #expect(chat.says == "There is no picture 3: there are 2.")
    chat.attach(.photo("c"))
    chat.enter("/detail high 1")
    #expect(chat.conversation.messages.path[0].pictures == [.photo("a", .high), .photo("b", .low)])
    #expect(chat.state.pictures.readyReferences == [.photo("c")])
    #expect(
      chat.enter("/detail low 3").contains {
        if case .engine(.picture) = $0 { true } else { false }
      })
    #expect(chat.state.pictures.waiting[0].detail == .low)
    chat.enter("/detach 1")
    #expect(chat.says == "Picture 1 is in message 1 already. /forget 1 pictures leaves it out.")
    #expect(chat.state.notice?.offers == [.forget(1...1, onlyPictures: true)])
    chat.enter("/detach 3")
    #expect(chat.waiting == [])
  }

  @Test func `Another model looks otherwise: what waits is fitted again`() throws {
    var chat = Chat()
    chat.attach(.photo("a"))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    #expect(
      chat.enter("/model gpt-5.4").contains(
        .picture(.prepare(id, .kept(.photo("a")), detail: .auto, for: .openAI("gpt-5.4")))))
    chat.enter("And this?")
    #expect(chat.conversation.messages.isEmpty)
    // Its original cannot be read any more: it stays in sight, and cannot be sent.
    chat.on(.picture(.failed(id, "a is damaged.")))
    #expect(chat.says == "a is damaged.")
    #expect(chat.waiting == ["a"])
    chat.enter("/attachments")
    #expect(chat.page?.text == ["1 a: a is damaged."])
    chat.press(.cancel)
    chat.enter("And this?")
    #expect(
      chat.state.notice
        == Notice(
          .error, say("Picture \(1) cannot be sent. Take it back with /detach \(1)."),
          offers: [.detach(1)]))
    #expect(chat.line == "And this?")
    chat.press(.offer1)
    #expect(chat.waiting == [])
    #expect(chat.line == "And this?")
  }

  // MARK: - In the conversation

  @Test func `Every picture of the conversation is listed with what it costs`() {
    var chat = Chat(
      .of("One", "Two", "Three", "Four").changing(0) {
        $0.parts = [.picture(.photo("a.jpg", .low)), .picture(.url())]
      }.changing(2) {
        $0.parts.append(.picture(.photo("b.jpg")))
        $0.omission = .pictures
      })
    chat.enter("/images")
    #expect(chat.page?.title.text() == "Pictures of this conversation")
    #expect(
      chat.page?.rows.map(\.lead)
        == ["1 a.jpg", "2 https://example.com/walk.jpg", "3 b.jpg", ""])
    #expect(
      chat.page?.text == [
        "message 1, low, 85 tok, $0.00021 a turn, sent 2 times",
        "message 1, auto, tokens unknown a turn, sent 2 times", "message 3, left out",
        "/forget N pictures leaves a message's out, /detail low N sends one small.",
      ])
  }

  @Test(arguments: [
    (Conversation.of("One"), "not sent yet"), (.of("One", "Two"), "sent once"),
    (.of("One", "Two", "Three", "Four"), "sent 2 times"),
  ])
  func `How often a picture was sent is said in words that fit`(
    conversation: Conversation, says: String
  ) {
    var chat = Chat(conversation.changing(0) { $0.parts = [.picture(.photo("a.jpg", .low))] })
    chat.enter("/images")
    #expect(chat.page?.text.first?.hasSuffix("a turn, \(says)") == true)
  }

  @Test func `There may be no pictures at all`() {
    var chat = Chat()
    chat.enter("/images")
    #expect(chat.says == "There are no pictures in this conversation. /attach PATH adds one.")
    chat.enter("/view")
    #expect(chat.says == "There is no picture to show.")
  }
}
