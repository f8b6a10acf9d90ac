import Files
import Processes

/// Cuts recordings that are too long for one request at silences, by ffmpeg, into FLAC of 16,000 samples a
/// second in one channel, as servers hear.
package struct RecordingCutter: Sendable {
  /// A piece of a recording, and the second at which it begins there.
  package struct Piece: Equatable, Sendable {
    package let path: String
    package let start: Double
    package let end: Double
  }

  /// So long is a piece at most, in seconds: 19.2 MB of samples, less as FLAC.
  package static let longest = 600.0

  private let folder: String
  private let ffmpeg: FFmpeg

  /// A cutter that writes pieces into a folder, which is the caller's to remove.
  package init(folder: String, environment: [String: String]) {
    self.folder = folder
    ffmpeg = FFmpeg(environment: environment)
  }

  /// The pieces of a recording, in order; takes about a hundredth of its length.
  ///
  /// - Throws: ``AudioError/cuttingFailed(path:reason:)``, and ``AudioError/noRoom(folder:path:)`` where the
  ///   disk is full.
  package func pieces(
    of recording: Recording, longest: Double = Self.longest
  ) async throws(AudioError) -> [Piece] {
    let (seconds, silences) = try await silences(in: recording)
    var pieces: [Piece] = []
    for (start, end) in Self.cuts(of: seconds, at: silences, longest: longest)
    where !Task.isCancelled {
      let path = "\(folder)/\(pieces.count).flac"
      let outcome = await run(
        ["-ss", "\(start)", "-to", "\(end)"] + FFmpeg.input(recording)
          + ["-vn", "-ac", "1", "-ar", "16000", "-c:a", "flac", "-y", path])
      guard outcome.status == 0 else { throw failure(recording, outcome) }
      pieces.append(Piece(path: path, start: start, end: end))
    }
    return pieces
  }

  /// Where to cut: in the last silence within each `longest` seconds, else there.
  package static func cuts(
    of seconds: Double, at silences: [Double], longest: Double
  ) -> [(start: Double, end: Double)] {
    var cuts: [(start: Double, end: Double)] = []
    var start = 0.0
    while seconds - start > longest {
      // Not right behind the last cut: a piece of next to nothing is worth no request.
      let cut = silences.last { $0 > start + longest / 4 && $0 <= start + longest }
      cuts.append((start, cut ?? start + longest))
      start = cut ?? start + longest
    }
    return cuts + [(start, seconds)]
  }

  /// How long the recording is, and the middle of each silence of half a second.
  private func silences(
    in recording: Recording
  ) async throws(AudioError) -> (seconds: Double, silences: [Double]) {
    let outcome = await run(
      ["-nostats"] + FFmpeg.input(recording)
        + ["-vn", "-af", "silencedetect=noise=-35dB:d=0.5", "-f", "null", "-"])
    guard outcome.status == 0,
      let found = Self.read(String(decoding: outcome.errors, as: UTF8.self))
    else { throw failure(recording, outcome) }
    return found
  }

  /// Reads what ffmpeg and its filter tell; how much was decoded counts, else what the file claims, which may be
  /// wrong or missing.
  package static func read(_ text: String) -> (seconds: Double, silences: [Double])? {
    var (seconds, starts, silences): (Double?, Double?, [Double]) = (nil, nil, [])
    for line in text.split(whereSeparator: \.isNewline) {
      if let start = number(behind: "silence_start: ", in: line) { starts = start }
      if let end = number(behind: "silence_end: ", in: line), let start = starts {
        silences.append((start + end) / 2)
      }
      // Its own line begins with that; titles and comments of the recording stand behind a colon.
      if seconds == nil, let duration = line.firstRange(of: "Duration: "),
        line[..<duration.lowerBound].allSatisfy(\.isWhitespace)
      {
        seconds = FFmpeg.seconds(line[duration.upperBound...].prefix { $0 != "," })
      }
    }
    return (RecordingProbe.read(text) ?? seconds).map { ($0, silences) }
  }

  private static func number(behind words: String, in line: Substring) -> Double? {
    line.firstRange(of: words).flatMap { range in
      Double(line[range.upperBound...].prefix { $0.isNumber || $0 == "." || $0 == "-" })
    }
  }

  private func run(_ arguments: [String]) async -> ChildProgram.Outcome {
    var program = ffmpeg.program(arguments, output: .nowhere)
    program.errorLimit = 8 << 20
    return await program.runBeside()
  }

  private func failure(_ recording: Recording, _ outcome: ChildProgram.Outcome) -> AudioError {
    FFmpeg.lackedRoom(outcome)
      ? .noRoom(folder: folder, path: recording.givenPath)
      : .cuttingFailed(path: recording.givenPath, reason: outcome.lastWords ?? "\(outcome.status)")
  }
}
