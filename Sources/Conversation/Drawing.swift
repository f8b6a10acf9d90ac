/// The settings with which pictures are asked for: a part of the user's message whose text is the prompt
/// and whose pictures are the references.
///
/// Requests for replies leave it out. It says all that is needed to ask for the same once more.
package struct Drawing: Hashable, Sendable {
  /// How large the pictures shall be.
  package enum Size: Hashable, Sendable {
    /// As the model likes.
    case auto
    case pixels(PixelSize)
    /// The relation of the sides; the model's usual number of pixels.
    case ratio(width: Int, height: Int)
  }

  package var model: String
  package var size = Size.auto
  /// Like `low` or `hd`; nil for the model's usual one.
  package var quality: String?
  /// Like `vivid`; nil for the model's usual one.
  package var style: String?
  /// `transparent` or `opaque`; nil for the model's usual one.
  package var background: String?
  /// The format of the file, like `png`; nil for the model's usual one.
  package var format: String?
  /// How many pictures of each of the looks, 1 to ``largestCount``.
  package var count = 1
  package var seed: Int64?
  /// The looks of which each is asked for in a request of its own; empty for the prompt alone.
  package var looks: [String] = []
  /// Says by its transparent pixels where the first reference is changed.
  package var mask: PictureReference?
  /// Whether it asks for no pictures, and only says where a model that may make some in its reply is to change
  /// the last one: by its mask.
  package var isOfReply = false
  /// The picture that others like it are asked for; nil where the prompt says what is drawn.
  ///
  /// A server that varies no pictures draws the prompt, where there is one.
  package var varied: PictureReference?

  /// More than any server makes of one request.
  package static let largestCount = 100

  package init(model: String) {
    self.model = model
  }

  /// The looks of a list that is parted by commas; empty ones are left out.
  package static func looks(_ list: String) -> [String] {
    list.split(whereSeparator: { ",，、".contains($0) })
      .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
  }

  /// How many pictures are asked for in all.
  package var pictureCount: Int { count * max(1, looks.count) }

  /// The settings in one line, as they are sent: `gpt-image-2 1536x1024 low ×2`.
  package var line: String {
    [
      model, size == .auto ? nil : size.description, quality, style, background, format,
      seed.map { "seed \($0)" }, varied.map { _ in "variation" },
      mask.map { _ in "masked" },
      pictureCount == 1 ? nil : "×\(pictureCount)",
      looks.isEmpty ? nil : "(\(looks.joined(separator: ", ")))",
    ].compactMap(\.self).joined(separator: " ")
  }

  /// The prompt for each request: the words, or the words in each of the looks.
  package func prompts(_ words: String) -> [String] {
    looks.isEmpty ? [words] : looks.map { "\($0) style: \(words)" }
  }
}

extension Drawing.Size: CustomStringConvertible {
  /// The largest side and part of a ratio that is read.
  private static let longestSide = 100_000

  /// Reads `1536x1024`, `1536×1024`, `3:2` and `auto`; nil for anything else.
  package init?(_ text: String) {
    guard text != "auto" else {
      self = .auto
      return
    }
    let fields = text.split(
      omittingEmptySubsequences: false, whereSeparator: { "xX×*:".contains($0) })
    guard fields.count == 2, let width = Int(fields[0]), let height = Int(fields[1]),
      (1...Self.longestSide).contains(width), (1...Self.longestSide).contains(height)
    else { return nil }
    self =
      text.contains(":")
      ? .ratio(width: width, height: height) : .pixels(PixelSize(width: width, height: height))
  }

  /// As ``init(_:)`` reads it.
  package var description: String {
    switch self {
    case .auto: "auto"
    case .pixels(let size): "\(size.width)x\(size.height)"
    case .ratio(let width, let height): "\(width):\(height)"
    }
  }
}

/// An object with the members that are set; a size is a text, a mask the picture.
extension Drawing: Codable {
  private enum Key: String, CodingKey {
    case model, size, quality, style, background, format, count, seed, looks, mask, varied
    case isOfReply = "of_reply"
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    self.init(model: try object.decode(String.self, forKey: .model))
    size = try object.decodeIfPresent(String.self, forKey: .size).flatMap(Size.init) ?? .auto
    quality = try object.decodeIfPresent(String.self, forKey: .quality)
    style = try object.decodeIfPresent(String.self, forKey: .style)
    background = try object.decodeIfPresent(String.self, forKey: .background)
    format = try object.decodeIfPresent(String.self, forKey: .format)
    count = min(
      max(1, try object.decodeIfPresent(Int.self, forKey: .count) ?? 1), Self.largestCount)
    seed = try object.decodeIfPresent(Int64.self, forKey: .seed)
    looks = try object.decodeIfPresent([String].self, forKey: .looks) ?? []
    mask = try object.decodeIfPresent(MediaReference.self, forKey: .mask)?.picture
    varied = try object.decodeIfPresent(MediaReference.self, forKey: .varied)?.picture
    isOfReply = try object.decodeIfPresent(Bool.self, forKey: .isOfReply) ?? false
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(model, forKey: .model)
    if size != .auto { try object.encode(size.description, forKey: .size) }
    try object.encodeIfPresent(quality, forKey: .quality)
    try object.encodeIfPresent(style, forKey: .style)
    try object.encodeIfPresent(background, forKey: .background)
    try object.encodeIfPresent(format, forKey: .format)
    if count != 1 { try object.encode(count, forKey: .count) }
    try object.encodeIfPresent(seed, forKey: .seed)
    if !looks.isEmpty { try object.encode(looks, forKey: .looks) }
    try object.encodeIfPresent(mask.map { MediaReference($0) }, forKey: .mask)
    try object.encodeIfPresent(varied.map { MediaReference($0) }, forKey: .varied)
    if isOfReply { try object.encode(true, forKey: .isOfReply) }
  }
}

extension Message {
  /// How the pictures are asked for that this message wants made; nil for one that wants a reply.
  package var drawing: Drawing? { parts.drawing }
}

extension [ContentPart] {
  /// The settings of the pictures that the parts ask for.
  package var drawing: Drawing? { drawings.first { !$0.isOfReply } }

  /// Says by its transparent pixels where a model that may make pictures in its reply is to change the last
  /// one; nil where the parts say nothing of it.
  package var replyMask: PictureReference? { drawings.first(where: \.isOfReply)?.mask }

  private var drawings: some Sequence<Drawing> {
    lazy.compactMap { if case .drawing(let drawing) = $0 { drawing } else { nil } }
  }

  /// The blobs that the parts need, which are kept for as long as the message is.
  package var digests: Set<Digest> {
    let ofDrawing = [drawing?.mask, drawing?.varied, replyMask].compactMap { $0?.stored?.digest }
    return Set(media.compactMap(\.digest) + ofDrawing)
  }
}
