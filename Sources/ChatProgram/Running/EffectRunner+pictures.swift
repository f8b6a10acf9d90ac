import ChatCore
import Configuration
import Conversation
import Files
import Language
import Pictures

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension EffectRunner {
  func find(_ words: [String], whole: String, for request: Int) {
    do {
      let sources = try finder.sources(words: words, whole: whole)
      post(.picture(.found(request: request, sources: sources)))
    } catch {
      post(.picture(.notFound(request: request, error.phrase)))
    }
  }

  func prepare(
    _ id: AttachmentID, _ origin: PictureOrigin, detail: Detail, model: String?
  ) async {
    let workshop = workshop
    let formats = directory.formats(of: directory.defaultName)
    let local: PictureOrigin
    do throws(PictureWorkshop.Failure) {
      local = try await fetched(origin, detail: detail)
    } catch {
      post(.picture(.failed(id, error.phrase)))
      return
    }
    // One that was taken back while it waited for its turn is not read at all.
    guard !Task.isCancelled else { return }
    let result = await pictureQueue.run {
      () -> Result<PreparedPicture, PictureWorkshop.Failure> in
      Result { () throws(PictureWorkshop.Failure) in
        try workshop.prepare(local, detail: detail, model: model, formats: formats)
      }
    }
    guard !Task.isCancelled else { return }
    switch result {
    case .success(let picture): post(.picture(.prepared(id, picture)))
    case .failure(let failure): post(.picture(.failed(id, failure.phrase)))
    }
  }

  /// The picture behind a URL as a kept one, where URLs are fetched here; anything else as it is.
  private func fetched(
    _ origin: PictureOrigin, detail: Detail
  ) async throws(PictureWorkshop.Failure) -> PictureOrigin {
    guard case .written(let url) = origin, PictureFetcher.isURL(url), directory.fetchesURLs else {
      return origin
    }
    return .kept(try await fetcher.fetch(url, detail: detail))
  }

  func preview(_ key: PreviewKey, colors: ChatCore.ColorDepth) async {
    let workshop = workshop
    let cells = await pictureQueue.run { workshop.preview(key, colors: colors) }
    post(.picture(cells.map { .previewed(key, $0) } ?? .previewFailed(key)))
  }

  /// Takes the clipboard's picture into a file of the cache, and finds it there.
  func paste(for request: Int) async {
    let clipboard = Clipboard(environment: installation.environment)
    switch clipboard.picture() {
    case .success(let bytes):
      let path = installation.folders.cache + "/clipboard-\(request).picture"
      do {
        try FileSystem.makePrivateFolder(installation.folders.cache)
        try WholeFile.write(to: path, access: .owner) { (sink) throws(FileError) in
          try sink.write(bytes)
        }
        post(.picture(.found(request: request, sources: [path])))
      } catch {
        let phrase = say("\(error.path) cannot be written. Check its folder, then try again.")
        post(.picture(.notFound(request: request, phrase)))
      }
    case .failure(let failure):
      post(.picture(.notFound(request: request, failure.phrase)))
    }
  }
}

/// How many pieces of work can run at once.
enum ProcessorCount {
  static let online = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
