import ChatEngine
import ChatScreen
import Conversation
import Screen
import Testing

/// The screen of a terminal whose locale is not UTF-8.
@Suite struct ASCIITests {
  /// Signs that are not letters of any script.
  private func signs(in frame: Frame) -> Set<Unicode.Scalar> {
    Set(frame.rows.joined().map(\.base).filter { !$0.isASCII && !$0.properties.isAlphabetic })
  }

  /// The pictures of the scenes, which are drawn elsewhere, and one message have such signs.
  private static let scenes = Scene.all.filter { scene in
    !["picture over", "preview", "ambiguous"].contains { scene.name.contains($0) }
  }

  @Test(arguments: scenes)
  func `Every scene is drawn without a sign beyond ASCII`(_ scene: Scene) {
    for (columns, rows) in [(40, 10), (80, 24), (200, 50)] {
      var stage = Stage(columns, rows)
      scene.set(&stage)
      stage.capabilities.isUTF8 = false
      #expect(signs(in: stage.draw()).filter { $0.value < 0x2E80 } == [])
    }
  }

  @Test func `Letters stay as they are, in any script`() {
    var stage = Stage(80, 24)
    stage.capabilities.isUTF8 = false
    stage.add(.assistant, "naïve 桥上的风景 Ω")
    #expect(stage.draw().snapshot.contains("naïve 桥上的风景 Ω"))
  }
}
