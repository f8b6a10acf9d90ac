package import Conversation
package import Screen

/// Pictures that wait to be sent, and previews that were drawn.
package struct PicturesState: Equatable, Sendable {
  package var waiting: [Attachment] = []
  /// Finished previews; nil while one is being drawn.
  package var previews: [PreviewKey: [[Cell]]?] = [:]
  /// What each request for pictures shall be attached with, until it is answered.
  package var requests: [Int: Detail] = [:]
  private var lastNumber = 0

  package var isPreparing: Bool { waiting.contains { $0.progress == .preparing } }

  package var readyReferences: [PictureReference] { waiting.compactMap(\.prepared?.reference) }

  mutating func nextNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }

  /// Puts pictures that are kept already in the waiting row, in the place of those there.
  mutating func wait(for references: [PictureReference]) {
    waiting = references.map {
      Attachment(id: AttachmentID(rawValue: nextNumber()), kept: $0)
    }
  }

  subscript(id: AttachmentID) -> Attachment? {
    get { waiting.first { $0.id == id } }
    set {
      guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
      if let newValue { waiting[index] = newValue } else { waiting.remove(at: index) }
    }
  }
}
