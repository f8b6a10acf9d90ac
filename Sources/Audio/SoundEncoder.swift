import Processes

/// Makes sound of another form by ffmpeg: of pieces that were joined as samples, which have no gaps, and of what
/// a server sent in another form than it was asked for.
package struct SoundEncoder: Sendable {
  private let ffmpeg: FFmpeg

  /// nil where ffmpeg is not installed.
  package init?(environment: [String: String]) {
    ffmpeg = FFmpeg(environment: environment)
    guard ffmpeg.isInstalled else { return nil }
  }

  /// The sound in the form `target`; cancelling the task stops it.
  ///
  /// - Throws: ``AudioError/encodingFailed(_:reason:place:)``.
  package func encoded(
    _ sound: [UInt8], from format: SoundFormat, as target: SoundFormat
  ) async throws(AudioError) -> [UInt8] {
    try await run(sound, format, Self.encoder(of: target), target)
  }

  /// The sound as a WAV whose samples may stand behind those of `header`.
  ///
  /// - Throws: ``AudioError/encodingFailed(_:reason:place:)``.
  package func encoded(
    _ sound: [UInt8], from format: SoundFormat, like header: WaveHeader
  ) async throws(AudioError) -> [UInt8] {
    guard let form = header.rawForm else {
      throw .encodingFailed(.wav, reason: "\(header.encoding), \(header.bits)")
    }
    let options = ["-f", form, "-ar", "\(header.rate)", "-ac", "\(header.channels)"]
    let samples = try await run(sound, format, options, .wav)
    var header = header
    header.byteCount = samples.count
    return header.bytes + samples
  }

  private func run(
    _ sound: [UInt8], _ format: SoundFormat, _ options: [String], _ target: SoundFormat
  ) async throws(AudioError) -> [UInt8] {
    let samples = ["-f", "s16le", "-ar", "24000", "-ac", "1"]
    var program = ffmpeg.program(
      ["-loglevel", "error"] + (format == .pcm ? samples : []) + ["-i", "pipe:0", "-vn"]
        + options + ["pipe:1"], input: sound)
    program.errorLimit = 2_048
    program.byteLimit = 1 << 30
    let outcome = await program.runBeside()
    guard outcome.status == 0, !outcome.output.isEmpty, !outcome.isCut else {
      throw .encodingFailed(target, reason: outcome.lastWords ?? "\(outcome.status)")
    }
    return outcome.output
  }

  private static func encoder(of format: SoundFormat) -> [String] {
    switch format {
    case .mp3: ["-c:a", "libmp3lame", "-b:a", "96k", "-f", "mp3"]
    case .ogg: ["-c:a", "libopus", "-b:a", "48k", "-f", "ogg"]
    case .aac: ["-c:a", "aac", "-b:a", "96k", "-f", "adts"]
    case .m4a, .webm: ["-f", "matroska"]
    case .flac: ["-f", "flac"]
    case .wav: ["-f", "wav"]
    case .pcm: ["-f", "s16le", "-ar", "24000", "-ac", "1"]
    }
  }
}

extension WaveHeader {
  /// What ffmpeg calls bare samples that are written so; nil for what it does not write without a header.
  fileprivate var rawForm: String? {
    switch (encoding, bits) {
    case (1, 8): "u8"
    case (1, 16), (1, 24), (1, 32): "s\(bits)le"
    case (3, 32), (3, 64): "f\(bits)le"
    case (6, 8): "alaw"
    case (7, 8): "mulaw"
    default: nil
    }
  }
}
