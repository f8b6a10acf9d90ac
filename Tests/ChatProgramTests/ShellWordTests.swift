import ChatProgram
import Processes
import Testing

@Suite struct ShellWordTests {
  @Test(arguments: ["plain-name_1.png", "with space", "it's", "$HOME", "", "桥", "a\"b\\c", "*"])
  func `A shell reads the word as it was`(text: String) {
    let command = "printf %s \(ShellWord(text))"
    let child = ChildProgram.shell(command, environment: ["PATH": "/usr/bin:/bin"])
    #expect(String(decoding: child.run().output, as: UTF8.self) == text)
  }

  @Test func `What needs no quotes has none`() {
    #expect(ShellWord("trip-photos").description == "trip-photos")
  }
}
