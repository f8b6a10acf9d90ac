import ChatAPI
import ChatEngine
import Configuration
import Conversation
import ConversationStore
import Files
import Language
import ModelCatalog

/// Reads and keeps documents, and makes of them what a server takes: the file, its text, or pictures of
/// its pages.
///
/// Every call works on the caller's thread, and may run other programs: see ``PictureQueue``.
struct DocumentPipeline: Sendable {
  typealias Failure = ImagePipeline.Failure

  /// The most bytes of a document that goes as a file (OpenAI, file inputs guide: 50 MB a request).
  static let fileLimit = 50_000_000
  /// The most bytes of a text: some million tokens.
  static let textLimit = 4_000_000
  /// From how many pages on their number is worth a word.
  static let manyPages = 100
  /// The most pages that are sent as pictures.
  static let drawnPages = 20

  let pipeline: ImagePipeline
  private let programs: PDFPrograms

  init(_ pipeline: ImagePipeline) {
    self.pipeline = pipeline
    programs = PDFPrograms(environment: pipeline.environment)
  }

  /// A document that is kept, and what a person should know of it.
  struct Kept: Equatable {
    var document: MediaReference
    var warnings: [Phrase] = []
  }

  /// Keeps the document in a file; nil where the file is none, and may be a picture.
  ///
  /// `takesFiles` says whether the server in use takes documents as they are: what else it could get is
  /// looked for now.
  func keep(fileAt path: String, takesFiles: Bool) throws(Failure) -> Kept? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let (head, byteCount) = ImagePipeline.head(of: path) else { return nil }
    switch DocumentFinding(head: head, name: name) {
    case .other: return nil
    case .misnamed:
      throw Failure(
        phrase: say("\(name) is not what its name says: no program wrote it so. Check the file."))
    case .foreignText:
      throw Failure(
        phrase: say(
          "\(name) is no UTF-8 text. Convert it: iconv -f GBK -t UTF-8 FILE, with its encoding."))
    case .document(let kind):
      let kept = try keep(path, name: name, kind, byteCount: byteCount)
      if !takesFiles { try checkText(of: kept.document) }
      return kept
    }
  }

  private func keep(
    _ path: String, name: String, _ kind: DocumentKind, byteCount: Int
  ) throws(Failure) -> Kept {
    let isText = if case .text = kind { true } else { false }
    let limit = isText ? Self.textLimit : Self.fileLimit
    guard byteCount <= limit else {
      throw Failure(
        phrase: say(
          "\(name) is larger than \(ByteCount(limit)), the most that a request takes. Attach a part of it."
        ))
    }
    let digest = try pipeline.keepWhole(fileAt: path, name: name)
    return try kept(digest, name: name, kind, byteCount: byteCount)
  }

  private func kept(
    _ digest: Digest, name: String, _ kind: DocumentKind, byteCount: Int
  ) throws(Failure) -> Kept {
    var document = MediaReference(
      source: .stored(digest), byteCount: ByteCount(byteCount), name: name,
      facts: .document(pages: nil))
    switch kind {
    case .office(let mediaType): document.mediaType = mediaType
    case .text(let mediaType):
      document.mediaType = mediaType
      let text = try plainText(of: document)
      document.facts = .document(pages: nil, textTokens: TokenEstimate.ofText(text).tokens)
    case .pdf:
      document.mediaType = DocumentForm.pdf
      return try inspected(document)
    }
    return Kept(document: document)
  }

  /// A PDF with the number of its pages and its text's tokens, where poppler is there.
  private func inspected(_ pdf: MediaReference) throws(Failure) -> Kept {
    guard let digest = pdf.digest else { return Kept(document: pdf) }
    let path = pipeline.blobs.path(of: digest)
    var kept = Kept(document: pdf)
    do throws(PDFPrograms.Fault) {
      let pages = try programs.pageCount(of: path)
      let text = Self.text(ofPages: try programs.pageTexts(of: path))
      let tokens = TokenEstimate.ofText(text).tokens ?? 0
      kept.document.facts = .document(pages: pages, textTokens: tokens)
      keepText(text, of: digest)
      if pages > Self.manyPages {
        kept.warnings.append(
          say("It has \(pages, .pages): qpdf IN --pages . 1-50 -- OUT.pdf takes a part out."))
      }
    } catch .missing {
      return kept
    } catch {
      throw Failure(phrase: error.phrase(of: pdf.name))
    }
    return kept
  }

  /// Each page under its number, so that the model can name it; empty where no page has text.
  private static func text(ofPages pages: [String]) -> String {
    guard pages.contains(where: { !$0.isEmpty }) else { return "" }
    return pages.enumerated().map { "[page \($0 + 1)]\n\($1)" }.joined(separator: "\n\n")
  }
}

// MARK: - For a request

extension DocumentPipeline {
  /// The parts of a request that a document becomes.
  func parts(
    for document: MediaReference, takesFiles: Bool
  ) throws(Failure) -> [RequestMessage.Part] {
    guard let digest = document.digest else { return [] }
    try verify(document, digest)
    if document.isPlainText { return [Self.part(try plainText(of: document), of: document)] }
    let path = pipeline.blobs.path(of: digest)
    if takesFiles {
      let file = PictureFile(
        path: path, mediaType: document.mediaType ?? "application/octet-stream",
        byteCount: document.byteCount?.bytes ?? 0)
      return [.document(file, name: document.name)]
    }
    try checkText(of: document)
    let text = try keptText(of: document, digest)
    return text.isEmpty ? try pages(of: document, digest) : [Self.part(text, of: document)]
  }

  /// The text under the document's name, between marks that models know.
  private static func part(_ text: String, of document: MediaReference) -> RequestMessage.Part {
    let name = document.name.filter { !"\"<>\n\r".contains($0) }
    return .text("<document name=\"\(name)\">\n\(text)\n</document>")
  }

  /// A picture of each page, behind its number.
  private func pages(
    of document: MediaReference, _ digest: Digest
  ) throws(Failure) -> [RequestMessage.Part] {
    if case .document(let pages?, _) = document.facts, pages > Self.drawnPages {
      throw Failure(
        phrase: say(
          "\(document.name) has no text, and its \(pages, .pages) are too many pictures: \(Self.drawnPages) go. Take a part out: qpdf IN --pages . 1-20 -- OUT.pdf"
        ))
    }
    let folder = cacheFolder + "/" + digest.rawValue
    do {
      try FileSystem.makePrivateFolder(cacheFolder)
      try FileSystem.makePrivateFolder(folder)
      let paths = try programs.drawPages(of: pipeline.blobs.path(of: digest), into: folder)
      return try paths.enumerated().flatMap { index, path -> [RequestMessage.Part] in
        let size = try FileSystem.status(of: path)?.byteCount ?? 0
        let file = PictureFile(path: path, mediaType: "image/jpeg", byteCount: size)
        return [.text("[\(document.name), page \(index + 1)]"), .picture(file, .auto)]
      }
    } catch let fault as PDFPrograms.Fault {
      throw Failure(phrase: fault.phrase(of: document.name))
    } catch {
      throw Failure(
        phrase: say("The pages of \(document.name) cannot be drawn: no space in \(cacheFolder)?"))
    }
  }

  /// Makes sure that a server that takes no files gets something of a document.
  private func checkText(of document: MediaReference) throws(Failure) {
    guard !document.isPlainText, case .document(_, let textTokens) = document.facts else { return }
    guard document.mediaType == DocumentForm.pdf else {
      throw Failure(
        phrase: say(
          "This server takes no files such as \(document.name). Save it as PDF or text: soffice --convert-to pdf FILE"
        ))
    }
    if textTokens == nil {
      throw Failure(phrase: PDFPrograms.Fault.missing.phrase(of: document.name))
    }
  }

  private func verify(_ document: MediaReference, _ digest: Digest) throws(Failure) {
    do throws(StoreError) {
      try pipeline.verified.verify(digest, in: pipeline.blobs)
    } catch .pictureDamaged {
      throw Failure(
        phrase: say(
          "The kept bytes of \(document.name) are missing or changed. Attach it again, or leave its message out with /forget."
        ))
    } catch {
      throw Failure(phrase: error.phrase)
    }
  }

  private func plainText(of document: MediaReference) throws(Failure) -> String {
    guard let digest = document.digest,
      let bytes = try? SmallFile.bytes(
        of: pipeline.blobs.path(of: digest), atMost: Self.textLimit),
      let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0)
    else {
      throw Failure(
        phrase: say(
          "\(document.name) is no UTF-8 text. Convert it: iconv -f GBK -t UTF-8 FILE, with its encoding."
        ))
    }
    return text
  }

  // MARK: - Texts that were taken out

  private var cacheFolder: String { pipeline.folders.cache + "/documents" }

  private func textPath(of digest: Digest) -> String { "\(cacheFolder)/\(digest.rawValue).txt" }

  /// Keeps a text for the next request; without room for it, it is made anew each time.
  private func keepText(_ text: String, of digest: Digest) {
    try? FileSystem.makePrivateFolder(cacheFolder)
    try? WholeFile.write(to: textPath(of: digest)) { sink throws(FileError) in
      try sink.write(Array(text.utf8))
    }
  }

  private func keptText(
    of document: MediaReference, _ digest: Digest
  ) throws(Failure) -> String {
    if let bytes = try? SmallFile.bytes(of: textPath(of: digest), atMost: 64 << 20) {
      return String(decoding: bytes, as: UTF8.self)
    }
    do throws(PDFPrograms.Fault) {
      let text = Self.text(ofPages: try programs.pageTexts(of: pipeline.blobs.path(of: digest)))
      keepText(text, of: digest)
      return text
    } catch {
      throw Failure(phrase: error.phrase(of: document.name))
    }
  }
}

extension PDFPrograms.Fault {
  /// What is wrong, and what helps.
  func phrase(of name: String) -> Phrase {
    switch self {
    case .missing:
      say(
        "This server takes no files, and the text of \(name) cannot be read without pdftotext. Install poppler-utils."
      )
    case .encrypted:
      say("\(name) asks for a password. Save it without one: qpdf --decrypt IN OUT.pdf")
    case .unreadable: say("\(name) is no PDF that can be read. Open it elsewhere and save it anew.")
    case .slow: say("\(name) takes too long to read. Save it anew, or attach a part of it.")
    }
  }
}
