import ChatScreen
import Configuration
import Conversation
import ConversationStore
import Files
import Language

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ScreenEffectRunner {
  /// Copies a kept file to where the user wants it; what is there already is not replaced.
  func save(_ media: MediaReference, to path: String) {
    guard let digest = media.digest else { return }
    let target = target(path, for: media)
    let (pipeline, name) = (runner.pipeline, media.name)
    do {
      try pipeline.verified.verify(digest, in: pipeline.blobs)
      try WholeFile.write(to: target, isReplacing: false) { sink throws(FileError) in
        var source = try FileSource(pipeline.blobs.path(of: digest))
        while true {
          let piece = try source.read(upTo: 1 << 18)
          if piece.isEmpty { return }
          try sink.write(piece)
        }
      }
      post(.program(.remarked(say("\(name) is written to \(target)."), .information)))
    } catch let error as FileError where error.code == EEXIST {
      let phrase = say("\(target) is there already: name another path.")
      post(.program(.remarked(phrase, .error)))
    } catch let error as FileError {
      let phrase = say("\(target) cannot be written (\(error.reason)). Name another path.")
      post(.program(.remarked(phrase, .error)))
    } catch let error as StoreError {
      post(.program(.remarked(error.phrase, .error)))
    } catch {
      post(.program(.remarked(say("\(name) cannot be copied."), .error)))
    }
  }

  /// The path that was named, or the file's own name in the folder that was.
  private func target(_ path: String, for media: MediaReference) -> String {
    let name = FileName.safe(media.name)
    guard !path.isEmpty else { return name }
    let whole = installation.folders.expand(path)
    let isFolder = (try? FileSystem.status(of: whole))??.isFolder ?? false
    return isFolder || whole.hasSuffix("/") ? whole + "/" + name : whole
  }
}
