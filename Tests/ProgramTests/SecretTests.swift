import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// The key goes to the server and nowhere else.
@Suite(.seated) struct SecretTests {
  @Test func `The key is in no file, on no screen and in no command line`() async throws {
    try await withServer { (home, log) async throws in
      let key = "sk-never-seen-0123456789"
      var home = home
      home.environment["OPENAI_API_KEY"] = key
      let program = try home.chat("-m", "demo")
      try program.asks("Hello")
      #expect(log.requests.last?.headers["Authorization"] == "Bearer \(key)")
      for ending in ["json", "iris.json", "md", "html", "sh"] {
        program.enter("/export out.\(ending)")
        try program.waits(for: "out.\(ending)", within: .slow)
      }
      program.enter("/model demo-error-401")
      program.enter("Refused")
      try program.waits(for: "refuses the key", within: .slow)
      let line = try #require(FileManager.default.contents(atPath: "/proc/\(program.pid)/cmdline"))
      #expect(line.firstRange(of: Data(key.utf8)) == nil)
      #expect(program.terminal.output.firstRange(of: Array(key.utf8)) == nil)
      #expect(try program.quits() == .status(0))
      #expect(!home.isStored(key, in: ""))
      #expect(home.isStored("Refused", in: "data"))
    }
  }

  @Test func `A key that a tool prints is neither kept nor sent`() async throws {
    try await withServer { (home, log) async throws in
      let key = "sk-never-seen-0123456789"
      var home = home
      home.environment["OPENAI_API_KEY"] = key
      let folder = "config/iris/tools"
      try FileManager.default.createDirectory(
        atPath: home.path + "/" + folder, withIntermediateDirectories: true)
      try home.write(
        executable: "#!/bin/sh\nprintf 'The key is %s.' \"$OPENAI_API_KEY\"\n", to: folder + "/leak"
      )
      try home.write(
        Array("description: Tells too much.\nparameters: {type: object}\n".utf8),
        to: folder + "/leak.yaml")
      let outcome = try home.run(
        "ask", "-m", "demo", "--allow", "leak", "--save", "kept", "leak it")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let result = try #require(try log.sent().last).messages.last
      #expect(result?.role == "tool" && result?.texts == ["The key is …."])
      #expect(!home.isStored(key, in: "data"))
      #expect(home.isStored("The key is", in: "data"))
    }
  }

  @Test func `What is stored can be read by its owner alone`() throws {
    let home = try Home()
    let program = try home.chat()
    try program.asks("Hello")
    #expect(try program.quits() == .status(0))
    let folder = URL(filePath: home.path + "/data")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let paths = (files?.allObjects as? [URL] ?? []).map(\.path)
    #expect(!paths.isEmpty)
    for path in paths {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let mode = try #require(attributes[.posixPermissions] as? NSNumber)
      #expect(mode.intValue & 0o077 == 0, "\(path)")
    }
  }
}
