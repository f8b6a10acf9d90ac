import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import SampleValues
import Screen
import Testing

/// Pictures drawn among the text, in cells or in pixels.
@Suite struct PreviewTests {
  @Test func `A terminal that places pictures gets those in sight in pixels`() {
    var chat = Chat(.of("One").changing(0) { $0.parts.append(.picture(.photo("a"))) })
    chat.capabilities.previewsAreOn = true
    let key = PreviewKey(digest: Digest.sample("a"), size: Size(columns: 20, rows: 5))
    let order = ChatEffect.preview(.draw(key, .photo("a"), for: .openAI()))
    var report = ScrollReport()
    report.previews = [key]
    #expect(chat.on(.view(.drawn(report))) == [order])
    chat.on(.preview(.drawn(key, [[Cell("▀")]])))
    #expect(chat.on(.terminal(.placesPictures)) == [order, .terminal(.askGraphics)])
    #expect(chat.on(.terminal(.placesPictures)) == [order])
    #expect(chat.state.capabilities.cellMeans.graphics == .asked)
    let kitty = Graphics.pixels(.kitty, cell: PixelSize(width: 9, height: 18))
    #expect(chat.on(.terminal(.graphics(kitty))) == [order])
    #expect(chat.state.capabilities.cellMeans.graphics == kitty)
    let preview = PixelPreview(
      name: "a", size: Size(columns: 3, rows: 2), pixels: (27, 36), cellHeight: 18
    ) { _ in "data" }
    chat.on(.preview(.drawnInPixels(key, preview)))
    #expect(chat.state.previews.pixels(of: key) == preview)
    // What was begun before the answer came ends after it.
    chat.on(.preview(.drawn(key, [[Cell("▀")]])))
    #expect(chat.state.previews[key] == preview.cells)
    chat.on(.view(.drawn(ScrollReport())))
    #expect(chat.on(.terminal(.graphics(kitty))) == [])
    #expect(chat.on(.view(.drawn(report))) == [order])
  }

  @Test func `A terminal that is not known to place pictures is not asked, and gets cells`() {
    var chat = Chat(.of("One").changing(0) { $0.parts.append(.picture(.photo("a"))) })
    chat.capabilities.previewsAreOn = true
    chat.enter("/view")
    let sixel = Graphics.pixels(.sixel, cell: PixelSize(width: 9, height: 18))
    chat.on(.terminal(.graphics(sixel)))
    #expect(chat.state.capabilities.graphics == sixel)
    #expect(chat.state.capabilities.cellMeans.graphics == .none)
  }

  @Test func `Previews are asked for once, when they come in sight`() {
    var chat = Chat(.of("One").changing(0) { $0.parts.append(.picture(.photo("a"))) })
    let key = PreviewKey(
      digest: Digest.sample("a"), size: Size(columns: 20, rows: 5))
    var report = ScrollReport()
    report.previews = [key]
    #expect(chat.on(.view(.drawn(report))) == [])
    chat.enter("/preview on")
    #expect(chat.says == "Pictures are drawn.")
    #expect(
      chat.on(.view(.drawn(report))) == [.preview(.draw(key, .photo("a"), for: .openAI()))])
    #expect(chat.on(.view(.drawn(report))) == [])
    #expect(chat.state.previews[key] == nil)
    let cells = [[Cell("▀")]]
    chat.on(.preview(.drawn(key, cells)))
    #expect(chat.state.previews[key] == cells)
    chat.on(.preview(.failed(key)))
    #expect(chat.state.previews[key] == [])
    chat.press(.previews)
    #expect(chat.says == "Pictures are named only.")
    chat.enter("/preview")
    #expect(chat.state.capabilities.previewsAreOn)
    chat.enter("/preview off")
    #expect(!chat.state.capabilities.previewsAreOn)
  }
}
