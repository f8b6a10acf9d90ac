import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import ModelCatalog
import Testing

/// A conversation cannot be bricked: what a server would refuse is told before, and what it refused
/// can be repaired with a key.
@Suite struct LimitTests {
  /// The question has two pictures, the message before it one.
  private static let album: Conversation = .of("One", "Two", "Three").changing(0) {
    $0.parts.append(.picture(.photo("a", .original, bytes: 9_000_000)))
  }.changing(2) { $0.parts += [.picture(.photo("b")), .picture(.photo("c"))] }

  private static let photos: Conversation = .of("One", "Two", "Three").changing(0) {
    $0.parts.append(.picture(.photo("a", .original, bytes: 9_000_000)))
  }.changing(2) { $0.parts.append(.picture(.url())) }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var limits = RequestLimits()
    var model = "gpt-4o"
    var conversation = LimitTests.photos
    let says: String
    let offers: [Offer]
    var testDescription: String { name }

    init(
      _ name: String, model: String = "gpt-4o", conversation: Conversation = LimitTests.photos,
      says: String, instead: String? = nil, offers: [Offer],
      _ change: (inout RequestLimits) -> Void = { _ in }
    ) {
      self.name = name
      self.model = model
      self.conversation = conversation
      self.says =
        says + (instead.map { " /send sends it \($0)." } ?? " /send sends it all the same.")
      self.offers = offers
      change(&limits)
    }
  }

  private static let blind: [Offer] = [.forget(3...3, onlyPictures: true), .models]
  private static let last: [Offer] = [
    .forget(3...3, onlyPictures: true), .detail(.low, picture: 2), .models,
  ]
  private static let first: [Offer] = [
    .forget(1...1, onlyPictures: true), .detail(.low, picture: 1), .models,
  ]

  @Test(arguments: [
    Case(
      "a model without eyes", model: "gpt-4", says: "gpt-4 takes no pictures.", offers: blind),
    Case("a server without eyes", says: "gpt-4o takes no pictures.", offers: blind) {
      $0.takesPictures = false
    },
    Case(
      "too many", conversation: album,
      says: "The request carries 2 pictures; api.openai.com takes 1.", offers: [.undo, .models]
    ) { $0.pictureCount = 1 },
    Case(
      "a URL",
      says:
        "api.openai.com fetches no pictures itself: attach https://example.com/walk.jpg as a file.",
      offers: last
    ) { $0.takesURLs = false },
    Case(
      "a large picture", says: "a has 9.0 MB; api.openai.com takes 5.0 MB a picture.",
      instead: "smaller", offers: first
    ) { $0.pictureByteCount = 5_000_000 },
    Case(
      "a long side", says: "a has a side of 1024 pixels; api.openai.com takes 1000.",
      instead: "smaller", offers: first
    ) { $0.pictureSide = 1000 },
    Case(
      "a large request",
      conversation: .of("One").changing(0) {
        $0.parts.append(.picture(.photo("a", .original, bytes: 9_000_000)))
      }, says: "The request has ≈12 MB; api.openai.com takes 10 MB.", offers: first
    ) { $0.byteCount = 10_000_000 },
    Case(
      "a long history", model: "gpt-4",
      conversation: .of(String(repeating: "word ", count: 8_000), "Two", "Three"),
      says: "The history has ≈10k tok; gpt-4 takes 8192.",
      offers: [.forget(1...1, onlyPictures: false), .context]),
  ])
  func `What is known to be refused is told before it is sent`(_ row: Case) throws {
    var chat = Chat(row.conversation, .limited { $0 = row.limits })
    chat.conversation.model = row.model
    #expect(chat.enter("/send").request == nil)
    #expect(chat.says == row.says)
    #expect(chat.state.notice?.kind == .warning)
    #expect(chat.state.notice?.offers == row.offers)
    #expect(chat.conversation.messages.path.last?.status == .unsent)
    // Whoever asks again means it.
    #expect(chat.enter("/send").request != nil)
  }

  @Test func `Only pictures that go untouched are too large by themselves, fitted ones together`()
    throws
  {
    let conversation: Conversation = .of("One").changing(0) {
      // 4032×3024, which is fitted to 1024×768: 200 kB each.
      $0.parts += (0..<20).map { .picture(.telephone("\($0)")) }
    }
    func chat(taking bytes: Int) -> Chat {
      Chat(
        conversation,
        .limited {
          $0.pictureCount = nil
          $0.pictureByteCount = 1_000_000
          $0.pictureSide = 2000
          $0.byteCount = bytes
        })
    }
    var roomy = chat(taking: 6_000_000)
    #expect(roomy.enter("/send").request != nil)
    var chat = chat(taking: 5_000_000)
    #expect(chat.enter("/send").request == nil)
    #expect(chat.says?.hasPrefix("The request has ≈5.2 MB; api.openai.com takes 5.0 MB.") == true)
  }

  @Test func `A server that the user says has eyes is sent pictures, whatever the model`() throws {
    var chat = Chat(Self.photos, .limited { $0.takesPictures = true })
    chat.conversation.model = "gpt-4"
    #expect(chat.enter("/send").request != nil)
  }

  @Test func `JSON mode needs a message that says JSON`() throws {
    var chat = Chat(.of("List them."))
    chat.enter("/set response_format json")
    #expect(chat.enter("/send").request == nil)
    #expect(
      chat.says
        == "JSON is asked for, but no message says “JSON”, which servers demand. "
        + "/send sends it all the same.")
    #expect(chat.state.notice?.offers == [.unset("response_format")])
    chat.enter("/system Answer in json.")
    #expect(chat.enter("/send").request != nil)
  }

  @Test func `A warning that was passed over once does not come back with every message`() throws {
    var chat = Chat(Self.photos, .limited { $0.takesPictures = false })
    #expect(chat.enter("/send").request == nil)
    #expect(chat.enter("/send").request != nil)
    chat.answer("Five")
    let next = chat.commit(chat.enter("Six")).request
    #expect(next?.messages.flatMap(\.pictures).count == 2)
  }

  @Test func `A warning that was passed over does not cover another one`() throws {
    var chat = Chat(Self.album, .limited { $0.pictureCount = 1 })
    #expect(chat.enter("/send").request == nil)
    #expect(chat.enter("/send").request != nil)
    chat.answer("Five")
    for name in ["d", "e", "f"] { chat.attach(.photo(name)) }
    #expect(chat.commit(chat.enter("Four")).request == nil)
    #expect(chat.says?.hasPrefix("The request carries 3 pictures") == true)
  }

  @Test func `Enter alone never passes over a warning`() throws {
    var chat = Chat(Self.photos, .limited { $0.takesPictures = false })
    for name in ["c", "d"] {
      chat.attach(.photo(name))
      #expect(chat.commit(chat.enter("Four")).request == nil)
    }
  }

  struct Earlier: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var model = "gpt-4o"
    var limits = RequestLimits()
    /// The names of the pictures that are still carried.
    let carried: [String]
    let says: String

    init(
      _ name: String, model: String = "gpt-4o", carries carried: [String], says: String,
      _ change: (inout RequestLimits) -> Void = { _ in }
    ) {
      testDescription = name
      self.model = model
      self.carried = carried
      self.says = "Left out, since " + says + " of earlier messages."
      change(&limits)
    }
  }

  @Test(arguments: [
    Earlier(
      "a model without eyes", model: "gpt-4", carries: [],
      says: "gpt-4 takes no pictures: 3 pictures"),
    Earlier(
      "a number", carries: ["c"], says: "api.openai.com takes 1 picture a request: 2 pictures"
    ) {
      $0.pictureCount = 1
    },
    Earlier("bytes", carries: ["b", "c"], says: "api.openai.com takes no more bytes: 1 picture") {
      $0.byteCount = 10_000_000
    },
  ])
  func `Pictures of earlier messages give way, the oldest first, and it is told`(
    row: Earlier
  ) throws {
    var chat = Chat(Self.album, .limited { $0 = row.limits })
    chat.conversation.model = row.model
    let request = try #require(chat.commit(chat.enter("And in words?")).request)
    #expect(request.messages.flatMap(\.pictures).map(\.name) == row.carried)
    #expect(chat.says == row.says)
    // Nothing of the conversation itself is changed: another model sees all of it.
    #expect(chat.conversation.messages.path.flatMap(\.pictures).count == 3)
    #expect(chat.conversation.messages.path.allSatisfy { $0.omission == .none })
  }

  @Test func `A new picture takes the place of an old one`() throws {
    var chat = Chat(Self.photos, .limited { $0.pictureCount = 1 })
    chat.attach(.photo("new"))
    let request = try #require(chat.commit(chat.enter("What is it?")).request)
    #expect(request.messages.flatMap(\.pictures).map(\.name) == ["new"])
  }

  @Test func `An address gives way where the server fetches none, and a message stays a message`()
    throws
  {
    let conversation: Conversation = .of("One", "Two").changing(0) {
      $0.parts = [.picture(.url())]
    }
    var chat = Chat(conversation, .limited { $0.takesURLs = false })
    let request = try #require(chat.commit(chat.enter("And in words?")).request)
    #expect(request.messages.map(\.role) == [.user, .assistant, .user])
    #expect(request.messages.flatMap(\.pictures).isEmpty)
  }

  @Test func `A number that a server was learned to take is not offered a smaller detail`() throws {
    var chat = Chat(Self.photos)
    chat.enter("/send")
    chat.replyFails(
      ReplyFailure(kind: .pictureLimit(0, isLearned: true), phrase: "It takes none."))
    #expect(chat.state.notice?.offers == Self.blind)
    chat.enter("/send")
    chat.replyFails(
      ReplyFailure(kind: .pictureLimit(1, isLearned: true), phrase: "It takes one."))
    #expect(chat.state.notice?.offers == [.undo, .models])
  }

  @Test func `The same question once more is the same message`() throws {
    var chat = Chat()
    try chat.ask("Hello")
    chat.replyFails(ReplyFailure(kind: .unreachable, phrase: "No."))
    #expect(chat.enter("Hello").request != nil)
    #expect(chat.conversation.messages.path.map(\.text) == ["Hello"])
    chat.replyFails(ReplyFailure(kind: .unreachable, phrase: "No."))
    chat.commit(chat.enter("Hello?"))
    #expect(chat.conversation.messages.path.map(\.text) == ["Hello", "Hello?"])
  }

  @Test func `A picture that a server refused is named, and left out with a key`() throws {
    var chat = Chat(Self.photos)
    chat.conversation.messages.update(chat.conversation.messages.pathIDs[2]) {
      $0.status = .unsent
    }
    chat.enter("/send")
    chat.replyFails(
      ReplyFailure(kind: .pictureRefused(index: 0), phrase: "The picture is invalid."))
    #expect(
      chat.state.notice == Notice(.error, "The picture is invalid.", offers: Self.first))
    chat.type("What I was writing")
    chat.press(.offer1)
    #expect(chat.conversation.messages.path.map(\.omission) == [.pictures, .none, .none])
    #expect(
      chat.says == "The pictures of message 1 are left out now. /keep 1 undoes it.")
    #expect(chat.state.notice?.offers == [.send])
    let request = try #require(chat.press(.offer1).request)
    #expect(request.messages.flatMap(\.pictures) == [.url()])
    #expect(chat.line == "What I was writing")
  }

  @Test func `A picture that was left out is not the one that is offered`() throws {
    var chat = Chat(Self.photos)
    chat.enter("/forget 1 pictures")
    chat.enter("/send")
    chat.replyFails(
      ReplyFailure(kind: .pictureRefused(index: 0), phrase: "The picture is invalid."))
    #expect(chat.state.notice?.offers == Self.last)
  }

  @Test func `The second offer sends the picture smaller`() throws {
    var chat = Chat(Self.photos)
    chat.enter("/send")
    chat.replyFails(ReplyFailure(kind: .pictureRefused(index: 9), phrase: "Too large."))
    #expect(chat.state.notice?.offers == Self.last)
    chat.attach(.photo("waiting"))
    chat.notice = Notice(.error, "Too large.", offers: Self.first)
    chat.press(.offer2)
    #expect(chat.conversation.messages.path[0].pictures.map(\.detail) == [.low])
    #expect(chat.state.pictures.readyReferences == [.photo("waiting")])
  }

  @Test func `The third offer lists the models`() throws {
    var chat = Chat(Self.photos)
    chat.enter("/send")
    chat.replyFails(ReplyFailure(kind: .pictureRefused(index: nil), phrase: "No."))
    #expect(chat.press(.offer3).contains(.listModels(provider: "openai")))
    #expect(chat.picker?.subject == .models)
  }

  @Test func `A key without an offer does nothing, and a refused offer leaves the text alone`() {
    var chat = Chat()
    chat.type("Draft")
    #expect(chat.press(.offer1) == [])
    chat.notice = Notice(.error, "It failed.", offers: [.send])
    #expect(chat.press(.offer2) == [])
    chat.press(.offer1)
    #expect(chat.says == "There is nothing to send yet. Type a message and press Enter.")
    #expect(chat.line == "Draft")
  }

  @Test func `A history that is too long offers its oldest pictures, then its older half`() throws {
    var chat = Chat(Self.photos)
    chat.enter("/send")
    chat.replyFails(ReplyFailure(kind: .contextTooLong, phrase: "Too long."))
    #expect(
      chat.state.notice?.offers == [
        .forget(1...1, onlyPictures: true), .forget(1...1, onlyPictures: false), .context,
      ])
  }
}
