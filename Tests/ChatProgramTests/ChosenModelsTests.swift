import ChatProgram
import Files
import Foundation
import Testing

/// The models that are kept from one start to the next.
@Suite struct ChosenModelsTests {
  private func withFile(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path + "/models.json")
  }

  @Test func `Each server keeps the model that was chosen last`() throws {
    try withFile { path in
      #expect(ChosenModels(path: path) == ChosenModels())
      try ChosenModels.keep("a", for: "openai", at: path)
      try ChosenModels.keep("通义千问", for: "relay", at: path)
      try ChosenModels.keep("b", for: "openai", at: path)
      let chosen = ChosenModels(path: path)
      #expect(chosen["openai"] == "b")
      #expect(chosen["relay"] == "通义千问")
      #expect(chosen["other"] == nil)
    }
  }

  @Test(arguments: ["", "[]", "{\"openai\": 7}", "{\"openai\": \"a\\u001b[2J\"}", "\u{0}"])
  func `A file that holds no model is none`(text: String) throws {
    try withFile { path in
      try ChosenModels.keep("a", for: "x", at: path)
      try Data(text.utf8).write(to: URL(filePath: path))
      #expect(ChosenModels(path: path)["openai"] == nil)
      try ChosenModels.keep("b", for: "openai", at: path)
      #expect(ChosenModels(path: path)["openai"] == "b")
    }
  }

  @Test func `A folder that cannot be written is told`() {
    #expect(throws: FileError.self) {
      try ChosenModels.keep("a", for: "openai", at: "/dev/null/x/models.json")
    }
  }
}
