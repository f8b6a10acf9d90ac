import Conversation
import Language
import Pictures

/// The picture in the desktop's clipboard, through `wl-paste` or `xclip`.
struct Clipboard {
  let environment: [String: String]

  /// Why there is no picture, and what to do.
  struct Failure: Error, Equatable {
    var phrase: Phrase
  }

  /// The clipboard's picture, told by its bytes: a tool may hand out stale text under a picture's
  /// name.
  func picture() -> Result<[UInt8], Failure> {
    let hasWayland = environment["WAYLAND_DISPLAY"]?.isEmpty == false
    let hasX11 = environment["DISPLAY"]?.isEmpty == false
    guard hasWayland || hasX11 else { return .failure(Failure(phrase: noDisplay)) }
    var isMissing = true
    for tool in tools(wayland: hasWayland, x11: hasX11) {
      let outcome = ChildProgram(arguments: tool, environment: environment, input: []).run()
      guard outcome.status != 127 else { continue }
      isMissing = false
      if outcome.status == 0, Self.isPicture(outcome.output) { return .success(outcome.output) }
    }
    return .failure(
      Failure(
        phrase: isMissing
          ? say("No clipboard tool was found. Install wl-clipboard or xclip, then try again.")
          : say("The clipboard holds no picture. Copy one, or use /attach PATH.")))
  }

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
    guard environment["SSH_CONNECTION"]?.isEmpty == false else {
      return say("There is no display here, so no clipboard. Use /attach PATH.")
    }
    let host = environment["SSH_CONNECTION"]?.split(separator: " ").dropFirst(2).first ?? "HOST"
    let user = environment["USER"] ?? "USER"
    return say(
      """
      The clipboard is on your own machine. There, run scp PICTURE \(user)@\(String(host)):/tmp/, \
      then /attach /tmp/PICTURE here.
      """)
  }
}
