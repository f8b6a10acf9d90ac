import ChatProgram
import Foundation
import Testing

/// A shell makes words of `-i *.png`; which of them are pictures, the files tell.
@Suite struct AskWordsTests {
  @Test func `Words that are pictures are pictures, in request, and the rest is the question`() {
    let words = AskWords(["b.png", "What", "c.png", "is it?"]) { $0.hasSuffix(".png") }
    #expect(words.pictures == ["b.png", "c.png"])
    #expect(words.question == "What is it?")
    #expect(AskWords(["b.png"]) { _ in true }.question == nil)
  }

  @Test func `A file is a picture by its name or by its bytes, and nothing else is one`() throws {
    let folder = NSTemporaryDirectory() + "words-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder + "/folder.png", withIntermediateDirectories: true)
    let gif =
      Array("GIF89a".utf8) + [
        1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0,
      ]
      + [1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]
    let files: [(String, [UInt8])] = [("a.JPG", [0]), ("scan", gif), ("notes.txt", [0x61])]
    for (name, bytes) in files {
      try Data(bytes).write(to: URL(filePath: folder + "/" + name))
    }
    let names = ["a.JPG", "scan", "notes.txt", "folder.png", "none.png"]
    #expect(
      names.map { AskWords.isPicture(folder + "/" + $0) } == [true, true, false, false, false])
  }
}
