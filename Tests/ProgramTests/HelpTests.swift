import Foundation
import TerminalEmulator
import Testing

/// The pages of `--help` and the tables of the calls, in the user's language.
@Suite(.seated) struct HelpTests {
  /// The command table as the program itself tells it.
  private struct Table: Decodable {
    struct Command: Decodable {
      var commandName: String
      var subcommands: [Command]?

      /// The words of every call at or below this one.
      func calls(below words: [String] = []) -> [[String]] {
        let inner = (subcommands ?? []).filter { $0.commandName != "help" }
        return [words] + inner.flatMap { $0.calls(below: words + [$0.commandName]) }
      }
    }

    var command: Command
  }

  private func calls(of home: Home) throws -> [[String]] {
    let text = try home.run("--experimental-dump-help").output
    return try JSONDecoder().decode(Table.self, from: Data(text.utf8)).command.calls()
  }

  /// The lines that hold two English words in a row, calls and names apart.
  private static func leftOver(in text: String) -> [String] {
    let lines = text.replacing("Model Context Protocol", with: "").split(separator: "\n")
    return lines.map(String.init).filter { line in
      let isParsers = ["OVERVIEW:", "USAGE:", "ARGUMENTS:", "OPTIONS:", "(default", "(values"]
        .contains { line.contains($0) }
      return isParsers || hasEnglish(line)
    }
  }

  private static func hasEnglish(_ line: String) -> Bool {
    var (run, isCall) = (0, false)
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      let letters = word.trimmingCharacters(in: CharacterSet(charactersIn: ".,;:()'"))
      let isWord =
        letters.count > 1 && letters.allSatisfy { $0.isASCII && $0.isLetter }
        && letters.dropFirst().allSatisfy(\.isLowercase)
      if word.hasSuffix("iris") {
        (run, isCall) = (0, true)
      } else if !isWord {
        (run, isCall) = (0, false)
      } else if !isCall {
        run += 1
        if run == 2 { return true }
      }
    }
    return false
  }

  @Test(arguments: ["Show help information.", "  --json   Print the JSON."])
  func `English would be found`(line: String) {
    #expect(Self.leftOver(in: line) == [line])
  }

  /// The columns of a line: these pages have no marks, and no wide character below the radicals.
  private static func width(of line: Substring) -> Int {
    line.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) }
  }

  @Test(arguments: [80, 40])
  func `Every page of help is Chinese in a Chinese locale, and fits`(columns: Int) throws {
    var home = try Home()
    home.environment["LANG"] = "zh_CN.UTF-8"
    home.environment["COLUMNS"] = "\(columns)"
    let calls = try calls(of: home)
    #expect(calls.count > 25)
    for call in calls {
      let page = try home.run(call + ["--help"])
      #expect(page.status == 0 && page.output.contains("选项："), "\(call)")
      #expect(Self.leftOver(in: page.output) == [], "\(call)")
      let wide = page.output.split(separator: "\n").filter { Self.width(of: $0) > columns }
      #expect(wide == [], "\(call)")
      #expect(try home.run(["help"] + call).output == page.output, "\(call)")
    }
  }

  @Test func `In English the page has the parser's own words, whole`() throws {
    var home = try Home()
    home.environment["COLUMNS"] = "44"
    let page = try home.run("files", "list", "--help").output
    #expect(page.hasPrefix("OVERVIEW: List the files, newest first, and"))
    #expect(page.contains("\nOPTIONS:\n  --base-url <base-url>\n      The server's address.\n"))
    #expect(page.contains("USAGE: iris files list"))
    #expect(page.split(separator: "\n").allSatisfy { $0.count <= 44 })
    home.environment["COLUMNS"] = "80"
    let wide = try home.run("files", "list", "--help").output
    #expect(wide.contains("\n  --base-url <base-url>   The server's address.\n"))
  }

  @Test func `The configuration's language is that of help as well`() throws {
    let home = try Home()
    try FileManager.default.createDirectory(
      atPath: home.path + "/config/iris", withIntermediateDirectories: true)
    try home.write(Array("language: zh\n".utf8), to: "config/iris/config.yaml")
    #expect(try home.run("list", "--help").output.contains("输出 JSON。"))
  }

  @Test func `Tables have Chinese heads on a terminal, and their old names in a pipe`()
    async throws
  {
    try await withServer { (home, _) async throws in
      var home = home
      try home.write(Array("hello\n".utf8), to: "notes.txt")
      for call in [
        ["ask", "-m", "demo", "--save", "talk", "hello"], ["export", "talk", "whole.iris.json"],
        ["embed", "-m", "demo-embed", "--index", "notes", "notes.txt"],
        ["files", "put", "notes.txt"], ["library", "add", "manuals", "notes.txt"],
      ] {
        try #require(try home.run(call).status == 0, "\(call)")
      }
      #expect(try home.run("usage").output.hasPrefix("month\tprovider\tmodel\treplies\tin\t"))
      home.environment["LANG"] = "zh_CN.UTF-8"
      #expect(try home.run("usage").output.hasPrefix("month\tprovider\tmodel\treplies\tin\t"))
      for (call, head) in [
        ("list", "标题  更新时间  消息  图片  模型"), ("list --search hello", "标题  角色  内容"),
        ("usage", "月份  服务器  模型  回复  输入  缓存  输出  费用  图片  数量"),
        ("models", "模型  窗口  价格  可读"), ("tools", "来源  工具  询问  启用  token"),
        ("import whole.iris.json --dry-run", "标题  创建时间  消息  图片  模型  导入"),
        ("embed --list", "索引  文本数  模型  大小  服务器"), ("similar notes hello", "得分  位置  文字"),
        ("files", "文件  大小  删除日期  对话"), ("library", "资料库  文件  大小"),
      ] {
        let program = try TerminalProgram(
          Home.program, call.split(separator: " ").map(String.init),
          environment: home.environment, directory: home.path, columns: 120, rows: 40)
        let exit = try program.waitsForExit()
        #expect(exit == .status(0), "\(call)")
        let heads = program.screen.split(separator: "\n").map {
          $0.split(separator: " ").joined(separator: "  ")
        }
        #expect(heads.contains(head), "\(call): \(program.screen)")
      }
    }
  }

  @Test func `A file that cannot be imported is told once`() throws {
    let home = try Home()
    try home.write(Array("{}".utf8), to: "x.json")
    let outcome = try home.run("import", "x.json", "--dry-run")
    #expect(outcome.status == 65)
    #expect(outcome.errors.split(separator: "\n").count { $0.contains("x.json") } == 1)
  }
}
