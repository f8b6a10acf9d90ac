import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import SampleValues
import Screen
import Testing

/// A picture over the whole screen.
@Suite struct ViewTests {
  private static let kitty = Graphics.pixels(.kitty, cell: PixelSize(width: 9, height: 18))
  private static let facts = FittedFacts(
    format: .jpeg, size: PixelSize(width: 512, height: 384), byteCount: 30_000, isUntouched: false)

  private static func request(_ name: String, _ graphics: Graphics) -> PictureViewRequest {
    PictureViewRequest(
      reference: .photo(name), targetModel: .openAI(),
      room: Size(columns: 80, rows: 24 - PictureView.captionRows), graphics: graphics)
  }

  private var chat: Chat {
    Chat(.of("One").changing(0) { $0.parts.append(.picture(.photo("sent"))) })
  }

  @Test func `A picture is shown by its number, which those that wait have behind the others`() {
    var chat = chat
    chat.capabilities.graphics = .none
    #expect(chat.enter("/view").last == .preview(.view(Self.request("sent", .none))))
    chat.press(.cancel)
    chat.attach(.photo("a"), .photo("b"))
    #expect(chat.enter("/view 2").last == .preview(.view(Self.request("a", .none))))
    chat.press(.accept)
    #expect(chat.enter("/view").last == .preview(.view(Self.request("b", .none))))
    chat.press(.up)
    #expect(chat.enter("/view 1").last == .preview(.view(Self.request("sent", .none))))
    chat.press(.accept)
    chat.enter("/view 4")
    #expect(chat.says == "There is no picture 4: there are 3.")
    chat.enter("/attach c")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["c"])))
    chat.enter("/view 4")
    #expect(chat.says == "Picture 4 is still being prepared. Try again when it is ready.")
  }

  @Test func `Of a picture at a URL there is nothing to show`() {
    var chat = Chat(.of("One").changing(0) { $0.parts.append(.picture(.url())) })
    chat.enter("/view")
    #expect(
      chat.says == "https://example.com/walk.jpg is at a URL; there is nothing here to show of it.")
    #expect(chat.state.pictureView == nil)
  }

  @Test func `The terminal is asked for pixels once, and the picture drawn in cells meanwhile`() {
    var chat = chat
    let effects = chat.enter("/view").withoutWakes.suffix(2)
    #expect(
      effects == [.preview(.view(Self.request("sent", .asked))), .terminal(.askGraphics)])
    #expect(
      chat.on(.terminal(.graphics(Self.kitty)))
        == [.preview(.view(Self.request("sent", Self.kitty)))])
    chat.press(.cancel)
    #expect(
      chat.enter("/view").withoutWakes.suffix(1)
        == [.preview(.view(Self.request("sent", Self.kitty)))])
  }

  @Test func `Only the last order's drawing is shown`() {
    var chat = chat
    chat.enter("/view")
    chat.on(.terminal(.graphics(Self.kitty)))
    let cells = PictureDrawing.cells([[Cell("▀")]])
    chat.on(.preview(.view(.drawn(Self.request("sent", .asked), cells, sent: Self.facts))))
    #expect(chat.state.pictureView?.drawing == nil)
    let pixels = PictureDrawing.pixels(
      PixelPicture(drawing: "pixels", removal: "away"), Size(columns: 9, rows: 5))
    chat.on(.preview(.view(.drawn(Self.request("sent", Self.kitty), pixels, sent: Self.facts))))
    #expect(chat.state.pictureView?.drawing == pixels)
    chat.on(.preview(.view(.closed)))
    chat.on(.preview(.view(.drawn(Self.request("sent", Self.kitty), pixels, sent: Self.facts))))
    #expect(chat.state.pictureView == nil)
  }

  @Test func `A window of another size has the picture drawn anew`() throws {
    var chat = chat
    chat.capabilities.graphics = .none
    chat.enter("/view")
    #expect(chat.on(.terminal(.resized(Size(columns: 80, rows: 24)))) == [])
    let effects = chat.on(.terminal(.resized(Size(columns: 40, rows: 10))))
    var request = Self.request("sent", .none)
    request.room = Size(columns: 40, rows: 6)
    #expect(effects == [.preview(.view(request))])
  }

  @Test func `The figures of the original stand beside what the model sees`() throws {
    var chat = chat
    chat.enter("/view")
    let view = try #require(chat.state.pictureView)
    let waiting = chat.state.caption(of: view)
    #expect(waiting.original.text() == "sent, the original: JPEG 1024×768 300 kB")
    #expect(waiting.sent.text() == "It is being drawn. Any key closes.")
    chat.on(.preview(.view(.drawn(view.request, .cells([]), sent: Self.facts))))
    let drawn = try #require(chat.state.pictureView)
    #expect(
      chat.state.caption(of: drawn).sent.text()
        == "The model sees JPEG 512×384 30 kB, auto, 765 tok, $0.0019. Any key closes.")
    chat.on(.preview(.view(.failed(view.request, "The kept original is missing."))))
    let failed = try #require(chat.state.pictureView)
    #expect(
      chat.state.caption(of: failed).sent.text()
        == "The kept original is missing. Any key closes.")
  }

  @Test(arguments: KeyAction.allCases)
  func `Any key closes, and does nothing else`(key: KeyAction) {
    var chat = chat
    chat.enter("/view")
    let before = chat.state
    #expect(chat.press(key) == [])
    let after = chat.state
    #expect(after.pictureView == nil)
    #expect(after.conversation == before.conversation && after.pictures == before.pictures)
    #expect(after.composer == before.composer && after.session == before.session)
    #expect(after.transcript == before.transcript && after.capabilities == before.capabilities)
    #expect(after.overlays == before.overlays && after.notice == before.notice)
  }

  @Test func `A paste closes too, and is not lost`() {
    var chat = chat
    chat.enter("/view")
    #expect(chat.paste("words").first == .composer(.insert("words")))
    #expect(chat.line == "words")
    #expect(chat.state.pictureView == nil)
  }

  // MARK: - What is kept of previews

  @Test func `Previews that were out of sight for longest give way, those in sight never`() {
    var chat = Chat(
      .of("One").changing(0) { $0.parts += (0..<300).map { .picture(.photo("\($0)")) } })
    chat.enter("/preview on")
    func report(_ names: some Sequence<Int>) -> ChatEvent {
      var report = ScrollReport()
      report.previews = names.map {
        PreviewKey(
          digest: Digest.sample("\($0)"), size: Size(columns: 60, rows: 16))
      }
      return .view(.drawn(report))
    }
    #expect(chat.on(report(0..<200)).count == 200)
    #expect(chat.state.previews.keys.count == 200)
    #expect(chat.on(report(200..<210)).count == 10)
    let most = PreviewCache.maximumCellCount / 960
    #expect(chat.state.previews.keys.count == most)
    #expect(chat.on(report(200..<210)) == [])
    #expect(chat.on(report(0..<200)).count == 200 - (most - 10))
  }
}
