package import Conversation

/// A way in which some terminals draw real pixels.
package enum PixelProtocol: Hashable, CaseIterable, Sendable {
  /// kitty's graphics protocol, "Terminal graphics protocol", direct transmission.
  case kitty
  /// DEC sixels (VT330/VT340 Programmer Reference Manual, volume 2, chapter 14).
  case sixel

  /// What takes a drawing off the screen again; empty where writing over its cells does that.
  package var removal: String {
    switch self {
    case .kitty: KittyGraphics.removal
    case .sixel: ""
    }
  }
}

/// A small picture that a terminal keeps, and places where it is told.
package struct Thumbnail: Hashable, Sendable {
  package var png: [UInt8]
  package var pixels: PixelSize
  /// The cells that it covers.
  package var size: PreviewSize

  /// What gives it to a terminal of kitty's protocol under a number, without showing it.
  package func transmission(as number: UInt32) -> String {
    KittyGraphics.transmission(png: png, as: number)
  }
}

/// A picture in a terminal's own pixel protocol.
package struct PixelDrawing: Hashable, Sendable {
  /// Control sequences that draw it from the cursor's place on; nothing in them comes from the
  /// picture but pixel values.
  package var sequence: String
  /// The cells that it covers.
  package var size: PreviewSize
}
