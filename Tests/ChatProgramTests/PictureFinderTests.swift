import ChatProgram
import Configuration
import Files
import Foundation
import Language
import Testing

@Suite struct PictureFinderTests {
  private let folder: String
  private let finder: PictureFinder

  init() throws {
    folder = NSTemporaryDirectory() + "finder-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder + "/my photos", withIntermediateDirectories: true)
    finder = PictureFinder(folders: try Folders(environment: ["HOME": folder]))
  }

  private func make(_ names: String...) {
    for name in names {
      _ = FileManager.default.createFile(atPath: folder + "/" + name, contents: Data([0]))
    }
  }

  private func sources(_ words: String..., whole: String = "") throws -> [String] {
    try finder.sources(words: words, whole: whole)
      .map { $0.replacing(folder + "/", with: "") }
  }

  @Test func `A tilde stands for the home folder`() throws {
    make("a.png")
    #expect(try sources("~/a.png") == ["a.png"])
  }

  @Test func `A path with spaces that nobody quoted is one file`() throws {
    make("my photos/桥 one.jpg")
    let whole = folder + "/my photos/桥 one.jpg"
    let words = whole.split(separator: " ").map(String.init)
    #expect(try finder.sources(words: words, whole: whole) == [whole])
  }

  @Test func `A typed space finds the narrow space in a screenshot's name`() throws {
    make("Screenshot 9.41\u{202F}PM.png")
    #expect(try sources(folder + "/Screenshot 9.41 PM.png") == ["Screenshot 9.41\u{202F}PM.png"])
  }

  @Test func `A folder gives its pictures, sorted, and nothing else`() throws {
    make("my photos/b.jpg", "my photos/a.PNG", "my photos/notes.txt")
    #expect(try sources("~/my photos") == ["my photos/a.PNG", "my photos/b.jpg"])
  }

  @Test func `A pattern gives the pictures that it matches`() throws {
    make("1.jpg", "2.jpg", "3.txt")
    #expect(try sources(folder + "/*") == ["1.jpg", "2.jpg"])
  }

  @Test func `A dollar sign in a name is a dollar sign`() throws {
    make("$HOME.png")
    #expect(try sources(folder + "/$HOME.png") == ["$HOME.png"])
  }

  @Test(arguments: ["https://example.com/a.png", "data:image/png;base64,AAAA"])
  func `A URL is left as it is`(url: String) throws {
    #expect(try sources(url) == [url])
  }

  @Test func `What is not there is named`() {
    let error = #expect(throws: PictureFinder.Failure.self) { try sources("/none/x.png") }
    #expect(
      error?.phrase.text()
        == "There is no file /none/x.png. Paths with spaces need quotes; Tab completes them.")
  }

  @Test func `An empty folder is told`() {
    let error = #expect(throws: PictureFinder.Failure.self) { try sources("~/my photos") }
    #expect(error?.phrase.text().hasSuffix("has no pictures in it. Name another one.") == true)
  }
}
