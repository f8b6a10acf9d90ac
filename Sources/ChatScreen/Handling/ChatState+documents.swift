import ChatEngine
import Conversation
import Language
import ModelCatalog

// Documents that wait for the next message.
extension ChatState {
  /// What is told of a document: “report.pdf: 12 pages, 1.2 MB, as a file, ≈8.1k tok, $0.02”.
  func describe(_ document: MediaReference) -> Phrase {
    let form = engine.target.form(of: document).phrase
    let tokens = engine.target.tokens(of: document)
    let cost =
      engine.target.cost(ofSound: document).map { .verbatim("\(tokens.text), \($0.description)") }
      ?? cost(tokens)
    return say("\(document.name): \(document.documentFigures), \(form), \(cost).")
  }

  /// Tells what was attached, among it a document at least.
  mutating func tellDocuments(_ batch: PictureBatch) {
    guard let document = batch.latestDocument else { return }
    let phrase =
      batch.count == 1
      ? describe(document)
      : say("\(batch.count, .files) are attached. /attachments lists them.")
    notice =
      batch.warnings.isEmpty
      ? Notice(.information, phrase)
      : Notice(.warning, batch.warnings.reduce(phrase) { say("\($0) \($1)") })
  }

  /// Takes back the waiting document of that name, or the last where no picture waits and none is named;
  /// nil where a picture is meant.
  mutating func detachDocument(_ argument: String) -> [ChatEffect]? {
    let documents = pictures.documents
    let index =
      argument.isEmpty && pictures.waiting.isEmpty
      ? documents.indices.last : documents.lastIndex { $0.name == argument }
    guard let index else { return nil }
    return send(.attachments(.detachDocument(index)))
      + tell(say("\(documents[index].name) is taken back."))
  }
}
