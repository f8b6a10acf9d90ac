/// What a terminal's answers tell of the colours that it draws, where terminfo and the environment know
/// less: over ssh `COLORTERM` is lost, and many terminals call themselves `xterm`, whose entry has eight.
///
/// A value without a clock: answers go in, and what is to be done comes out. The terminal is asked for
/// its name (xterm, XTVERSION) and its secondary device attributes (DEC, DA2). What is known of its name
/// is taken; xterm itself, which may have been built and set up with any number of colours, is asked for
/// the last colour of the palette (OSC 4), which only a palette of 256 has, and for terminfo's `Co` and
/// `RGB` (XTGETTCAP), which it answers where its resource `allowTcapOps` is set.
struct ColourInquiry {
  /// What an answer leads to.
  enum Step: Equatable {
    case nothing
    /// Ask for the palette's last colour and terminfo's capabilities.
    case ask
    /// The terminal draws as many colours.
    case depth(ColorDepth)
  }

  private var hasAsked = false

  /// Takes an answer; the last one that comes may tell of more colours than those before.
  mutating func record(_ answer: TerminalAnswer) -> Step {
    switch answer {
    case .name(let name): step(TerminalName(name).colours)
    case .secondaryAttributes(let attributes): step(Self.colours(attributes))
    case .capabilities(let values): Self.depth(values).map { .depth($0) } ?? .nothing
    case .paletteColour(let number): number == 255 ? .depth(.palette) : .nothing
    case .attributes, .background, .graphics, .cellSize, .other: .nothing
    }
  }

  private mutating func step(_ colours: TerminalName.Colours) -> Step {
    switch colours {
    case .unknown: return .nothing
    case .known(let depth): return .depth(depth)
    case .told:
      defer { hasAsked = true }
      return hasAsked ? .nothing : .ask
    }
  }

  /// What `Co`, a number, and `RGB` say (terminfo(5); ncurses, user_caps(5)).
  private static func depth(_ values: [String: String]) -> ColorDepth? {
    if values["RGB"] != nil { return .direct }
    guard let count = values["Co"].flatMap({ Int($0) }) else { return nil }
    return count >= 256 ? .palette : nil
  }

  /// What the numbers of DA2 say: kind, version, ROM (a list kept by users, not a standard).
  private static func colours(_ attributes: [Int]) -> TerminalName.Colours {
    guard attributes.count >= 2 else { return .unknown }
    return switch (attributes[0], attributes[1]) {
    case (41, _): .told  // xterm
    case (1, 3600...), (61, 3600...), (65, 3600...): .known(.direct)  // VTE
    case (84, _): .known(.palette)  // tmux
    case (0, 136): .known(.palette)  // PuTTY
    case (0, 115): .known(.palette)  // Konsole, before it told its name
    case (77, 20_000...): .known(.direct)  // mintty
    default: .unknown
    }
  }
}
