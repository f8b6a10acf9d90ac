import Processes

/// Counts how long a recording is by decoding it with ffmpeg, since only a WAV's header can be believed.
package struct RecordingProbe: Sendable {
  private let ffmpeg: FFmpeg

  /// nil where ffmpeg is not installed.
  package init?(environment: [String: String]) {
    ffmpeg = FFmpeg(environment: environment)
    guard ffmpeg.isInstalled else { return nil }
  }

  /// The length in seconds; nil where ffmpeg cannot decode the file.
  ///
  /// Takes about a thousandth of its length.
  package func seconds(of recording: Recording) async -> Double? {
    var program = ffmpeg.program(
      ["-stats"] + FFmpeg.input(recording) + ["-vn", "-f", "null", "-"], output: .nowhere)
    program.errorLimit = 8 << 20
    let outcome = await program.runBeside()
    guard outcome.status == 0 else { return nil }
    return Self.read(String(decoding: outcome.errors, as: UTF8.self))
  }

  /// Reads the last of ffmpeg's lines of progress: the length that a file claims may be missing or wrong.
  package static func read(_ text: String) -> Double? {
    // Titles and comments of the recording are indented.
    let line = text.split(whereSeparator: \.isNewline).last { $0.hasPrefix("size=") }
    guard let line, let name = line.firstRange(of: " time=") else { return nil }
    return FFmpeg.seconds(line[name.upperBound...].prefix { $0 != " " })
  }
}
