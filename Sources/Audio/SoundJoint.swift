/// Puts pieces of sound of one form behind one another, so that they sound as one.
///
/// The samples of WAV follow without the later pieces' headers; frames of MP3 and AAC, and streams of Ogg
/// (RFC 3533 §4), may stand behind one another as they are.
package struct SoundJoint: Sendable {
  package let format: SoundFormat
  /// What the first piece's header says.
  private var header: WaveHeader?
  private var isFirst = true
  /// The start of a piece, until its header is whole.
  private var held: [UInt8] = []
  private var isInSamples = false

  /// - Throws: ``AudioError/notJoinable(_:)`` where there is more than one piece of a form that has one
  ///   header for all.
  package init(_ format: SoundFormat, pieceCount: Int) throws(AudioError) {
    if pieceCount > 1, [.flac, .m4a, .webm].contains(format) { throw .notJoinable(format) }
    self.format = format
  }

  /// The bytes that go behind those before.
  package mutating func feed(_ bytes: [UInt8]) -> [UInt8] {
    guard format == .wav, !isInSamples else { return bytes }
    held += bytes
    guard let found = WaveHeader(held) else {
      // No header of a WAV is so long.
      guard held.count > 64 << 10 else { return [] }
      isInSamples = true
      defer { held = [] }
      return held
    }
    isInSamples = true
    let samples = Array(held[found.offset...])
    held = []
    guard isFirst else { return samples }
    header = found
    var open = found
    open.byteCount = nil
    return open.bytes + samples
  }

  /// Ends a piece: the next bytes are the start of another.
  package mutating func endPiece() {
    isFirst = false
    isInSamples = false
    held = []
  }

  /// The header for so many bytes of samples; nil for a form that has none, and before any came.
  package func header(for byteCount: Int) -> [UInt8]? {
    guard var header else { return nil }
    header.byteCount = byteCount
    return header.bytes
  }
}
