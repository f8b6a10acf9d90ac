import ChatCore
import Configuration
import Conversation
import ConversationStore
import Language

/// The conversation that a question is asked in: by itself, or one that is stored.
struct AskConversation: Sendable {
  private(set) var value: Conversation
  /// Nil where nothing is stored.
  private let store: ConversationStore?

  init(_ value: Conversation, in store: ConversationStore?) {
    self.value = value
    self.store = store
  }

  /// Adds a message; on the disk when this returns.
  mutating func add(_ role: Role, _ parts: [ContentPart]) async throws(AskFailure) {
    let moment = SystemClock.moment()
    let parts = parts.filter { $0 != .text("") }
    try await append(
      Message(
        id: moment.makeIdentifier(), parent: value.messages.leaf, role: role, parts: parts,
        created: moment.timestamp))
  }

  /// Adds what was printed of a reply; nothing where no text came.
  mutating func add(
    reply printer: ReplyPrinter, status: Message.Status, _ order: ReplyOrder
  ) async throws(AskFailure) {
    guard !printer.text.isEmpty else { return }
    var details = ReplyDetails(model: order.model, provider: order.provider)
    details.reasoning = printer.reasoning
    details.usage = printer.usage
    details.finishReason = printer.finishReason
    let moment = SystemClock.moment()
    try await append(
      Message(
        id: moment.makeIdentifier(), parent: value.messages.leaf, role: .assistant,
        parts: [.text(printer.text)], created: moment.timestamp, status: status, reply: details))
  }

  private mutating func append(_ message: Message) async throws(AskFailure) {
    value.messages.append(message)
    guard let store else { return }
    do {
      _ = try await store.append(message, to: value.id)
    } catch {
      throw AskFailure(error)
    }
  }
}

extension AskRun {
  /// The pictures of `--image`, read, kept and fitted.
  func pictures() async throws(AskFailure) -> [PictureReference] {
    var references: [PictureReference] = []
    for image in installation.invocation.images {
      references += try await picture(image)
    }
    return references
  }

  private func picture(_ image: String) async throws(AskFailure) -> [PictureReference] {
    let detail = installation.settings.detail
    do throws(PictureWorkshop.Failure) {
      if image == "-" {
        let name = "standard input"
        return [try workshop.keep(StandardInput.bytes(), name: name, detail: detail)]
      }
      var references: [PictureReference] = []
      for source in try sources(image) {
        if PictureFetcher.isURL(source), directory.fetchesURLs {
          references.append(try await fetcher.fetch(source, detail: detail))
          continue
        }
        let prepared = try workshop.prepare(
          .written(source), detail: detail, model: installation.settings.model,
          rules: directory.pictureRules(of: directory.defaultName))
        references.append(prepared.reference)
      }
      return references
    } catch {
      throw AskFailure(error.isMissing ? .missingInput : .unusableInput, error.phrase)
    }
  }

  private var fetcher: PictureFetcher {
    PictureFetcher(client: client, workshop: workshop, installation: installation)
  }

  private func sources(_ image: String) throws(PictureWorkshop.Failure) -> [String] {
    do {
      return try finder.sources(words: [image], whole: "")
    } catch {
      throw PictureWorkshop.Failure(phrase: error.phrase, isMissing: true)
    }
  }
}
