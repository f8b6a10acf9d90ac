import Processes

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Makes encoded sound of the demo's samples by ffmpeg, where that is installed: mp3, opus and aac are nothing
/// to write by hand.
package struct DemoEncoder: Sendable {
  /// The forms that it makes, by the API's names.
  static let formats = ["mp3", "opus", "aac"]

  package static let ofThisMachine = DemoEncoder(programs: .ofThisMachine)
  /// That of a machine without ffmpeg.
  package static let missing = DemoEncoder(programs: InstalledPrograms { _ in false })

  private let programs: InstalledPrograms

  /// Samples of 16 bits, one channel, 24,000 a second, in that form.
  ///
  /// - Throws: a refusal where ffmpeg is not installed, or fails.
  func encoded(_ samples: [UInt8], as format: String) async throws(WireFault) -> [UInt8] {
    guard programs.contains("ffmpeg") else {
      throw .invalid(
        "response_format",
        "The demo makes \(format) by ffmpeg, which is not installed here. It makes wav, flac and pcm by itself."
      )
    }
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    var program = ChildProgram(
      arguments: [
        "ffmpeg", "-nostdin", "-loglevel", "error", "-f", "s16le", "-ar", "24000", "-ac", "1", "-i",
        "pipe:0",
      ] + Self.encoder(of: format) + ["pipe:1"], environment: ["PATH": path], input: samples)
    program.timeLimit = .seconds(60)
    program.errorLimit = 500
    let outcome = await program.runBeside()
    guard outcome.status == 0, !outcome.output.isEmpty else {
      let words = String(decoding: outcome.errors, as: UTF8.self)
      throw .invalid("response_format", "ffmpeg cannot make \(format) here: \(words)")
    }
    return outcome.output
  }

  private static func encoder(of format: String) -> [String] {
    switch format {
    case "mp3": ["-c:a", "libmp3lame", "-b:a", "64k", "-f", "mp3"]
    case "opus": ["-c:a", "libopus", "-b:a", "32k", "-f", "ogg"]
    default: ["-c:a", "aac", "-b:a", "64k", "-f", "adts"]
    }
  }
}
