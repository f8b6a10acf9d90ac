/// What a terminal calls itself (xterm, XTVERSION), as in `kitty(0.35.2)` or `tmux 3.4`.
package struct TerminalName {
  /// Lowercase.
  private let name: Substring
  private let version: [Int]

  package init(_ text: String) {
    let text = text.lowercased()[...]
    name = text.prefix { $0 != "(" && $0 != " " }
    let numbers = text.dropFirst(name.count + 1).prefix { $0 != ")" && $0 != " " && $0 != "-" }
    version = numbers.split(separator: ".").map { Int($0.prefix(while: \.isNumber)) ?? 0 }
  }

  /// The first versions with OSC 8 (Alhadis/OSC8-Adoption, a list kept by users).
  private static let firstWithLinks: [String: [Int]] = [
    "kitty": [0, 19], "foot": [1, 7], "wezterm": [0], "iterm2": [3, 1], "ghostty": [0],
    "vte": [5000], "konsole": [20, 12], "contour": [0, 1], "mintty": [3, 1], "tmux": [3, 4],
    "alacritty": [0, 11], "rio": [0], "xterm.js": [5],
  ]

  /// The first versions that keep pictures and place them by number (kitty, "Terminal graphics
  /// protocol", and its list of terminals).
  private static let firstWithPlacements: [String: [Int]] = [
    "kitty": [0, 20], "ghostty": [1], "wezterm": [20_220_105], "konsole": [22, 4],
  ]

  /// The first versions with 24-bit colour (termstandard/colors, a list kept by users).
  private static let firstWithDirectColour: [String: [Int]] = [
    "kitty": [0], "foot": [0], "wezterm": [0], "iterm2": [3], "ghostty": [0], "vte": [3600],
    "konsole": [0], "contour": [0], "mintty": [2], "alacritty": [0], "rio": [0], "xterm.js": [5],
  ]

  /// What is known of the colours that a terminal draws.
  enum Colours: Equatable {
    case unknown
    case known(ColorDepth)
    /// As many as it says itself: they depend on how it was built and set up.
    case told
  }

  /// tmux draws the palette everywhere: what its own terminal lacks, it finds the nearest of.
  var colours: Colours {
    if name == "xterm" { return .told }
    if name == "tmux" { return .known(.palette) }
    return isKnown(in: Self.firstWithDirectColour) ? .known(.direct) : .unknown
  }

  /// Whether a click on a link of OSC 8 is known to follow it; elsewhere addresses are text.
  package var drawsLinks: Bool { isKnown(in: Self.firstWithLinks) }

  /// Whether it may be asked for kitty's protocol unbidden: others print the question.
  package var placesPictures: Bool { isKnown(in: Self.firstWithPlacements) }

  private func isKnown(in versions: [String: [Int]]) -> Bool {
    guard let first = versions[String(name)] else { return false }
    return !version.lexicographicallyPrecedes(first)
  }
}
