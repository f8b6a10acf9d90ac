import Conversation
import Language
import Pictures

/// Whether a picture can be the mask of another: its size, its transparent pixels, its bytes.
struct MaskCheck {
  /// The most bytes of a mask (OpenAI API reference, images/createEdit: 4 MB).
  static let byteLimit = 4 << 20

  private let mask: StoredPicture
  private let picture: StoredPicture?

  /// A check of `mask`; `picture` is nil where it stands at an address, and its size is not known.
  init(_ mask: StoredPicture, for picture: StoredPicture?) {
    self.mask = mask
    self.picture = picture
  }

  /// What is wrong with it; nil where nothing is.
  func problem(_ pipeline: ImagePipeline) -> Phrase? {
    guard mask.format == .png else {
      return say("The mask is no PNG file: save it as PNG, with transparent pixels.")
    }
    if let picture, picture.size != mask.size {
      return say(
        "The mask has \("\(mask.size)"), the picture \("\(picture.size)"): both must be of one size."
      )
    }
    guard mask.byteCount.bytes <= Self.byteLimit else {
      return say("The mask has \(mask.byteCount): at most \(ByteCount(Self.byteLimit)) are taken.")
    }
    guard isTransparent(pipeline) else {
      return say(
        "The mask has no transparent pixels: those say where the picture is changed.")
    }
    return nil
  }

  /// Whether any pixel says where the picture is changed: a mask without costs as much, and changes
  /// nothing.
  private func isTransparent(_ pipeline: ImagePipeline) -> Bool {
    guard let path = pipeline.original(of: mask),
      let content = try? PictureContent(path: path, isKept: true),
      let inspection = try? content.inspect(), inspection.layout == .rgba
    else { return false }
    let raster = try? content.decode(inspection, to: inspection.size, by: pipeline.decoder)
    return raster?.isTransparent ?? false
  }
}
