import Audio
import Configuration
import Files

/// The recordings that a call was given: those that no server takes are converted, into a folder in the cache.
struct GivenRecordings: Sendable {
  let recordings: [Recording]
  private let folder: CutFolder?

  /// Looks at the files; blocks while any is converted.
  init(_ paths: [String], _ installation: Installation) throws(AskFailure) {
    do throws(AudioError) {
      (recordings, folder) = try Self.recordings(paths, installation)
    } catch {
      throw AskFailure(error)
    }
  }

  /// Removes what was converted.
  func remove() { folder?.remove() }

  private static func recordings(
    _ paths: [String], _ installation: Installation
  ) throws(AudioError) -> ([Recording], CutFolder?) {
    var recordings: [Recording] = []
    var folder: CutFolder?
    do throws(AudioError) {
      for path in paths { recordings.append(try recording(path, &folder, installation)) }
    } catch {
      folder?.remove()
      throw error
    }
    return (recordings, folder)
  }

  private static func recording(
    _ path: String, _ folder: inout CutFolder?, _ installation: Installation
  ) throws(AudioError) -> Recording {
    do throws(AudioError) { return try Recording(path: path) } catch {
      guard case .foreign = error else { throw error }
      if folder == nil { folder = try Self.folder(installation) }
      guard let folder,
        let converter = RecordingConverter(
          folder: folder.path, environment: installation.environment)
      else { throw error }
      return try converter.converted(path)
    }
  }

  private static func folder(_ installation: Installation) throws(AudioError) -> CutFolder {
    do throws(FileError) { return try CutFolder(in: installation.folders.cache) } catch {
      throw .fileUnwritable(path: error.path, reason: error.reason)
    }
  }
}
