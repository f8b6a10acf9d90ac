/// A stretch of text inside a block, with everything that applies to it.
package struct InlineRun: Hashable, Sendable {
  /// What is to be shown; a line break (one U+000A) for the two traits of breaks, which never
  /// have other text.
  package var text: String
  package var traits: InlineTraits
  /// Where the run leads, for a link, and where its picture is, for an image.
  package var link: Link?

  package init(_ text: String, _ traits: InlineTraits = [], link: Link? = nil) {
    self.text = text
    self.traits = traits
    self.link = link
  }
}

/// How a run of text is meant.
package struct InlineTraits: OptionSet, Hashable, Sendable {
  package var rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package static let strong = Self(rawValue: 1)
  package static let emphasis = Self(rawValue: 2)
  package static let strikethrough = Self(rawValue: 4)
  package static let code = Self(rawValue: 8)
  /// A formula in LaTeX's letters, its delimiters (`$`, `$$`, `\(`, `\[`) included.
  package static let mathematics = Self(rawValue: 16)
  /// The alternative text of an image.
  package static let image = Self(rawValue: 32)
  /// A tag, shown as it was written.
  package static let html = Self(rawValue: 64)
  /// A line end of the source that a reader may see as a space.
  package static let softBreak = Self(rawValue: 128)
  /// A line end that was asked for.
  package static let hardBreak = Self(rawValue: 256)
}

/// The target of a link or an image.
package struct Link: Hashable, Sendable {
  /// As it was written, not checked: it may be relative or hostile.
  package var address: String
  /// Empty if there is none.
  package var title: String
  /// By which definition of the text the address is called, where one has it: it is shown there.
  package var label: String?

  package init(address: String, title: String = "", label: String? = nil) {
    self.address = address
    self.title = title
    self.label = label
  }
}

extension [InlineRun] {
  /// What a reader sees, without styles and addresses.
  package var text: String { map(\.text).joined() }
}
