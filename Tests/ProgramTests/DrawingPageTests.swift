import DemoServer
import Foundation
import Testing

/// The lines of `docs/DRAWING.md` are run as they stand there.
@Suite(.seated) struct DrawingPageTests {
  /// The lines of the blocks that are to be run.
  private static func lines() throws -> [String] {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/DRAWING.md")
    let blocks = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```sh\n")
    return blocks.dropFirst().flatMap { block in
      (block.components(separatedBy: "```").first ?? "").split(separator: "\n").map(String.init)
    }
  }

  @Test func `Every line of the walk draws what it names`() async throws {
    try await withServer { (home, _) async throws in
      try home.write(Samples.png(64, 48), to: "room.png")
      try home.write(Samples.mask(64, 48, alpha: 0), to: "pool.png")
      let lines = try Self.lines()
      #expect(lines.count >= 8)
      for line in lines {
        let isReply = line.hasPrefix("iris ask --pictures ")
        try #require(isReply || line.hasPrefix("iris draw "), "\(line)")
        // A server with several models chooses none by itself.
        let call = isReply ? "ask -m demo " + line.dropFirst(9) : String(line.dropFirst(5))
        let outcome = try home.shell("$IRIS \(call) < /dev/null")
        #expect(outcome.status == 0, "\(line): \(outcome.errors)")
        let paths =
          isReply
          ? outcome.errors.split(separator: "\n").filter { $0.hasSuffix(".png") }
            .compactMap { $0.split(separator: " ").last.map(String.init) }
          : outcome.output.split(separator: "\n").map(String.init)
        #expect(!paths.isEmpty, "\(line)")
        for path in paths {
          #expect(FileManager.default.fileExists(atPath: home.path + "/" + path), "\(line)")
        }
      }
    }
  }
}
