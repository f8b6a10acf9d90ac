import Foundation
import TerminalEmulator
import Testing

/// Pictures from a file to the wire, and back from the store.
@Suite(.seated) struct PictureTests {
  @Test func `A picture waits, and is sent as a data URL with its detail`() async throws {
    try await withServer { (home, log) async throws in
      let png = Samples.png(6, 4)
      try home.write(png, to: "my bridge.png")
      let program = try home.chat("-m", "demo")
      program.enter("/attach 'my bridge.png' low")
      try program.waits(for: "my bridge.png 6×4 low", within: .slow)
      program.enter("What is it?")
      try program.waits(for: "PNG 6×4, \(png.count) bytes, detail low", within: .slow)
      let message = try #require(try log.sent().last?.messages.last)
      #expect(message.texts == ["What is it?"])
      #expect(message.pictures == [.init(url: Self.dataURL(png), detail: "low")])
    }
  }

  @Test func `Pictures are sent again, also when their file is gone`() async throws {
    try await withServer { (home, log) async throws in
      let png = Samples.png(5, 5)
      try home.write(png, to: "a.png")
      let first = try home.chat("-m", "demo", "-i", "a.png")
      try first.waits(for: "a.png 5×5", within: .slow)
      try first.asks("Look")
      try first.asks("Again")
      #expect(try first.quits() == .status(0))
      try home.remove("a.png")
      let second = try home.chat("--continue", "-m", "demo")
      try second.waits(for: "Again", within: .slow)
      try second.asks("And now?")
      let sent = try log.sent()
      #expect(sent.map(\.messages.count) == [1, 3, 5])
      #expect(
        sent.map { $0.messages.first?.pictures.map(\.url) }
          == .init(
            repeating: [Self.dataURL(png)], count: 3))
    }
  }

  @Test func `Of an animated picture the first frame is sent, and that is told`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.gif(frameCount: 2), to: "moving.gif")
      let program = try home.chat("-m", "demo")
      program.enter("/attach moving.gif")
      try program.waits(for: "its first frame alone is sent", within: .slow)
      try program.asks("What moves?")
      let message = try #require(try log.sent().last?.messages.last)
      let url = "data:image/gif;base64," + Data(Samples.gif(frameCount: 1)).base64EncodedString()
      #expect(message.pictures.map(\.url) == [url])
    }
  }

  @Test func `A long picture is sent as tiles that can be read, in order`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(600, 6000), to: "page.png")
      let shrunk = try home.run("ask", "-m", "demo", "-i", "page.png", "Look")
      #expect(shrunk.errors.contains("page.png: It is shrunk from 600×6000 to 205×2048"))
      #expect(shrunk.errors.contains("--detail tiles sends it as"))
      let tiled = try home.run(
        "ask", "-m", "demo", "-i", "page.png", "--detail", "tiles", "Look")
      #expect(tiled.status == 0)
      #expect(tiled.errors.contains("page.png is attached as 3 tiles of 600×"))
      let sent = try log.sent().compactMap(\.messages.last).map(\.pictures)
      #expect(sent.map(\.count) == [1, 3])
      #expect(sent.last?.allSatisfy { $0.detail == "high" } == true)
    }
  }

  @Test func `Nothing but the picture leaves, unless it is asked for`() async throws {
    try await withServer { (home, log) async throws in
      let png = Samples.png(6, 4)
      let whole = png + Array("SECRET".utf8)
      try home.write(whole, to: "a.png")
      #expect(try home.run("ask", "-m", "demo", "-i", "a.png", "Look").status == 0)
      #expect(
        try home.run("ask", "-m", "demo", "-i", "a.png", "--detail", "original", "Look").status == 0
      )
      let sent = try log.sent().flatMap(\.messages).flatMap(\.pictures).map(\.url)
      #expect(sent == [Self.dataURL(png), Self.dataURL(whole)])
    }
  }

  @Test func `A URL is passed on as it is`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("/attach https://example.com/walk.jpg high")
      try program.waits(for: "walk.jpg high")
      try program.asks("Look")
      #expect(
        try log.sent().last?.messages.last?.pictures
          == [.init(url: "https://example.com/walk.jpg", detail: "high")])
    }
  }

  @Test func `A line that begins with a picture's path sends it with the rest`() async throws {
    try await withServer { (home, log) async throws in
      let png = Samples.png(6, 4)
      let path = try home.write(png, to: "a b.png")
      let program = try home.chat("-m", "demo")
      program.enter("'\(path)' What is it?")
      try program.waits(for: "PNG 6×4", within: .slow)
      let message = try #require(try log.sent().last?.messages.last)
      #expect(message.texts == ["What is it?"])
      #expect(message.pictures.map(\.url) == [Self.dataURL(png)])
    }
  }

  @Test func `A dropped folder gives its pictures, and a drawing is told`() throws {
    let home = try Home()
    try FileManager.default.createDirectory(
      atPath: home.path + "/photos", withIntermediateDirectories: true)
    try home.write(Samples.png(6, 4), to: "photos/one.png")
    let svg = try home.write(Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), to: "d.svg")
    let program = try home.chat("-m", "demo", columns: 160)
    try program.waits(until: "pastes are marked") { $0.hasBracketedPaste }
    program.paste(home.path + "/photos ")
    try program.waits(for: "one.png 6×4", within: .slow)
    #expect(!program.screen.contains("photos "))
    program.paste(svg)
    try program.waits(for: "d.svg is", within: .slow)
    program.paste(Self.dataURL(Samples.png(9, 2)))
    try program.waits(for: "9×2", within: .slow)
  }

  struct Refusal: CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]?
    var sentence: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Refusal(
      name: "notes.png", bytes: Array("just words\n".utf8), sentence: "is text, not a picture"),
    Refusal(name: "none.png", bytes: nil, sentence: "There is no file none.png."),
    Refusal(name: "empty.png", bytes: [], sentence: "is empty"),
    Refusal(name: "half.png", bytes: Array(Samples.png(9, 9).dropLast(30)), sentence: "breaks off"),
  ])
  func `What is no picture is refused in a sentence, and the program goes on`(
    refusal: Refusal
  ) async throws {
    try await withServer { (home, log) async throws in
      if let bytes = refusal.bytes { try home.write(bytes, to: refusal.name) }
      let program = try home.chat("-m", "demo", columns: 120)
      program.enter("/attach \(refusal.name)")
      try program.waits(for: refusal.sentence, within: .slow)
      program.press(.control("u"))
      try program.asks("Hello")
      #expect(try log.sent().last?.messages.last?.pictures == [])
    }
  }

  #if os(Linux)
    @Test(arguments: [
      ("C.UTF-8", "no decoder of HEIC is installed: sudo apt install libheif1"),
      ("zh_CN.UTF-8", "没有安装 HEIC 的解码器：sudo apt install libheif1"),
    ])
    func `Where libheif is missing, a HEIC is refused with what to install`(
      locale: String, sentence: String
    ) async throws {
      try await withServer { (home, log) async throws in
        var home = home
        try home.write(Samples.heic(8, 8), to: "a.heic")
        // What the loader finds first is no library.
        try home.write([], to: "libheif.so.1")
        home.environment["LD_LIBRARY_PATH"] = home.path
        home.environment["LANG"] = locale
        let outcome = try home.run("ask", "-m", "demo", "-i", "a.heic", "Look")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains(sentence))
        #expect(try log.sent().isEmpty)
      }
    }
  #endif

  @Test func `A picture can be taken back, and its detail changed`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(3, 3), to: "a.png")
      try home.write(Samples.png(4, 4), to: "b.png")
      let program = try home.chat("-m", "demo", columns: 120)
      program.enter("/attach a.png b.png")
      try program.waits(for: "b.png 4×4", within: .slow)
      program.enter("/detail high 2")
      try program.waits(for: "b.png 4×4 high")
      program.enter("/detail huge")
      try program.waits(for: "There is no detail huge")
      program.press(.control("u"))
      program.enter("/detach 1")
      try program.waits(untilGone: "a.png 3×3")
      try program.asks("Look")
      #expect(try log.sent().last?.messages.last?.pictures.map(\.detail) == ["high"])
    }
  }

  private static func dataURL(_ bytes: [UInt8]) -> String {
    "data:image/png;base64," + Data(bytes).base64EncodedString()
  }
}
