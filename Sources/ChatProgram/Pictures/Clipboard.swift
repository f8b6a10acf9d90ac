import Configuration
import Conversation
package import Language
import Pictures
import Processes

/// The desktop's clipboard, through wl-clipboard or `xclip`, or tmux's.
///
/// Its tools are waited for, seconds where a display does not answer.
package struct Clipboard {
  /// How long a tool may take: one whose display is gone waits for ever.
  private static let timeLimit = Duration.seconds(5)

  private let environment: [String: String]

  package init(environment: [String: String]) {
    self.environment = environment
  }

  /// Why there is no picture, and what to do.
  package struct Failure: Error, Equatable {
    package var phrase: Phrase
  }

  /// The clipboard's picture, told by its bytes: a tool may hand out stale text under a picture's
  /// name.
  package func picture() async -> Result<[UInt8], Failure> {
    let hasWayland = isSet("WAYLAND_DISPLAY")
    let hasX11 = isSet("DISPLAY")
    guard hasWayland || hasX11 else { return .failure(Failure(phrase: noDisplay)) }
    var isMissing = true
    var silent: String?
    // A tool that had to be killed would not answer for another type either.
    for tool in tools(wayland: hasWayland, x11: hasX11) where tool.first != silent {
      var child = ChildProgram(arguments: tool, environment: environment, input: [])
      child.timeLimit = Self.timeLimit
      let outcome = await child.runBeside()
      if Task.isCancelled { break }
      guard outcome.status != 127 else { continue }
      isMissing = false
      if outcome.isLate { silent = tool.first }
      if outcome.status == 0, Self.isPicture(outcome.output) { return .success(outcome.output) }
    }
    return .failure(
      Failure(
        phrase: isMissing
          ? say("No clipboard tool was found. Install wl-clipboard or xclip, then try again.")
          : say("The clipboard holds no picture. Copy one, or use /attach PATH.")))
  }

  /// What took a text.
  package enum Taker: Equatable, Sendable {
    case desktop
    case tmux
  }

  /// Puts text on the clipboard; nil where no tool takes it.
  package func write(_ text: String) async -> Taker? {
    for tool in writers {
      var child = ChildProgram(
        arguments: tool, environment: environment, input: Array(text.utf8), output: .nowhere)
      child.timeLimit = Self.timeLimit
      if await child.runBeside().status == 0 {
        return tool.first == "tmux" ? .tmux : .desktop
      }
      if Task.isCancelled { break }
    }
    return nil
  }

  private var writers: [[String]] {
    var tools: [[String]] = []
    if isSet("WAYLAND_DISPLAY") { tools.append(["wl-copy"]) }
    if isSet("DISPLAY") { tools.append(["xclip", "-selection", "clipboard", "-in"]) }
    #if os(macOS)
      tools.append(["pbcopy"])
    #endif
    // By itself tmux passes on OSC 52 only where `set-clipboard` is `on`, which it is not at first;
    // this way it does, from 3.2 on, also over ssh.
    if isSet("TMUX") { tools.append(["tmux", "load-buffer", "-w", "-"]) }
    return tools
  }

  private func isSet(_ name: String) -> Bool { environment[name]?.isEmpty == false }

  private func tools(wayland: Bool, x11: Bool) -> [[String]] {
    let types = ["image/png", "image/jpeg", "image/webp"]
    let wl = types.map { ["wl-paste", "--no-newline", "--type", $0] }
    let xclip = types.map { ["xclip", "-selection", "clipboard", "-out", "-target", $0] }
    return (wayland ? wl : []) + (x11 ? xclip : [])
  }

  private static func isPicture(_ bytes: [UInt8]) -> Bool {
    do {
      _ = try PictureContent(bytes: bytes).inspect()
      return true
    } catch {
      return false
    }
  }

  /// Over ssh the clipboard is on the other machine: the picture has to be copied as a file.
  private var noDisplay: Phrase {
    guard isSet("SSH_CONNECTION") else {
      return say("There is no display here, so no clipboard. Use /attach PATH.")
    }
    let host = environment["SSH_CONNECTION"]?.split(separator: " ").dropFirst(2).first ?? "HOST"
    let user = environment.value(of: "USER") ?? "USER"
    return say(
      """
      The clipboard is on your own machine. There, run scp PICTURE \(user)@\(String(host)):/tmp/, \
      then /attach /tmp/PICTURE here.
      """)
  }
}
