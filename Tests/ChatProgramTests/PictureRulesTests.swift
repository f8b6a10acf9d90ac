import ChatProgram
import Conversation
import Pictures
import Testing

/// What pictures are fitted to, by what a server takes.
@Suite struct PictureRulesTests {
  private let telephone = PixelSize(width: 4032, height: 3024)
  private let planned = PixelSize(width: 1024, height: 768)

  @Test func `Without limits the model's plan is the size`() {
    let rules = PictureRules()
    let target = rules.target(for: telephone, planned: planned, detail: .high)
    #expect(target == FitTarget(scale: .exactly(planned)))
    #expect(
      rules.target(for: telephone, planned: telephone, detail: .original).scale == .original)
  }

  @Test func `A side that is too long is fitted, at every detail`() {
    var rules = PictureRules()
    rules.maximumSide = 512
    #expect(
      rules.target(for: telephone, planned: planned, detail: .high).scale
        == .exactly(PixelSize(width: 512, height: 384)))
    rules.maximumSide = 2016
    #expect(
      rules.target(for: telephone, planned: planned, detail: .high).scale == .exactly(planned))
    #expect(
      rules.target(for: telephone, planned: telephone, detail: .original).scale
        == .exactly(PixelSize(width: 2016, height: 1512)))
  }

  @Test func `Bytes and formats are the server's`() {
    var rules = PictureRules()
    rules.maximumBytes = 1000
    rules.formats = [.png]
    let target = rules.target(for: telephone, planned: planned, detail: .low)
    #expect(target.maximumBytes == 1000)
    #expect(target.formats == [.png])
  }
}
