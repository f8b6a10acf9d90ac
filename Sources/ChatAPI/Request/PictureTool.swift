package import Conversation
import JSON

/// How requests offer the server's own tool that makes pictures (OpenAI API reference, responses/create,
/// `image_generation`).
package struct PictureTool: Equatable, Sendable {
  /// The settings, as the model that draws takes them; one without a name leaves the model to the server.
  package var drawing: Drawing
  /// How many unfinished pictures come before each, 0…3; none in a reply that is not streamed.
  package var partialCount: Int
  /// Says by its transparent pixels where a picture of the request is changed; nil where it says nothing.
  package var mask: PictureFile?

  package init(_ drawing: Drawing, partialCount: Int = 0, mask: PictureFile? = nil) {
    self.drawing = drawing
    self.partialCount = partialCount
    self.mask = mask
  }
}

extension PictureTool {
  /// The tool as the wire describes it, but for the bytes of its mask.
  ///
  /// A server that names no model of its own would take one that is gone.
  var members: [JSONMember] {
    let members: [(String, String?)] = [
      ("model", drawing.model.isEmpty ? nil : drawing.model),
      ("size", drawing.size == .auto ? nil : drawing.size.description),
      ("quality", drawing.quality), ("background", drawing.background),
      ("output_format", drawing.format),
    ]
    let partials = partialCount == 0 ? [] : [JSONMember("partial_images", JSONValue(partialCount))]
    return [JSONMember("type", "image_generation")]
      + members.compactMap { name, value in value.map { JSONMember(name, .string($0)) } }
      + partials
  }
}
