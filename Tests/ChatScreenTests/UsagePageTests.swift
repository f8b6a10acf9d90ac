import ChatEngine
import ChatScreen
import Foundation
import Language
import Testing

/// The pages of `docs/` are written by the program; `IRIS_RECORD_USAGE=1` writes them anew, and what
/// changed is then reviewed as code is.
@Suite struct UsagePageTests {
  private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test(arguments: [(Language.english, "USAGE.md"), (.simplifiedChinese, "USAGE.zh.md")])
  func `The page in docs is the one that the program's tables make`(
    language: Language, name: String
  ) throws {
    let file = Self.root.appending(path: "docs/\(name)")
    let page = UsagePage.markdown(in: language)
    if ProcessInfo.processInfo.environment["IRIS_RECORD_USAGE"] == "1" {
      try page.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == page)
  }

  @Test func `Every option of the program is on the page`() throws {
    let page = UsagePage.markdown(in: .english)
    let folder = Self.root.appending(path: "Sources/iris")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    var count = 0
    for file in files where file.pathExtension == "swift" {
      for name in try String(contentsOf: file, encoding: .utf8).optionNames {
        count += 1
        #expect(page.contains(name), "\(file.lastPathComponent)")
      }
    }
    #expect(count > 15)
  }

  @Test(arguments: Language.allCases)
  func `Every command and every key is on the page, in any language`(language: Language) {
    let page = UsagePage.markdown(in: language)
    for command in Command.table {
      #expect(page.contains(command.usage.replacing("|", with: "\\|")))
    }
    for key in KeyAction.allCases { #expect(key.keyName == nil || page.contains(key.rawValue)) }
  }

  @Test func `Every table has as many cells in each row as in its head`() {
    let lines = UsagePage.markdown(in: .english).split(
      separator: "\n", omittingEmptySubsequences: false)
    var width: Int?
    for line in lines {
      guard line.hasPrefix("|") else {
        width = nil
        continue
      }
      let cells = line.replacing("\\|", with: "").count { $0 == "|" } - 1
      #expect(cells == width ?? cells, "\(line)")
      width = cells
    }
  }
}

extension String {
  /// The options that an argument parser's declarations name: `--top-p` of `var topP`, or what `customLong`
  /// says; as the page begins their row where they are short alone, as `-n` is.
  fileprivate var optionNames: [String] {
    let declarations = split(separator: "@").filter {
      $0.hasPrefix("Option(") || $0.hasPrefix("Flag(")
    }
    return declarations.compactMap { text in
      if let custom = text.firstMatch(of: /customLong\("([^"]+)"\)/) { return "--\(custom.1)" }
      if let short = text.firstMatch(of: /name: \.customShort\("(\w)"\)/) {
        return "| `-\(short.1) "
      }
      guard let name = text.firstMatch(of: /var (\w+)/) else { return nil }
      return name.1.reduce(into: "--") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
    }
  }
}
