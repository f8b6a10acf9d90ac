import Testing

@Suite struct ScreenTests {
  @Test(arguments: Scene.all)
  func `A scene looks as it was reviewed`(_ scene: Scene) throws {
    let file = ScreenFile(scene.name)
    let screens = ScreenFile.text(of: scene)
    if ScreenFile.isRecording { try file.record(screens) }
    let kept = file.text ?? "no screen is kept\n"
    #expect(kept == screens, "\(scene.name)\n--- kept\n\(kept)\n--- drawn\n\(screens)")
  }

  @Test func `No two scenes share a name`() {
    #expect(Set(Scene.all.map(\.name)).count == Scene.all.count)
  }
}
