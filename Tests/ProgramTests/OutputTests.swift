import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// What every call prints arrives, or its loss is told; the calls are those of the command table.
@Suite(.seated) struct OutputTests {
  /// A way to call the program; `prints` says whether standard output gets anything.
  private struct Call: ExpressibleByStringLiteral {
    var line: String
    var prints = true

    init(stringLiteral line: String) { self.line = line }

    static func silent(_ line: String) -> Call {
      var call = Call(stringLiteral: line)
      call.prints = false
      return call
    }

    /// The call's words without what is only meant for the shell.
    var words: [String] { line.split(separator: " ").map(String.init) }
  }

  private static let calls: [Call] = [
    "chat -m demo hello", "chat -m demo --json JSON", "ask -m demo hello",
    "ask -m demo --json JSON", "ask -m demo --raw hello", "ask -m demo --no-stream hello",
    "ask -m demo --each -i a.png -i b.png hello",
    "ask -m demo --each --jsonl -i a.png -i b.png hello", "list", "list --search hello",
    "list --json", "show talk", "show", "show --json", "export talk -", "export talk - --format md",
    "export talk - --format iris.json", "export talk - --format html",
    "export talk - --format sh", .silent("export talk talk.json --force"),
    .silent("import whole.iris.json"), "import whole.iris.json --dry-run",
    "import whole.iris.json --dry-run --json", "tools", "tools --json",
    .silent("mcp"), "mcp --json", "tokens -m demo hello", "ask -m demo --web hello",
    "ask -m demo --python hello", "ask -m demo --pictures hello", "tokens -m demo --json JSON",
    "ask -m demo --tool time --show-calls hello", "ask -m demo --tool time --replay hello",
    "models", "models --json", "draw --size 816x816 --force a cat",
    "draw --size 816x816 --force --json a cat", "doctor -m demo",
    "doctor -m demo --json", "usage", "usage --json", "check", "check --json", .silent("salvage"),
    "demo", "speak -m demo-voice -o - hello",
    .silent("speak -m demo-voice -o talk.wav --force hello"),
    "transcribe -m demo-ear tone.wav",
    .silent("transcribe -m demo-ear -o talk.txt --force tone.wav"),
    "transcribe -m demo-ear --format srt tone.wav", "embed -m demo-embed hello",
    "embed -m demo-embed --format f32 hello", "embed --list", "embed --list --json",
    .silent("embed -m demo-embed --index notes --lines notes.txt"),
    .silent("embed --remove gone"), "similar ready hello", "similar ready --json hello",
    "files put a.png", "files", "files list --json", "files get a.png -o -",
    "files put notes.txt", .silent("files rm notes.txt"), .silent("files prune"),
    .silent("library add manuals notes.txt"), "library", "library list --json",
    "ask -m demo --library manuals hello", .silent("library rm manuals"),
    "--version", "--help", "help", "help ask", "ask --help", "--generate-completion-script bash",
    "--generate-completion-script zsh", "--generate-completion-script fish",
  ]

  /// Options that change nothing of what is printed, in whatever call.
  private static let quietFlags: Set = [
    "anyway", "continue", "debug", "fetch", "help", "upload", "usage", "version", "yes",
  ]

  /// The command table as the program itself tells it.
  private struct Table: Decodable {
    struct Command: Decodable {
      struct Argument: Decodable {
        struct Name: Decodable { var name: String }

        var kind: String
        var names: [Name]?
      }

      var commandName: String
      var subcommands: [Command]?
      var arguments: [Argument]?

      /// The longest name of each flag.
      var flags: [String] {
        (arguments ?? []).filter { $0.kind == "flag" }.compactMap { flag in
          flag.names?.map(\.name).max { $0.count < $1.count }
        }
      }
    }

    var command: Command
  }

  @Test func `Every call of the command table is among those that are tried here`() throws {
    let text = try Home().run("--experimental-dump-help").output
    let table = try JSONDecoder().decode(Table.self, from: Data(text.utf8))
    let commands = table.command.subcommands ?? []
    #expect(commands.count > 10)
    for command in commands {
      let calls = Self.calls.map(\.words).filter { $0.first == command.commandName }
      #expect(!calls.isEmpty, "\(command.commandName)")
      for flag in command.flags where !Self.quietFlags.contains(flag) {
        let isTried = calls.contains { $0.contains("--" + flag) }
        #expect(isTried, "\(command.commandName) --\(flag)")
      }
    }
  }

  /// Gives `body` each call, in a home where all that it needs is there.
  private func forEachCall(_ body: (Home, Call) throws -> Void) async throws {
    try await withServer { (home, _) async throws in
      for name in ["a.png", "b.png"] { try home.write(Samples.png(7, 7), to: name) }
      try #require(try home.run("ask", "-m", "demo", "--save", "talk", "hello").status == 0)
      try #require(try home.run("export", "talk", "whole.iris.json").status == 0)
      try home.write(Samples.wave(seconds: 1), to: "tone.wav")
      try home.write(Array("hello\nthere\n".utf8), to: "notes.txt")
      for name in ["ready", "gone"] {
        let made = try home.run("embed", "-m", "demo-embed", "--index", name, "notes.txt")
        try #require(made.status == 0)
      }
      for call in Self.calls { try body(home, call) }
    }
  }

  @Test func `Output that cannot be written is told, with status 73`() async throws {
    try await forEachCall { home, call in
      let outcome = try home.shell("$IRIS \(call.line) < /dev/null > /dev/full")
      #expect(outcome.status == (call.prints ? 73 : 0), "\(call.line)")
      let told = outcome.errors.split(separator: "\n").count {
        $0.hasPrefix("iris: The output is cut off: there is no space left.")
      }
      #expect(told == (call.prints ? 1 : 0), "\(call.line): \(outcome.errors)")
    }
  }

  @Test func `An output that was closed before the start is told, and no file gets the text`()
    async throws
  {
    try await forEachCall { home, call in
      let outcome = try home.shell("$IRIS \(call.line) < /dev/null >&-")
      #expect(outcome.status == (call.prints ? 73 : 0), "\(call.line)")
      let sentence = "iris: The output cannot be written (Bad file descriptor)."
      #expect(outcome.errors.contains(sentence) == call.prints, "\(call.line): \(outcome.errors)")
      #expect(try home.run("show", "talk").output.hasPrefix("user\thello\n"), "\(call.line)")
    }
  }

  @Test func `A reader who goes is no failure`() async throws {
    try await forEachCall { home, call in
      // The reader closes its end before it lets the program begin.
      let outcome = try home.shell(
        """
        rm -f gate; mkfifo gate
        (trap '' PIPE; read -r _ < gate; $IRIS \(call.line) < /dev/null; echo $? > status) |
        (exec <&-; echo > gate)
        """)
      #expect(!outcome.errors.contains("output"), "\(call.line): \(outcome.errors)")
      #expect(try home.text(of: "status") == "0\n", "\(call.line)")
    }
  }

  @Test func `Sentences that cannot be written are a failure, unless they are not wanted`()
    async throws
  {
    try await withServer { (home, _) async throws in
      try home.write(Array("nonsense: 1\n".utf8), to: "bad.yaml")
      try #require(try home.run("ask", "-m", "demo", "--save", "talk", "hello").status == 0)
      try #require(try home.run("export", "talk", "whole.iris.json").status == 0)
      for call in ["ask -m demo --config bad.yaml hello", "import whole.iris.json", "salvage"] {
        #expect(try home.shell("$IRIS \(call) 2> /dev/full").status == 73, "\(call)")
        #expect(try home.shell("$IRIS \(call) 2>&-").status == 0, "\(call)")
        #expect(try home.shell("$IRIS \(call) 2> /dev/null").status == 0, "\(call)")
      }
    }
  }
}
