import Audio
import Foundation
import Testing

/// Long recordings are cut by ffmpeg, whatever they are called.
@Suite(
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg"), "needs ffmpeg to cut"))
struct RecordingCutterTests {
  /// Silence of so many seconds: 16 bits, 8,000 samples a second.
  private func wave(seconds: Int) -> Data {
    let count = UInt32(seconds * 16_000)
    func bytes(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> ($0 * 8) & 0xFF) } }
    var data = Data("RIFF".utf8) + bytes(count + 36) + Data("WAVEfmt ".utf8) + bytes(16)
    data += [1, 0, 1, 0] + bytes(8_000) + bytes(16_000) + [2, 0, 16, 0]
    return data + Data("data".utf8) + bytes(count) + Data(count: Int(count))
  }

  @Test(arguments: ["meeting-12:30.wav", "-y.wav", "a b'c.wav"])
  func `A name that looks like something else is a name`(name: String) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "cut-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: name).path
    try wave(seconds: 5).write(to: URL(filePath: path))
    let cutter = RecordingCutter(
      folder: folder.path, environment: ProcessInfo.processInfo.environment)
    let pieces = try await cutter.pieces(of: try Recording(path: path), longest: 2)
    #expect(pieces.count == 3)
    #expect(pieces.last?.end == 5)
    let probe = try #require(RecordingProbe(environment: ProcessInfo.processInfo.environment))
    #expect(await probe.seconds(of: try Recording(path: path)) == 5)
  }
}
