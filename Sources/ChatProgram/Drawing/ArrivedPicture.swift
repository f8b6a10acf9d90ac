import Conversation
import Pictures

/// A file that came as a picture, and what it proved to be when it was decoded.
struct ArrivedPicture {
  /// What the bytes are.
  enum Condition {
    case sound(PictureInspection)
    /// Of a format that is known, and not to be decoded to its end.
    case damaged(PictureFormat)
    /// Bytes of no picture.
    case none
  }

  let file: ArrivingFile
  let condition: Condition
  /// The picture at a small size, upright; nil where it could not be decoded.
  var raster: Raster?
  /// The prompt as the server put it, where it told.
  var revisedPrompt: String?

  /// The ending of a file of these bytes, without a dot; what is no picture gets one that nothing opens.
  var fileExtension: String {
    switch condition {
    case .sound(let inspection): inspection.format.fileExtension
    case .damaged(let format): format.fileExtension
    case .none: "bin"
    }
  }
}

extension ImagePipeline {
  /// The longest side of what is decoded to see whether it can be, in pixels: enough for a preview among the
  /// text, which then needs no decoding of its own.
  private static let probeSide = 512

  /// Finds out what the file of an answer is, by decoding it to its end, and what it looks like.
  ///
  /// What says nothing of the picture, such as a decoder that is not installed, leaves it as its header
  /// tells it.
  func examine(_ path: String) -> (condition: ArrivedPicture.Condition, raster: Raster?) {
    do throws(PictureError) {
      let content = try PictureContent(path: path)
      let inspection = try content.inspect()
      do throws(PictureError) {
        let size = inspection.size.within(Self.probeSide)
        return (.sound(inspection), try content.decode(inspection, to: size, by: decoder))
      } catch {
        return (error.isOfContent ? .damaged(inspection.format) : .sound(inspection), nil)
      }
    } catch {
      return (error.format.map { .damaged($0) } ?? .none, nil)
    }
  }
}

extension PixelSize {
  /// The same relation of sides within a square of `side`, at least one pixel each; never larger.
  fileprivate func within(_ side: Int) -> PixelSize {
    let longer = max(width, height, 1)
    guard longer > side else { return self }
    return PixelSize(
      width: max(1, width * side / longer), height: max(1, height * side / longer))
  }
}

extension PictureError {
  /// Whether the bytes themselves are what cannot be decoded.
  fileprivate var isOfContent: Bool { format != nil }

  /// The format of a picture whose bytes are damaged or break off; nil for any other reason.
  fileprivate var format: PictureFormat? {
    switch self {
    case .damaged(let format), .truncated(let format), .decoderFailed(let format),
      .decoderStopped(let format, _):
      format
    default: nil
    }
  }
}
