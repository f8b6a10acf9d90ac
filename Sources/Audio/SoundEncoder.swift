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
  /// - Throws: ``AudioError/encodingFailed(_:reason:)``.
  package func encoded(
    _ sound: [UInt8], from format: SoundFormat, as target: SoundFormat
  ) async throws(AudioError) -> [UInt8] {
    let samples = ["-f", "s16le", "-ar", "24000", "-ac", "1"]
    var program = ffmpeg.program(
      ["-loglevel", "error"] + (format == .pcm ? samples : []) + ["-i", "pipe:0", "-vn"]
        + Self.encoder(of: target) + ["pipe:1"], input: sound)
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
