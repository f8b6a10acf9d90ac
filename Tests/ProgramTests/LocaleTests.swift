import TerminalEmulator
import Testing

/// Locales that are wished for, installed or not.
@Suite(.seated) struct LocaleTests {
  @Test(arguments: [
    ["LC_MESSAGES": "xx_XX.UTF-8"], ["LC_TIME": "xx_XX", "LC_COLLATE": "xx_XX.UTF-8"],
    ["LANG": "xx_XX.UTF-8"], ["LC_ALL": "xx_XX.UTF-8"], ["LC_CTYPE": "UTF-8"],
    ["LC_ALL": "xx_XX.UTF-8", "LC_CTYPE": "yy_YY.UTF-8", "LANG": "zz_ZZ.UTF-8"],
  ])
  func `A locale that is not installed keeps nothing from being written and read`(
    _ environment: [String: String]
  ) throws {
    var home = try Home()
    home.environment.merge(environment) { $1 }
    let program = try home.chat()
    program.type("a桥")
    program.press(.backspace)
    program.type("湖")
    try program.waits(for: "user ▸ a湖")
    #expect(!program.screen.contains("xx_XX") && !program.screen.contains("locale"))
    program.press(.control("c"))
    try program.waits(untilGone: "湖")
    #expect(try program.quits() == .status(0))
  }

  @Test(arguments: ["LC_ALL", "LC_MESSAGES", "LANG"])
  func `Sentences are in the language that the names wish for`(_ name: String) throws {
    var home = try Home()
    home.environment[name] = "zh_CN.UTF-8"
    let program = try home.chat()
    program.enter("/nothing")
    try program.waits(until: "there is a sentence in Chinese") { emulator in
      emulator.text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }
  }
}
