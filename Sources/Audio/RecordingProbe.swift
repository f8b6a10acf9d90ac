import Processes

/// Counts how long a recording is by decoding it with ffmpeg, since only a WAV's header can be believed.
package struct RecordingProbe: Sendable {
  private let environment: [String: String]

  /// nil where ffmpeg is not installed.
  package init?(environment: [String: String]) {
    guard InstalledPrograms(path: environment["PATH"]).contains("ffmpeg") else { return nil }
    self.environment = environment
  }

  /// The length in seconds; nil where ffmpeg cannot decode the file.
  ///
  /// Takes about a thousandth of its length.
  package func seconds(of recording: Recording) async -> Double? {
    var program = ChildProgram(
      arguments: [
        "ffmpeg", "-hide_banner", "-nostdin", "-stats", "-i", recording.path, "-vn", "-f", "null",
        "-",
      ], environment: environment, input: [], output: .nowhere)
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
    let parts = line[name.upperBound...].prefix { $0 != " " }.split(separator: ":").map {
      Double($0)
    }
    guard parts.count == 3, !parts.contains(nil) else { return nil }
    return SoundLength.seconds(parts.reduce(0) { $0 * 60 + ($1 ?? 0) })
  }
}
