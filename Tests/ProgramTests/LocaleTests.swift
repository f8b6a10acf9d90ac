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

  @Test(arguments: ["LC_ALL", "LC_CTYPE", "LANG"])
  func `A program gets a text that it can read where the locale is not installed`(
    _ name: String
  ) async throws {
    try await withServer { (home, _) async throws in
      var home = home
      for other in ["LC_ALL", "LC_CTYPE", "LANG"] { home.environment[other] = nil }
      home.environment[name] = "xx_XX.UTF-8"
      let program = try home.chat("-m", "demo")
      try program.asks("Hello")
      program.enter("/pipe locale charmap 2>/dev/null")
      try program.waits(for: "/dev/null: UTF-8", within: .slow)
    }
  }

  @Test(arguments: [
    ["LANG": "C"], ["LANG": "POSIX"], ["LANG": ""], ["LANG": "en_US.ISO-8859-1"],
    ["LANG": "C.UTF-8", "LC_ALL": "C"], ["LANG": "C.UTF-8", "LC_CTYPE": "en_US"],
  ])
  func `Where the locale is not UTF-8 the screen is drawn in ASCII`(
    _ environment: [String: String]
  ) throws {
    var home = try Home()
    home.environment.merge(environment) { $1 }
    let program = try TerminalProgram(
      Home.program, [], environment: home.environment, directory: home.path)
    try program.waits(for: "user >", within: .slow)
    program.enter("long 1")
    try program.waits(until: "the reply is there", within: .slow) {
      $0.text.contains("? keys") && $0.text.contains("iris 2")
    }
    program.type("桥")
    try program.waits(for: "user > 桥", within: .slow)
    program.press(.control("c"))
    program.enter("/help")
    try program.waits(for: "/attach", within: .slow)
    // Letters, and what else a message holds, stay.
    let signs = program.screen.unicodeScalars.filter {
      !$0.isASCII && !$0.properties.isAlphabetic && $0.value < 0x2E80
    }
    #expect(signs.isEmpty, "\(String(String.UnicodeScalarView(signs)))")
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

  @Test(arguments: [
    (["ask", "--frobnicate"], "错误：没有选项“--frobnicate”"),
    (["ask", "--modl", "x"], "错误：没有选项“--modl”。是否想用“--model”？"),
    (["ask", "-t", "7", "Hi"], "错误：--temperature 需要 0 到 2 的数，而不是 7。"),
    (["ask", "-t", "warm", "Hi"], "错误：“warm”不能用作“-t <temperature>”的值"),
    (["ask", "--api", "x", "Hi"], "错误：“x”不能用作“--api <api>”的值。可用："),
    (["files", "get"], "错误：缺少参数“<name>”"),
    (["list", "one"], "错误：多余的参数“one”"),
    (["embed", "--json", "a"], "错误：--json 要与 --list 一起使用。"),
    (["ask", "-m"], "错误：“-m <model>”缺少值"),
    (["embd"], "错误：没有调用 embd。"),
  ])
  func `A mistake of the command line is told in the user's language`(
    arguments: [String], words: String
  ) throws {
    var home = try Home()
    home.environment["LANG"] = "zh_CN.UTF-8"
    let outcome = try home.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.errors.contains("用法：iris"))
    #expect(outcome.errors.contains("更多信息见“iris"))
    home.environment["LANG"] = "C.UTF-8"
    #expect(try home.run(arguments).errors.hasPrefix("Error: "))
  }
}
