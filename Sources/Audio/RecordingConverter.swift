import Files
import Processes

/// Makes of a recording that no server takes one that they take, by ffmpeg: FLAC of 16,000 samples a second in
/// one channel, as servers hear.
package struct RecordingConverter: Sendable {
  private let folder: String
  private let ffmpeg: FFmpeg

  /// A converter that writes into a folder, which is the caller's to remove; nil where ffmpeg is not
  /// installed.
  package init?(folder: String, environment: [String: String]) {
    self.folder = folder
    ffmpeg = FFmpeg(environment: environment)
    guard ffmpeg.isInstalled else { return nil }
  }

  /// The recording in `path`, converted; blocks.
  ///
  /// - Throws: ``AudioError/convertingFailed(path:reason:)``, and ``AudioError/noRoom(folder:path:)`` where the
  ///   disk is full.
  package func converted(_ path: String) throws(AudioError) -> Recording {
    let target = "\(folder)/\(UInt64.random(in: 0...UInt64.max)).flac"
    var program = ffmpeg.program(
      ["-loglevel", "error"] + FFmpeg.input(path)
        + ["-vn", "-ac", "1", "-ar", "16000", "-c:a", "flac", "-y", target], output: .nowhere)
    program.errorLimit = 2_048
    let outcome = program.run { false }
    guard outcome.status == 0 else {
      try? FileSystem.remove(target)
      throw FFmpeg.lackedRoom(outcome)
        ? .noRoom(folder: folder, path: path)
        : .convertingFailed(path: path, reason: outcome.lastWords ?? "\(outcome.status)")
    }
    return try Recording(path: target, given: path)
  }
}
