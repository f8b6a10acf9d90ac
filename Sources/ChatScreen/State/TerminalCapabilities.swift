package import Language
package import Screen

/// What the screen is started in, and with: the terminal, and what is set of how it looks.
package struct TerminalCapabilities: Equatable, Sendable {
  package var size: Size
  package var language: Language
  package var previewsAreOn = false
  /// Whether the terminal is known to place pictures beside text.
  package var placesPictures = false
  package var mouseIsOn = true
  package var theme = ThemeChoice.automatic
  package var backgroundIsDark = true
  package var colors = ColorDepth.indexed
  package var graphics = Graphics.unknown
  package var isUTF8 = true
  package var ambiguousIsWide = false
  /// The columns that a reply's prose has at most, however wide the screen is; 0 for no bound.
  package var textWidth = 100

  package init(size: Size, language: Language) {
    self.size = size
    self.language = language
  }

  /// What cells can show of a picture.
  package var cellMeans: CellMeans {
    CellMeans(
      colors: colors, isUTF8: isUTF8, graphics: placesPictures ? graphics : .none)
  }
}

/// Which colours the user wants.
package enum ThemeChoice: String, CaseIterable, Sendable {
  case automatic = "auto"
  case dark
  case light
  case plain
}

/// How many colours the terminal shows.
package enum ColorDepth: Int, Comparable, Sendable {
  case none = 0
  case basic = 8
  case indexed = 256
  case direct = 16_777_216

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What a terminal's cells can show.
package struct CellMeans: Hashable, Sendable {
  package var colors: ColorDepth
  package var isUTF8: Bool
  /// The pixels that may stand over them.
  package var graphics: Graphics

  package init(
    colors: ColorDepth = .indexed, isUTF8: Bool = true, graphics: Graphics = .none
  ) {
    self.colors = colors
    self.isUTF8 = isUTF8
    self.graphics = graphics
  }
}
