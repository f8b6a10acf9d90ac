package import ChatEngine
package import Conversation
package import Language
package import Screen

/// A way in which a terminal draws real pixels.
package enum GraphicsProtocol: Hashable, Sendable {
  case kitty
  case sixel
}

/// What is known of the pixels that the terminal can draw.
package enum Graphics: Hashable, Sendable {
  /// It was not asked.
  case unknown
  /// It was asked, and has not answered.
  case asked
  /// Pictures are made of cells.
  case none
  /// It draws pixels; `cell` is the size of one of its cells.
  case pixels(GraphicsProtocol, cell: PixelSize)
}

/// How a picture over the whole screen is to be drawn.
package struct PictureViewRequest: Hashable, Sendable {
  package var reference: PictureReference
  package var targetModel: TargetModel
  /// The cells that may be used.
  package var room: Size
  /// Whether, and how, real pixels are wanted.
  package var graphics: Graphics

  package init(
    reference: PictureReference, targetModel: TargetModel, room: Size, graphics: Graphics
  ) {
    self.reference = reference
    self.targetModel = targetModel
    self.room = room
    self.graphics = graphics
  }
}

/// A picture as it is drawn over the whole screen.
package enum PictureDrawing: Equatable, Sendable {
  case cells([[Cell]])
  case pixels(PixelPicture, Size)

  /// The cells that it covers.
  package var size: Size {
    switch self {
    case .cells(let rows): Size(columns: rows.first?.count ?? 0, rows: rows.count)
    case .pixels(_, let size): size
    }
  }
}

/// A picture over the whole screen, until a key is pressed.
package struct PictureView: Equatable, Sendable {
  /// What was asked for last; answers to anything else come too late.
  package var request: PictureViewRequest
  /// The picture as the model will see it; nil until it is drawn.
  package var drawing: PictureDrawing?
  /// What is sent of it; nil until it is fitted.
  package var sent: FittedFacts?
  /// What of it is being marked; nil where it is only looked at.
  package var masked: MaskedPicture?
  /// Why it cannot be shown.
  package var failure: Phrase?

  package init(request: PictureViewRequest) {
    self.request = request
  }

  /// Whether keys mark cells of it, or will once it is drawn; otherwise any key closes it.
  package var takesMarks: Bool { masked != nil && (failure == nil || masked?.mask != nil) }

  /// Where the picture stands on a screen: in the middle of the rows above the caption.
  package static func origin(of size: Size, in screen: Size) -> Point {
    let room = max(0, screen.rows - captionRows)
    return Point(
      column: max(0, (screen.columns - size.columns) / 2), row: max(0, (room - size.rows) / 2))
  }

  /// The rows below the picture: an empty one, and what is said about it.
  package static let captionRows = 4
}

/// A picture drawn in character cells, for one width and height.
package struct PreviewKey: Hashable, Sendable {
  package var digest: Digest
  package var size: Size

  package init(digest: Digest, size: Size) {
    self.digest = digest
    self.size = size
  }
}
