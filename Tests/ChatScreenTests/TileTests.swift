import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import ModelCatalog
import SampleValues
import Testing

/// Long pictures that are offered, and attached, as tiles.
@Suite struct TileTests {
  /// A page as the program fits it for GPT-4o, with the tiles as which it can be read.
  private static let page: PreparedPicture = {
    let size = PixelSize(width: 1080, height: 20_000)
    let stored = StoredPicture(
      digest: .sample("page"), format: .png, size: size, byteCount: 2_000_000)
    var facts = FittedFacts(
      format: .png, size: PixelSize(width: 111, height: 2048), byteCount: 9000, isUntouched: false)
    facts.tilePlan = TilePlan(of: size, by: .gpt4o)
    return PreparedPicture(
      reference: PictureReference(source: .stored(stored), name: "page.png", detail: .auto),
      fitted: facts)
  }()

  private static func tile(_ number: Int) -> PreparedPicture {
    .untouched(.photo("page.png (\(number) of 3)", .high))
  }

  @Test func `A picture whose print is lost is offered as tiles, and a key accepts`() throws {
    var chat = Chat()
    chat.enter("/attach page.png")
    chat.on(.picture(.found(request: 1, sources: ["page.png"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.on(.picture(.prepared(id, Self.page)))
    let says = try #require(chat.says)
    #expect(says.contains("It is shrunk from 1080×20000 to 111×2048: small print may be lost."))
    let count = try #require(Self.page.fitted?.tilePlan?.count)
    #expect(
      says.contains("/detail tiles 1 attaches it as \(count) tiles that can be read: 16k tok."))
    #expect(chat.state.notice?.offers == [.tiles(picture: 1)])
    let prepare = PictureEffect.prepare(
      id, .kept(Self.page.reference), detail: .tiles, for: .openAI())
    #expect(chat.enter("/detail tiles 1").contains(.picture(prepare)))
  }

  @Test func `Tiles take the place of their picture, in order, and are told with their price`()
    throws
  {
    var chat = Chat()
    chat.attach(.photo("before"), .photo("after"))
    chat.enter("/attach page.png tiles")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["page.png"])))
    chat.attach(.photo("last"))
    let id = try #require(chat.state.pictures.waiting.first { $0.name == "page.png" }?.id)
    chat.on(.picture(.tiled(id, (1...3).map(Self.tile))))
    #expect(
      chat.state.pictures.waiting.map(\.name) == [
        "before", "after", "page.png (1 of 3)", "page.png (2 of 3)", "page.png (3 of 3)", "last",
      ])
    #expect(Set(chat.state.pictures.waiting.map(\.id)).count == 6)
    #expect(chat.state.pictures.waiting.allSatisfy { $0.detail != .tiles })
  }

  @Test func `Tiles are told with their number, their size and their price`() throws {
    var chat = Chat()
    chat.enter("/attach page.png tiles")
    chat.on(.picture(.found(request: 1, sources: ["page.png"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.on(.picture(.tiled(id, (1...3).map(Self.tile))))
    #expect(chat.says == "page.png is attached as 3 tiles of 1024×768, in order: 2.2k tok.")
    #expect(!chat.state.pictures.isPreparing)
  }

  @Test func `A picture that can be read whole is attached whole`() throws {
    var chat = Chat()
    chat.enter("/attach small.png tiles")
    chat.on(.picture(.found(request: 1, sources: ["small.png"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.on(.picture(.tiled(id, [.untouched(.photo("small.png", .high))])))
    #expect(chat.says == "1 small.png: JPEG 1024×768 300 kB, high, 765 tok, $0.0019.")
  }

  @Test func `Tiles that come for a picture that was taken back are dropped`() throws {
    var chat = Chat()
    chat.enter("/attach page.png tiles")
    chat.on(.picture(.found(request: 1, sources: ["page.png"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.enter("/detach all")
    chat.on(.picture(.tiled(id, (1...3).map(Self.tile))))
    #expect(chat.state.pictures.waiting.isEmpty)
  }

  @Test func `A picture of the conversation is not cut`() {
    var chat = Chat()
    chat.attach(.photo("a.jpg"))
    chat.enter("Look")
    chat.enter("/detail tiles 1")
    #expect(
      chat.says
        == "Picture 1 is in the conversation already, and only one that waits is cut: /attach PATH tiles"
    )
  }
}
