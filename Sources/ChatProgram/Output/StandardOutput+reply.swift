import ChatScreen
import ChatView
import Configuration
import Screen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension StandardOutput {
  /// What renders a reply for the terminal that it goes to; nil where it goes to a file or a pipe,
  /// or to a terminal that can do nothing (`TERM=dumb`): these get the text as it is.
  static func rendering(_ installation: Installation) -> PrintedReply? {
    let name = installation.environment.value(of: "TERM")
    guard sink.isTerminal, let name, name != "dumb" else { return nil }
    return PrintedReply(capabilities(installation, terminal: name))
  }

  private static func capabilities(
    _ installation: Installation, terminal: String
  ) -> TerminalCapabilities {
    let configuration = installation.configuration
    var capabilities = TerminalCapabilities(
      size: Size(columns: columns ?? 80, rows: 24), language: installation.language)
    capabilities.theme = ThemeChoice(rawValue: configuration.theme.rawValue) ?? .automatic
    capabilities.colors = colors(terminal, installation.environment)
    capabilities.ambiguousIsWide = configuration.ambiguousWidth == .wide
    capabilities.textWidth = configuration.textWidth
    return capabilities
  }

  /// The terminal's width (tty_ioctl(4)); nil where it does not say.
  static var columns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func colors(_ name: String, _ environment: [String: String]) -> ColorDepth {
    if environment.value(of: "NO_COLOR") != nil { return .none }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"]) { return .direct }
    return name.contains("256color") ? .indexed : .basic
  }
}
