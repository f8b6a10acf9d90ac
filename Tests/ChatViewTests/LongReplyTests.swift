import ChatEngine
import ChatScreen
import Conversation
import Screen
import Testing

/// A reply that is long when it ends is read again, a part of it in each frame, so that keys are
/// answered meanwhile.
@Suite struct LongReplyTests {
  private static let piece = "Some **words** of [a reply][1].\n\n- one\n- two\n\n"
  /// Bytes that a frame may read at most: its two parts, which end where a block does.
  private static let mostBytesPerFrame = 128 << 10

  private static func stage(bytes: Int, showing status: Message.Status) -> (Stage, MessageID) {
    var stage = Stage(60, 20)
    let text = String(repeating: piece, count: bytes / piece.utf8.count) + "[1]: /address\n"
    let id = stage.add(.assistant, text)
    stage.change(id) { $0.status = status }
    return (stage, id)
  }

  @Test func `A long reply is read in many frames, which all show its end`() {
    let size = 1 << 20
    var (stage, id) = Self.stage(bytes: size, showing: .streaming)
    let streamed = Screenful(stage.draw()).rows
    #expect(!stage.isReading)
    stage.change(id) { $0.status = .complete }
    var frames = 0
    repeat {
      let rows = Screenful(stage.draw()).rows
      frames += 1
      #expect(rows.contains("iris two") || rows.contains { $0.hasSuffix("two") }, "\(frames)")
      #expect(rows.count == streamed.count)
    } while stage.isReading && frames < 1000
    #expect(!stage.isReading)
    #expect(frames >= size / Self.mostBytesPerFrame)
    #expect(stage.draw() == stage.drawAnew())
  }

  @Test func `A link whose definition came last leads there once all is read`() {
    var (stage, id) = Self.stage(bytes: 300_000, showing: .streaming)
    _ = stage.draw()
    stage.change(id) { $0.status = .stopped }
    repeat { _ = stage.draw() } while stage.isReading
    stage.press(.top)
    #expect(stage.draw() == stage.drawAnew())
  }

  @Test func `A short reply is whole at once`() {
    var (stage, id) = Self.stage(bytes: 20_000, showing: .streaming)
    _ = stage.draw()
    stage.change(id) { $0.status = .complete }
    _ = stage.draw()
    #expect(!stage.isReading)
    #expect(stage.draw() == stage.drawAnew())
  }
}
