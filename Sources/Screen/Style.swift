/// A colour as a terminal knows it; the renderer falls back to what the terminal has.
package enum Color: Hashable, Sendable {
  case standard
  /// One of the 16 named colours: 0…7 and their bright forms 8…15.
  case named(UInt8)
  /// An entry of xterm's palette of 256.
  case indexed(UInt8)
  case rgb(UInt8, UInt8, UInt8)
}

/// How a cell looks.
package struct Style: Hashable, Sendable {
  /// Attributes beside the colours.
  package struct Attributes: OptionSet, Hashable, Sendable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    package static let bold = Self(rawValue: 1)
    package static let dim = Self(rawValue: 2)
    package static let italic = Self(rawValue: 4)
    package static let underline = Self(rawValue: 8)
    package static let reverse = Self(rawValue: 16)
    package static let strikethrough = Self(rawValue: 32)
  }

  package var foreground: Color
  package var background: Color
  package var attributes: Attributes
  /// Where a click leads, or what picture stands here, as the frame says.
  package var link = LinkID.none

  package init(
    foreground: Color = .standard, background: Color = .standard, attributes: Attributes = [],
    link: LinkID = .none
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
    self.link = link
  }

  package static let plain = Self()
}
