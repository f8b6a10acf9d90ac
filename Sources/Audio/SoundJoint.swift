/// Puts pieces of sound of one form behind one another, so that they sound as one.
///
/// The samples of WAV follow without the later pieces' headers; frames of MP3 and AAC, and streams of Ogg
/// (RFC 3533 §4), may stand behind one another as they are.
package struct SoundJoint: Sendable {
  package let format: SoundFormat
  private let pieceCount: Int
  /// What the first piece's header says.
  private var header: WaveHeader?
  /// The start of a piece, until its header is whole.
  private var held: [UInt8] = []
  /// The samples of the piece, once they have begun.
  private var run: SampleRun?
  /// Whether the piece goes through as it is: nobody can count its samples.
  private var isUncounted = false

  /// - Throws: ``AudioError/notJoinable(_:)`` where there is more than one piece of a form that has one
  ///   header for all.
  package init(_ format: SoundFormat, pieceCount: Int) throws(AudioError) {
    if pieceCount > 1, !format.isJoinable { throw .notJoinable(format) }
    self.format = format
    self.pieceCount = pieceCount
  }

  /// The bytes that go behind those before.
  ///
  /// A WAV whose samples nobody can count, as of ADPCM, is given as it is.
  package mutating func feed(_ bytes: [UInt8]) -> [UInt8] {
    if run != nil { return samples(bytes) }
    switch format {
    case .pcm:
      run = SampleRun(WaveHeader())
      return samples(bytes)
    case .wav where !isUncounted: return begin(bytes)
    default: return bytes
    }
  }

  private mutating func begin(_ bytes: [UInt8]) -> [UInt8] {
    held += bytes
    guard let found = WaveHeader(held) else {
      isUncounted =
        WaveHeader.sampleOffset(in: held) != nil || held.count > SoundFormat.longestHead
      defer { if isUncounted { held = [] } }
      return isUncounted ? held : []
    }
    run = SampleRun(found)
    let rest = Array(held[found.offset...])
    held = []
    guard header == nil else { return samples(rest) }
    header = found
    var open = found
    open.byteCount = nil
    return open.bytes + samples(rest)
  }

  private mutating func samples(_ bytes: [UInt8]) -> [UInt8] {
    let samples = run?.feed(bytes) ?? []
    guard let next = run?.following else { return samples }
    run = nil
    return samples + begin(next)
  }

  /// Ends a piece: the next bytes are the start of another.
  package mutating func endPiece() {
    run = nil
    isUncounted = false
    held = []
  }

  /// The header for so many bytes of samples; nil for a form that has none, and before any came.
  package func header(for byteCount: Int) -> [UInt8]? {
    guard var header else { return nil }
    header.byteCount = byteCount
    return header.bytes
  }
}

// Whole pieces, which may come in other forms than the first.
extension SoundJoint {
  /// What a whole piece adds; where it has another form than the pieces before, `encoder` converts it.
  ///
  /// - Throws: ``AudioError/piecesApart(_:_:place:)`` where there is no encoder, and
  ///   ``AudioError/encodingFailed(_:reason:place:)``.
  package mutating func add(
    _ piece: [UInt8], _ format: SoundFormat, by encoder: SoundEncoder?
  ) async throws(AudioError) -> [UInt8] {
    if let fitting = fitting(piece, format) { return feed(fitting) }
    guard let encoder else {
      let other = WaveHeader(piece)
      guard header != nil || self.format != format || other != nil else {
        throw .piecesUncounted(format)
      }
      throw .piecesApart(form(self.format, header), form(format, other))
    }
    guard let header else {
      return feed(try await encoder.encoded(piece, from: format, as: self.format))
    }
    return feed(try await encoder.encoded(piece, from: format, like: header))
  }

  /// A whole piece in the form of those before, where nothing need be converted for that.
  package func fitting(_ piece: [UInt8], _ format: SoundFormat) -> [UInt8]? {
    let samples = WaveHeader()
    switch (self.format, format) {
    case (.wav, .wav):
      // Behind samples that nobody counts nothing can stand.
      guard let found = WaveHeader(piece) else { return pieceCount == 1 ? piece : nil }
      return header.map(found.hasSamples) ?? true ? piece : nil
    case (.wav, .pcm):
      return (header ?? samples).hasSamples(like: samples) ? samples.bytes + piece : nil
    case (.pcm, .wav):
      guard let header = WaveHeader(piece), header.hasSamples(like: samples) else { return nil }
      return header.samples(of: piece)
    default: return self.format == format ? piece : nil
    }
  }

  /// What tells one form from another: WAVs differ also by their rates.
  private func form(_ format: SoundFormat, _ header: WaveHeader?) -> String {
    header.map { "\(format.wireName), \($0.rate) Hz" } ?? format.wireName
  }
}
