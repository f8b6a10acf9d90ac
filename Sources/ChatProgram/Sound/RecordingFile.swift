import Audio
import Files

/// The file of a recording that is made or written down, in the cache folder.
///
/// Until it is removed or kept it has a name of its own, and a lock: what has the name and nobody's lock was
/// left by a program that was killed.
final class RecordingFile: Sendable {
  private static let prefix = "recording-"
  private static let unfinished = ".new.wav"

  let path: String
  private let lock: OpenFile

  /// Makes an empty one.
  init(in cache: String) throws(FileError) {
    try FileSystem.makePrivateFolder(cache)
    path = "\(cache)/\(Self.prefix)\(UInt64.random(in: 0...UInt64.max))\(Self.unfinished)"
    lock = try OpenFile(path, for: .creating, access: .owner)
    do throws(FileError) { try lock.lock(exclusively: true) } catch {
      // Where the file system knows no locks, nobody finds one free either.
      if !error.isUnsupported { throw error }
    }
  }

  /// Keeps it where it holds anything that may be sound, and removes it where not; its path from then on, nil
  /// for none.
  func keep() -> String? { Self.keep(path) }

  func remove() { try? FileSystem.remove(path) }

  /// Keeps the recordings that programs left which were killed; their paths.
  static func keepLeft(in cache: String) -> [String] {
    let names = (try? FileSystem.names(in: cache)) ?? []
    return names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(unfinished) }.compactMap { name in
      let path = cache + "/" + name
      guard let lock = try? OpenFile(path, for: .reading),
        (try? lock.lock(exclusively: true)) != nil
      else { return nil }
      defer { lock.unlock() }
      return keep(path)
    }
  }

  private static func keep(_ path: String) -> String? {
    var ending = ".wav"
    do throws(AudioError) { _ = try Recording(path: path) } catch {
      switch error {
      case .recordingEmpty:
        try? FileSystem.remove(path)
        return nil
      // Bare samples, or a form that is not known: what was said is in it all the same.
      case .noSound: ending = ".raw"
      case .foreign(_, let form): ending = "." + form.rawValue.lowercased()
      default: return path
      }
    }
    let kept = String(path.dropLast(unfinished.count)) + ending
    guard (try? FileSystem.renameNew(path, to: kept)) != nil else { return path }
    return kept
  }
}
