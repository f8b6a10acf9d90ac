import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import ModelCatalog
import SampleValues
import Testing

/// Documents that wait, what is told of them, and what goes with the message.
@Suite struct DocumentTests {
  private static func report(pages: Int? = 12, textTokens: Int? = 4000) -> MediaReference {
    MediaReference(
      source: .stored(Digest.sample("report")), mediaType: "application/pdf",
      byteCount: 1_200_000, name: "report.pdf",
      facts: .document(pages: pages, textTokens: textTokens))
  }

  private static let notes = MediaReference(
    source: .stored(Digest.sample("notes")), mediaType: "text/plain", byteCount: 12,
    name: "notes.txt", facts: .document(pages: nil, textTokens: 3))

  /// Attaches what turns out to be this document.
  private func attach(
    _ document: MediaReference, to chat: inout Chat, warnings: [Phrase] = []
  ) throws {
    chat.enter("/attach x")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["x"])))
    let id = try #require(chat.state.pictures.waiting.last?.id)
    chat.on(.picture(.document(id, document, warnings: warnings)))
  }

  @Test func `What is sent, pages and tokens are told before it is sent`() throws {
    var chat = Chat()
    try attach(Self.report(), to: &chat)
    #expect(chat.says?.hasPrefix("report.pdf: 12 pages, 1.2 MB, as text, ≈4.0k tok") == true)
    try attach(Self.notes, to: &chat)
    #expect(chat.says?.hasPrefix("notes.txt: 12 B, as text, ≈3 tok") == true)
    #expect(chat.state.pictures.documents.map(\.name) == ["report.pdf", "notes.txt"])
    #expect(chat.state.pictures.waiting.isEmpty)
  }

  @Test func `What waits is not called a picture where it is a document`() throws {
    var chat = Chat()
    chat.enter("/attachments")
    #expect(
      chat.says
        == "Nothing waits to be sent. /attach PATH adds a picture, a document or a recording.")
    try attach(Self.notes, to: &chat)
    chat.enter("/attachments")
    #expect(chat.page?.title.text() == "Waiting to be sent")
    #expect(chat.page?.text.count == 1)
  }

  @Test func `A message is called by its words in /context, and its document has a row`() throws {
    var chat = Chat()
    try attach(Self.notes, to: &chat)
    try chat.ask("**Sum** it up")
    chat.answer("Done.")
    chat.enter("/context")
    let rows = try #require(chat.page?.text)
    #expect(rows[0].hasSuffix("  Sum it up"))
    #expect(rows[1].hasPrefix("▤ notes.txt"))
  }

  @Test func `A scan goes as pictures of its pages, each counted`() throws {
    var chat = Chat()
    try attach(Self.report(textTokens: 0), to: &chat)
    #expect(chat.says?.contains("as pictures of its pages") == true)
    // GPT-4o looks at a page as 2 × 3 tiles of 170 tokens, and 85.
    let page = 85 + 6 * 170
    #expect(chat.state.engine.target.tokens(of: Self.report(textTokens: 0)).tokens == 12 * page)
  }

  @Test func `A warning stands behind what was attached`() throws {
    var chat = Chat()
    try attach(Self.report(pages: 600), to: &chat, warnings: ["It has 600 pages."])
    #expect(chat.says?.hasSuffix("It has 600 pages.") == true)
    #expect(chat.state.notice?.kind == .warning)
  }

  @Test func `They go with the message, before its text, and wait no more`() throws {
    var chat = Chat()
    try attach(Self.notes, to: &chat)
    chat.enter("Sum it up")
    let message = try #require(chat.conversation.messages.path.last)
    #expect(message.parts == [.media(Self.notes), .text("Sum it up")])
    #expect(chat.state.pictures.isEmpty)
    #expect(message.forRequest?.parts == message.parts)
  }

  @Test func `A document alone is a message`() throws {
    var chat = Chat()
    try attach(Self.notes, to: &chat)
    chat.enter("")
    #expect(chat.conversation.messages.path.last?.parts == [.media(Self.notes)])
  }

  @Test func `It is taken back by its name, or with all`() throws {
    var chat = Chat()
    try attach(Self.notes, to: &chat)
    try attach(Self.report(), to: &chat)
    chat.enter("/detach notes.txt")
    #expect(chat.says == "notes.txt is taken back.")
    #expect(chat.state.pictures.documents == [Self.report()])
    chat.enter("/detach")
    #expect(chat.state.pictures.isEmpty)
    try attach(Self.notes, to: &chat)
    chat.enter("/detach all")
    #expect(chat.state.pictures.isEmpty)
  }

  @Test func `The draft keeps it, and a message that is written anew brings it back`() throws {
    var chat = Chat()
    try attach(Self.notes, to: &chat)
    chat.enter("/new")
    #expect(chat.state.pictures.documents == [Self.notes])
    chat.enter("Sum it up")
    chat.enter("/undo")
    #expect(chat.state.pictures.documents == [Self.notes])
  }

  @Test func `/context counts it`() throws {
    var chat = Chat()
    try attach(Self.notes, to: &chat)
    chat.enter("Sum it up")
    chat.enter("/context")
    guard case .page(let page)? = chat.state.overlay else {
      Issue.record("no page")
      return
    }
    #expect(page.rows.contains { $0.phrase.text().hasPrefix("▤ notes.txt ≈3 tok") })
  }
}
