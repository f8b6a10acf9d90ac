/// What a picture's file holds besides its pixels and colours.
package struct EmbeddedData: OptionSet, Hashable, Codable, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// Where it was taken (EXIF or XMP GPS).
  package static let place = Self(rawValue: 1 << 0)
  /// The number of a camera or a lens.
  package static let serialNumber = Self(rawValue: 1 << 1)
  /// The name of a person: owner, artist, copyright.
  package static let owner = Self(rawValue: 1 << 2)
  package static let date = Self(rawValue: 1 << 3)
  /// Comments, captions, edit history, provenance: text of any kind.
  package static let text = Self(rawValue: 1 << 4)
  package static let thumbnail = Self(rawValue: 1 << 5)
  /// Further pictures: an MPF's second one, a gain map.
  package static let furtherPicture = Self(rawValue: 1 << 6)
  /// The film of a motion photo.
  package static let film = Self(rawValue: 1 << 7)
  /// Bytes behind the picture's end that are none of these.
  package static let trailer = Self(rawValue: 1 << 8)
  /// A camera's make, model and notes.
  package static let camera = Self(rawValue: 1 << 9)
}
