package import Processes

/// ffmpeg, as it is asked to cut, decode and encode sound: without its banner, and without keys of a terminal.
package struct FFmpeg: Sendable {
  private let environment: [String: String]

  /// ffmpeg on the PATH of that environment.
  package init(environment: [String: String]) {
    self.environment = environment
  }

  package var isInstalled: Bool {
    InstalledPrograms(path: environment["PATH"]).contains("ffmpeg")
  }

  /// The arguments that name a file to be read: what stands before a colon would be taken for a protocol.
  package static func input(_ path: String) -> [String] { ["-i", "file:" + path] }

  /// The arguments that name a recording to be read, all of it.
  static func input(_ recording: Recording) -> [String] {
    (recording.isLongerThanSaid ? ["-ignore_length", "1"] : []) + input(recording.path)
  }

  /// ffmpeg with these arguments, fed with `input`.
  package func program(
    _ arguments: [String], input: [UInt8] = [], output: ChildProgram.Output = .captured
  ) -> ChildProgram {
    ChildProgram(
      arguments: ["ffmpeg", "-hide_banner", "-nostdin"] + arguments, environment: environment,
      input: input, output: output)
  }

  /// Whether it ended because there was no room for what it writes: it says so in the C library's words
  /// (errno(3)), in English everywhere, and in lines before its last.
  package static func lackedRoom(_ outcome: ChildProgram.Outcome) -> Bool {
    let words = String(decoding: outcome.errors, as: UTF8.self)
    return ["No space left on device", "Disk quota exceeded", "File too large"].contains {
      words.contains($0)
    }
  }

  /// Reads a time like `00:01:02.50`, in seconds; nil where it is none.
  static func seconds(_ clock: some StringProtocol) -> Double? {
    let parts = clock.split(separator: ":").map { Double($0) }
    guard parts.count == 3, !parts.contains(nil) else { return nil }
    return SoundLength.seconds(parts.reduce(0) { $0 * 60 + ($1 ?? 0) })
  }
}
