package import Conversation

/// What a model that makes pictures takes, and how many tokens its pictures are.
package struct DrawingRule: Hashable, Sendable {
  /// The sizes that it draws.
  package enum Sizes: Hashable, Sendable {
    /// These alone, the usual one first.
    case listed([PixelSize])
    /// Any whose sides are multiples of 16, 3,840 pixels at most, at most three times each other, and
    /// 655,360 to 8,294,400 pixels together (OpenAI image generation guide, gpt-image-2).
    case free
    /// Nobody has said.
    case unknown
  }

  package var sizes = Sizes.unknown
  /// The qualities that it knows, from the cheapest on; empty where nobody has said.
  package var qualities: [String] = []
  /// The quality that Iris asks for unless the user names one: the cheapest, since a first picture is
  /// a draft.
  ///
  /// Nil leaves it to the server.
  package var usualQuality: String?
  /// The most pictures of one request.
  package var countLimit = 10
  /// The most characters of a prompt; nil where nobody has said.
  package var promptLimit: Int?
  package var styles: [String] = []
  /// Whether the answer is asked for as base64; the GPT Image models always answer so, and refuse to be
  /// asked.
  package var takesResponseFormat = true
  /// Whether unfinished pictures can be asked for.
  package var sendsPartialPictures = false
  /// Whether pictures can be given to be changed.
  package var edits = true
  /// Whether pictures like one that is given can be asked for; nil where nobody has said.
  package var varies: Bool?
  /// The file formats that can be asked for; empty where none can.
  package var formats: [String] = []
  /// Output tokens of a picture by its quality: of a square, an upright one and a wide one of the usual
  /// sizes.
  var outputTokens: [String: [Int]] = [:]
  /// Whether others than the maker gave the tokens, or some of them were derived.
  var tokensAreApproximate = false

  package init() {}
}

extension DrawingRule {
  private static let step = 16
  private static let longestSide = 3_840
  private static let pixels = 655_360...8_294_400
  private static let steepest = 3.0
  /// The usual number of pixels of a picture whose sides are only related.
  private static let usualPixels = 1_572_864.0

  /// The size nearest to the wanted one that the model draws; nil where it chooses itself.
  ///
  /// Whether it is another than the wanted one, comparing them tells.
  package func size(nearest wanted: Drawing.Size) -> Drawing.Size {
    switch (wanted, sizes) {
    case (.auto, _): .auto
    case (.pixels, .unknown): wanted
    case (.ratio(let width, let height), .unknown), (.ratio(let width, let height), .free):
      .pixels(Self.free(ratio: Double(width) / Double(height), pixels: Self.usualPixels))
    case (.pixels(let size), .free):
      .pixels(
        Self.free(
          ratio: Double(size.width) / Double(max(1, size.height)), pixels: Double(size.pixelCount)))
    case (.pixels(let size), .listed(let list)):
      Self.nearest(
        to: Double(size.width) / Double(max(1, size.height)), pixels: size.pixelCount, in: list)
    case (.ratio(let width, let height), .listed(let list)):
      Self.nearest(
        to: Double(width) / Double(height), pixels: list.first?.pixelCount ?? 0, in: list)
    }
  }

  /// The sides, in multiples of 16, of about so many pixels in about this relation.
  private static func free(ratio: Double, pixels: Double) -> PixelSize {
    let ratio = min(max(ratio, 1 / steepest), steepest)
    let count = min(max(pixels, Double(Self.pixels.lowerBound)), Double(Self.pixels.upperBound))
    var width = (count * ratio).squareRoot()
    var height = width / ratio
    let shrinking = min(1, Double(longestSide) / max(width, height))
    (width, height) = (width * shrinking, height * shrinking)
    var size = PixelSize(width: rounded(width), height: rounded(height))
    // Rounding may have gone over a bound: the longer side gives way, or the shorter one grows.
    while size.pixelCount > Self.pixels.upperBound || isSteep(size) {
      size = size.changingLonger(by: -step)
    }
    while size.pixelCount < Self.pixels.lowerBound { size = size.changingShorter(by: step) }
    return size
  }

  private static func isSteep(_ size: PixelSize) -> Bool {
    Double(max(size.width, size.height)) > steepest * Double(min(size.width, size.height))
  }

  private static func rounded(_ side: Double) -> Int {
    min(max(step, Int((side / Double(step)).rounded()) * step), longestSide)
  }

  /// Of a list the size whose relation is nearest, and of those whose number of pixels is.
  private static func nearest(to ratio: Double, pixels: Int, in list: [PixelSize]) -> Drawing.Size {
    let best = list.min { first, second in
      let (one, other) = (distance(first, ratio), distance(second, ratio))
      guard abs(one - other) < 0.001 else { return one < other }
      return abs(first.pixelCount - pixels) < abs(second.pixelCount - pixels)
    }
    return best.map { .pixels($0) } ?? .auto
  }

  private static func distance(_ size: PixelSize, _ ratio: Double) -> Double {
    let own = Double(size.width) / Double(max(1, size.height))
    return max(own / ratio, ratio / own)
  }
}

extension PixelSize {
  fileprivate func changingLonger(by step: Int) -> PixelSize {
    width >= height
      ? PixelSize(width: width + step, height: height)
      : PixelSize(width: width, height: height + step)
  }

  fileprivate func changingShorter(by step: Int) -> PixelSize {
    width < height
      ? PixelSize(width: width + step, height: height)
      : PixelSize(width: width, height: height + step)
  }
}

// MARK: - Cost

extension DrawingRule {
  /// The output tokens of one picture; unknown for sizes and qualities of which nobody has told any.
  ///
  /// Where the model chooses the size, those of the dearest usual one.
  package func tokens(of size: Drawing.Size, quality: String?) -> TokenEstimate {
    guard let quality, let counts = outputTokens[quality], counts.count == 3 else {
      return .unknown
    }
    if size == .auto { return counts.max().map { .approximate($0) } ?? .unknown }
    guard case .pixels(let pixels) = size else { return .unknown }
    let shape: Int? =
      switch (pixels.width, pixels.height) {
      case (1024, 1024): 0
      case (1024, 1536): 1
      case (1536, 1024): 2
      default: nil
      }
    guard let shape else { return .unknown }
    return tokensAreApproximate ? .approximate(counts[shape]) : .exact(counts[shape])
  }
}

extension Model {
  /// What the pictures of a drawing cost, without what is sent; nil where that is not known.
  package func cost(of drawing: Drawing) -> Money? {
    guard price?.output != 0 else { return .zero }
    guard let rule = self.drawing, let price,
      let tokens = rule.tokens(of: drawing.size, quality: drawing.quality).tokens
    else { return nil }
    return price.cost(
      of: TokenUsage(prompt: 0, completion: TokenCount(tokens * drawing.pictureCount)))
  }

  /// What the pictures of a drawing count as, as far as is known before the server tells.
  package func usage(of drawing: Drawing) -> TokenUsage? {
    self.drawing?.tokens(of: drawing.size, quality: drawing.quality).tokens.map { tokens in
      TokenUsage(
        prompt: 0, completion: TokenCount(tokens * drawing.pictureCount), isEstimated: true)
    }
  }

  /// A drawing as this model is asked for it: in the nearest size, at the usual quality unless one is
  /// named.
  package func adapting(_ drawing: Drawing) -> Drawing {
    guard let rule = self.drawing else { return drawing }
    var adapted = drawing
    adapted.size = rule.size(nearest: drawing.size)
    adapted.quality = drawing.quality ?? rule.usualQuality
    adapted.count = min(drawing.count, rule.countLimit)
    return adapted
  }
}
