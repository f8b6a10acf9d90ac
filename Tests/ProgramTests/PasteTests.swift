import Foundation
import TerminalEmulator
import Testing

/// `/paste`, with clipboard tools that a test writes.
@Suite(.seated) struct PasteTests {
  /// A home whose only programs are `tools`, each a line of the shell.
  private func home(
    _ home: Home, tools: [String: String], _ variables: [String: String]
  ) throws -> Home {
    try home.write(Samples.png(6, 4), to: "copied")
    return try home.equipped(with: tools, variables)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var tools: [String: String]
    var variables: [String: String]
    var says: String
    var testDescription: String { name }
  }

  private static let wayland = ["WAYLAND_DISPLAY": "wayland-0"]
  private static let x11 = ["DISPLAY": ":0"]
  private static let picture = "exec /bin/cat \"$HOME/copied\""
  private static let none = "The clipboard holds no picture. Copy one, or use /attach PATH."

  @Test(arguments: [
    Case(
      name: "Wayland", tools: ["wl-paste": picture], variables: wayland,
      says: "1 clipboard: PNG 6×4"
    ),
    Case(name: "X11", tools: ["xclip": picture], variables: x11, says: "1 clipboard: PNG 6×4"),
    Case(
      name: "Wayland before X11", tools: ["wl-paste": picture, "xclip": "echo asked > $HOME/x"],
      variables: wayland.merging(x11) { $1 }, says: "1 clipboard: PNG 6×4"),
    Case(
      name: "stale text in Wayland's, the picture in X11's",
      tools: ["wl-paste": "echo some text", "xclip": picture],
      variables: wayland.merging(x11) { $1 }, says: "1 clipboard: PNG 6×4"),
    Case(
      name: "stale text", tools: ["wl-paste": "echo some text"], variables: wayland, says: none),
    Case(name: "nothing", tools: ["xclip": "exit 1"], variables: x11, says: none),
    Case(
      name: "no tool", tools: [:], variables: x11,
      says: "No clipboard tool was found. Install wl-clipboard or xclip, then try again."),
    Case(
      name: "no display", tools: ["wl-paste": picture], variables: [:],
      says: "There is no display here, so no clipboard. Use /attach PATH."),
    Case(
      name: "no display, over ssh", tools: [:],
      variables: ["SSH_CONNECTION": "192.0.2.1 5 192.0.2.7 22", "USER": "ada"],
      says: "There, run scp PICTURE ada@192.0.2.7:/tmp/, then /attach /tmp/PICTURE here."),
  ])
  func `The clipboard's picture is attached, or it is said why not`(row: Case) async throws {
    try await withServer { (home, _) async throws in
      let home = try self.home(home, tools: row.tools, row.variables)
      let program = try home.chat("-m", "demo", columns: 160)
      program.enter("/paste")
      try program.waits(for: row.says, within: .slow)
      #expect(!FileManager.default.fileExists(atPath: home.path + "/x"))
    }
  }

  @Test func `A pasted picture is sent, and leaves no file of its own behind`() async throws {
    try await withServer { (home, log) async throws in
      let home = try self.home(home, tools: ["wl-paste": Self.picture], Self.wayland)
      let program = try home.chat("-m", "demo")
      program.enter("/paste")
      try program.waits(for: "clipboard 6×4", within: .slow)
      program.enter("/detail low 1")
      try program.waits(for: "clipboard 6×4 low", within: .slow)
      try program.asks("What is it?")
      let pictures = try #require(try log.sent().last?.messages.last?.pictures)
      #expect(pictures.map(\.detail) == ["low"])
      let cached = FileManager.default.enumerator(atPath: home.path + "/cache")?.allObjects ?? []
      #expect(!cached.contains { "\($0)".contains("clipboard") })
    }
  }
}
