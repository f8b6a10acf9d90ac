import Audio
import Configuration
import Files
import JSON

/// Sound that was spoken before, kept by what was asked for, in a folder that may be deleted at any time:
/// hearing it again asks nobody.
///
/// Bare samples are kept as WAV, so that every file plays. A file's name ends with the digest of its bytes: one
/// that was damaged is spoken anew. Several programs may use one folder.
struct SpeechCache: Sendable {
  /// So many bytes stay; the oldest go first.
  private static let byteLimit = 256 << 20

  let folder: String

  init(_ folders: Folders) { folder = folders.cache + "/speech" }

  /// Where the sound of a request to that server is kept, with its bytes, which are those that were kept; nil
  /// where there is none.
  func sound(
    of request: SpeechRequest, at server: String
  ) -> (path: String, bytes: [UInt8])? {
    let name = Self.name(of: request, at: server)
    let found = (try? FileSystem.names(in: folder)) ?? []
    for file in found where file.hasPrefix(name + "-") {
      let path = folder + "/" + file
      guard let bytes = try? SmallFile.bytes(of: path, atMost: Self.byteLimit) else { continue }
      guard file.hasPrefix("\(name)-\(Self.digest(bytes)).") else {
        try? FileSystem.remove(path)
        continue
      }
      // So that what is heard often stays.
      try? FileSystem.touch(path)
      return (path, bytes)
    }
    return nil
  }

  /// Keeps the sound of a whole answer; a disk that is full keeps none.
  func keep(
    _ sound: [UInt8], as format: SoundFormat, of request: SpeechRequest, at server: String
  ) {
    let sound = format == .pcm ? WaveHeader(byteCount: sound.count).bytes + sound : sound
    let ending = format == .pcm ? SoundFormat.wav.fileEnding : format.fileEnding
    let name = Self.name(of: request, at: server) + "-" + Self.digest(sound) + "." + ending
    do throws(FileError) {
      try FileSystem.makePrivateFolder(folder)
      try WholeFile.write(to: folder + "/" + name, access: .owner) { sink throws(FileError) in
        try sink.write(sound)
      }
      try trim()
    } catch {
      // It is spoken anew next time.
    }
  }

  /// The beginning of a file's name.
  private static func name(of request: SpeechRequest, at server: String) -> String {
    digest(Array(server.utf8) + [0] + request.json.bytes)
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish().map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
      .joined()
  }

  /// Removes the oldest files above the limit, and those without a digest, which nobody can vouch for.
  private func trim() throws(FileError) {
    var files: [(path: String, status: FileSystem.Status)] = []
    for name in try FileSystem.names(in: folder) {
      let path = folder + "/" + name
      guard let status = try FileSystem.status(of: path) else { continue }
      if name.contains("-") {
        files.append((path, status))
      } else if !name.hasSuffix(WholeFile.unfinishedSuffix) {
        try FileSystem.remove(path)
      }
    }
    var sum = 0
    for file in files.sorted(by: { $0.status.modified > $1.status.modified }) {
      sum += file.status.byteCount
      if sum > Self.byteLimit { try FileSystem.remove(file.path) }
    }
  }
}

/// The voices of which was said that they are made by AI, as those who use them must say (OpenAI's usage
/// policies): a line each in the state folder.
enum ToldVoices {
  private static let byteLimit = 100_000

  /// Whether it is the first time that this voice speaks; from now on it is not, where that can be noted.
  static func isFirst(_ voice: String, in folders: Folders) -> Bool {
    var isFirst = false
    do throws(FileError) {
      try SharedFile.update(folders.state + "/voices", atMost: byteLimit) { bytes in
        let known = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        guard !known.contains(voice) else { return nil }
        isFirst = true
        return Array((known + [voice]).joined(separator: "\n").utf8)
      }
      return isFirst
    } catch {
      // It must be said, and may be said twice.
      return true
    }
  }
}
