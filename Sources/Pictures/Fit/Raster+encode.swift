import Conversation

extension Raster {
  /// Encodes the pixels in the best format that the target takes, within its byte limit.
  ///
  /// - Throws: `.noAcceptedFormat`, `.cannotShrink`, `.cancelled`, `.outOfMemory`.
  func encoded(
    for target: FitTarget, isCancelled: () -> Bool
  ) throws(PictureError) -> EncodedPicture {
    var raster = layout == .rgba && !isTransparent ? onWhite : self
    let smallestSide = 32
    while true {
      for attempt in try raster.attempts(target.formats) {
        guard !isCancelled() else { throw .cancelled }
        let picture = try raster.encoded(attempt)
        if picture.bytes.count <= target.maximumBytes { return picture }
      }
      let smaller = PixelSize(
        width: max(1, raster.size.width * 3 / 4), height: max(1, raster.size.height * 3 / 4))
      guard max(smaller.width, smaller.height) >= smallestSide else {
        throw .cannotShrink(below: target.maximumBytes)
      }
      raster = try raster.reduced(to: smaller)
    }
  }

  /// One step on the way to fewer bytes.
  private enum Attempt {
    case one(Encoding)
    /// The sharper of two, unless it is more than `factor` times as large.
    case sharper(Encoding, than: Encoding, factor: Int)
  }

  private func encoded(_ attempt: Attempt) throws(PictureError) -> EncodedPicture {
    switch attempt {
    case .one(let encoding): return try encoded(as: encoding)
    case .sharper(let sharp, let small, let factor):
      let exact = try encoded(as: sharp)
      let lossy = try encoded(as: small)
      return exact.bytes.count <= lossy.bytes.count * factor ? exact : lossy
    }
  }

  /// The ways to encode these pixels, the best first.
  private func attempts(_ formats: Set<PictureFormat>) throws(PictureError) -> [Attempt] {
    if layout == .rgba { return try attemptsWithAlpha(formats) }
    let flatness = flatness
    let lossy = lossyEncodings(flatness, formats)
    guard let best = lossy.first else {
      guard let exact = Self.exactEncoding(formats) else { throw .noAcceptedFormat }
      return [.one(exact)]
    }
    guard flatness == .flat, let exact = Self.exactEncoding(formats) else {
      return lossy.map { .one($0) }
    }
    return [.sharper(exact, than: best, factor: 2)] + lossy.map { .one($0) }
  }

  private func attemptsWithAlpha(_ formats: Set<PictureFormat>) throws(PictureError) -> [Attempt] {
    let exact = Self.exactEncoding(formats).map { Attempt.one($0) }
    let webp = formats.contains(.webp) ? Attempt.one(.webp(quality: 85)) : nil
    let kept = [exact, webp].compactMap(\.self)
    return try flatness == .flat || kept.count < 2
      ? kept + onWhite.attempts(formats) : kept.reversed()
  }

  /// Lossy encodings at falling quality.
  private func lossyEncodings(_ flatness: Flatness, _ formats: Set<PictureFormat>) -> [Encoding] {
    let quality = flatness == .photographic ? 85 : 92
    let qualities = [quality, 70, 55]
    if formats.contains(.jpeg) {
      return qualities.map { .jpeg(quality: $0, fullChroma: flatness > .photographic) }
    }
    guard formats.contains(.webp), layout != .grey else { return [] }
    return qualities.map { .webp(quality: $0) }
  }

  private static func exactEncoding(_ formats: Set<PictureFormat>) -> Encoding? {
    if formats.contains(.png) { return .png }
    return formats.contains(.webp) ? .webp(quality: nil) : nil
  }
}
