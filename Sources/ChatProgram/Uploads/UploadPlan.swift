import ChatAPI
import ChatEngine
import Conversation
import Language

/// Which files of a request are put on the server, and named in it.
struct UploadPlan: Sendable {
  let uploads: Uploads
  let provider: Provider
  /// Whether every document is, or large ones alone.
  let placesSmallDocuments: Bool
  /// Whether pictures are.
  let placesPictures: Bool
  /// Whether files that the server has not yet stay inside the request, as for a count.
  var namesHeldAlone = false
  let tell: @Sendable (Phrase) -> Void

  /// The part with the identifier of its file, where that lies on the server, or was put there now; the part
  /// as it is, where it goes inside the request.
  func placing(
    _ part: RequestMessage.Part, named media: MediaReference
  ) async throws(ChatAPIError) -> RequestMessage.Part {
    guard let (file, detail) = wanted(part), let original = media.digest else { return part }
    let name = name(of: media, as: file)
    if namesHeldAlone {
      let held = uploads.held(file, name: name, detail: detail, on: provider)
      return held.map { .uploaded($0) } ?? part
    }
    let outcome: Uploads.Outcome
    do throws(ChatAPIError) {
      outcome = try await uploads.place(
        file, name: name, detail: detail, original: original, on: provider)
    } catch {
      if let news = error.news(ofUpload: name) { tell(news) }
      throw error
    }
    if let news = outcome.news { tell(news) }
    return outcome.upload.map { .uploaded($0) } ?? part
  }

  /// The file of a part that is to be put on the server; nil for any other part.
  private func wanted(_ part: RequestMessage.Part) -> (PictureFile, Detail?)? {
    switch part {
    case .picture(let file, let detail) where placesPictures: (file, detail)
    case .document(let file, _)
    where placesSmallDocuments || file.byteCount > DocumentForm.uploadLimit:
      (file, nil)
    default: nil
    }
  }

  /// A name whose ending says the format, by which servers tell it: a fitted picture may have another one
  /// than its original.
  private func name(of media: MediaReference, as file: PictureFile) -> String {
    let last = media.name.split(separator: "/").last.map(String.init) ?? "file"
    guard let format = PictureFormat.allCases.first(where: { $0.mediaType == file.mediaType })
    else { return last }
    let stem = last.split(separator: ".").first.map(String.init) ?? last
    return "\(stem).\(format.fileExtension)"
  }
}
