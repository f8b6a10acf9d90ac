import ChatEngine
import Configuration
import Conversation
import JSON
import Language
import Pictures

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension EffectRunner {
  func findPictures(_ words: [String], whole: String, for request: Int) {
    do {
      let sources = try finder.sources(words: words, whole: whole)
      post(.picture(.found(request: request, sources: sources)))
    } catch {
      post(.picture(.notFound(request: request, error.phrase, isThere: error.isThere)))
    }
  }

  func prepare(
    _ id: AttachmentID, _ origin: PictureOrigin, detail: Detail, for targetModel: TargetModel
  ) async {
    if await prepareSound(id, origin, for: targetModel) { return }
    if await prepareDocument(id, origin, for: targetModel.provider) { return }
    let pipeline = pipeline
    let rules = directory.pictureRules(of: targetModel.provider)
    let local: PictureOrigin
    do throws(ImagePipeline.Failure) {
      local = try await fetched(origin, detail: detail, for: targetModel.provider)
    } catch {
      post(.picture(.failed(id, error.phrase, kind: error.kind)))
      return
    }
    let result = await pictureQueue.run {
      () -> Result<PictureEvent, ImagePipeline.Failure> in
      Result { () throws(ImagePipeline.Failure) in
        let model = targetModel.model
        return detail == .tiles
          ? .tiled(id, try pipeline.prepareTiles(local, model: model, rules: rules))
          : .prepared(
            id, try pipeline.prepare(local, detail: detail, model: model, rules: rules))
      }
    }
    guard !Task.isCancelled else { return }
    switch result {
    case .success(let event): post(.picture(event))
    case .failure(let failure): post(.picture(.failed(id, failure.phrase, kind: failure.kind)))
    case nil: break  // It was taken back.
    }
  }

  /// Recordings that are attached; what their transcripts cost is noted.
  var sounds: SoundAttachments {
    SoundAttachments(
      pipeline, servers: SideServers(installation: installation, directory: directory),
      client: client,
      ledger: ServiceLedger(installation) { [post] in post(.store(.written(.notCounted($0)))) })
  }

  /// Keeps what a path names where it is sound; false where it is something else.
  private func prepareSound(
    _ id: AttachmentID, _ origin: PictureOrigin, for targetModel: TargetModel
  ) async -> Bool {
    guard case .written(let path) = origin, !PictureFetcher.isURL(path), !DataURL.isDataURL(path)
    else { return false }
    let (sounds, takesSound) = (sounds, targetModel.takesSound)
    let result = await pictureQueue.run {
      () -> Result<MediaReference?, ImagePipeline.Failure> in
      Result { () throws(ImagePipeline.Failure) in
        try sounds.keep(fileAt: path, takesSound: takesSound)
      }
    }
    guard !Task.isCancelled, let result else { return true }
    do throws(ImagePipeline.Failure) {
      guard let sound = try result.get() else { return false }
      let forecast = takesSound ? nil : try await sounds.forecast(of: sound)
      post(.picture(.document(id, sound, warnings: forecast.map { [$0] } ?? [])))
    } catch {
      post(.picture(.failed(id, error.phrase, kind: error.kind)))
    }
    return true
  }

  /// Keeps what a path names where it is a document; false where it may be a picture.
  private func prepareDocument(
    _ id: AttachmentID, _ origin: PictureOrigin, for provider: String
  ) async -> Bool {
    guard case .written(let path) = origin, !PictureFetcher.isURL(path), !DataURL.isDataURL(path)
    else { return false }
    let documents = DocumentPipeline(pipeline)
    let takesFiles = directory.takesDocuments(provider)
    let result = await pictureQueue.run {
      () -> Result<DocumentPipeline.Kept?, ImagePipeline.Failure> in
      Result { () throws(ImagePipeline.Failure) in
        try documents.keep(fileAt: path, takesFiles: takesFiles)
      }
    }
    guard !Task.isCancelled else { return true }
    switch result {
    case .success(let kept?):
      post(.picture(.document(id, kept.document, warnings: kept.warnings)))
      return true
    case .success(nil): return false
    case .failure(let failure):
      post(.picture(.failed(id, failure.phrase, kind: failure.kind)))
      return true
    case nil: return true  // It was taken back.
    }
  }

  /// The picture behind a URL as a kept one, where URLs are fetched here; anything else as it is.
  private func fetched(
    _ origin: PictureOrigin, detail: Detail, for provider: String
  ) async throws(ImagePipeline.Failure) -> PictureOrigin {
    guard case .written(let url) = origin, PictureFetcher.isURL(url),
      directory.fetchesURLs(for: provider)
    else { return origin }
    return .kept(try await fetcher.fetch(url, detail: detail))
  }

  /// Keeps the clipboard's picture.
  func paste(for request: Int) async {
    let clipboard = Clipboard(environment: installation.environment)
    do throws(ImagePipeline.Failure) {
      let picture = await clipboard.picture()
      let bytes = try picture.mapError { ImagePipeline.Failure(phrase: $0.phrase) }.get()
      let reference = try pipeline.keep(bytes, name: Self.clipboardName, detail: .auto)
      post(.picture(.pasted(request: request, reference)))
    } catch {
      post(.picture(.notFound(request: request, error.phrase)))
    }
  }

  /// What a picture without a file is called.
  private static let clipboardName = "clipboard"
}

/// How many pieces of work can run at once.
enum ProcessorCount {
  static let online = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}

extension ImagePipeline.Failure {
  /// The failure as the state tells it apart.
  var kind: PictureFailure.Kind { isMissing ? .missing : isOfStore ? .unwritable : .unusable }
}
