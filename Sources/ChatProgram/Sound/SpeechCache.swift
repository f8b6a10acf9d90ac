import Audio
import Configuration
import Files
import JSON

/// Sound that was spoken before, kept by what was asked for, in a folder that may be deleted at any time:
/// hearing it again asks nobody.
///
/// Bare samples are kept as WAV, so that every file plays. Several programs may use one folder.
struct SpeechCache: Sendable {
  /// So many bytes stay; the oldest go first.
  private static let byteLimit = 256 << 20

  let folder: String

  init(_ folders: Folders) { folder = folders.cache + "/speech" }

  /// Where the sound of a request to that server is, or will be.
  func path(of request: SpeechRequest, at server: String) -> String {
    var hash = SHA256()
    hash.update(Array(server.utf8) + [0])
    hash.update(request.json.bytes)
    let name = hash.finish().map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
    let ending = request.format == .pcm ? "wav" : request.format.fileEnding
    return "\(folder)/\(name.joined()).\(ending)"
  }

  /// The sound that was kept; nil where there is none.
  func sound(at path: String) -> [UInt8]? {
    guard let bytes = try? SmallFile.bytes(of: path, atMost: Self.byteLimit),
      SoundFormat(signature: bytes) != nil
    else { return nil }
    // So that what is heard often stays.
    try? FileSystem.touch(path)
    return bytes
  }

  /// Keeps the sound of a whole answer; a disk that is full keeps none.
  func keep(_ sound: [UInt8], as format: SoundFormat, at path: String) {
    let header = format == .pcm ? WaveHeader(byteCount: sound.count).bytes : []
    do throws(FileError) {
      try FileSystem.makePrivateFolder(folder)
      try WholeFile.write(to: path, access: .owner) { sink throws(FileError) in
        try sink.write(header)
        try sink.write(sound)
      }
      try trim()
    } catch {
      // It is spoken anew next time.
    }
  }

  private func trim() throws(FileError) {
    var files: [(path: String, status: FileSystem.Status)] = []
    for name in try FileSystem.names(in: folder) {
      let path = folder + "/" + name
      if let status = try FileSystem.status(of: path) { files.append((path, status)) }
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

  /// Whether it is the first time that this voice speaks; from now on it is not.
  static func isFirst(_ voice: String, in folders: Folders) -> Bool {
    var isFirst = false
    try? SharedFile.update(folders.state + "/voices", atMost: byteLimit) { bytes in
      let known = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      guard !known.contains(voice) else { return nil }
      isFirst = true
      return Array((known + [voice]).joined(separator: "\n").utf8)
    }
    return isFirst
  }
}
