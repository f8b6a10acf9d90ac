import ChatAPI
import ChatEngine
import Configuration
import Conversation
import ConversationStore
import FoundationEssentials
import Language
import Markdown
import ModelCatalog
import Screen

/// The calls about stored conversations, without the screen: `list`, `show`, `export`, `import`,
/// `usage`.
package struct LibraryCalls: Sendable {
  let installation: Installation
  private let directory: ServerDirectory
  private let storeHandle: StoreHandle
  let files: ConversationFiles
  private let toolLibrary: ToolLibrary

  package init(_ installation: Installation) {
    self.installation = installation
    directory = ServerDirectory(installation)
    storeHandle = StoreHandle(installation)
    let client = ChatClient(timing: .quiet)
    toolLibrary = ToolLibrary(installation, client: client)
    files = ConversationFiles(
      directory: directory, pipeline: ImagePipeline(installation), folders: installation.folders,
      learnedRules: { LearnedRules.load(from: installation.folders) },
      tools: ConversationTools(
        installation: installation, library: toolLibrary, directory: directory, client: client))
  }

  /// `iris list [--search TEXT] [--json]`: newest first.
  package func list(searching text: String?, asJSON: Bool = false) -> ExitStatus {
    run { store throws(AskFailure) in
      if let text {
        let hits = try await self.asking { () async throws(StoreError) in
          try await store.search(text)
        }
        if asJSON { return CallOutput.write(json: hits.map(FoundMessage.init)) }
        CallOutput.write(
          head: [say("title"), say("role"), say("line")], in: self.installation.language,
          hits.map { [$0.conversation.title, $0.role.rawValue, self.shown($0.line)] })
        return self.tellEmpty(hits.isEmpty, say("“\(text)” is in no conversation."))
      }
      let summaries = try await self.asking { () async throws(StoreError) in
        try await store.summaries()
      }
      if asJSON { return CallOutput.write(json: summaries.map(ListedConversation.init)) }
      CallOutput.write(
        head: [say("title"), say("updated"), say("messages"), say("pictures"), say("model")],
        in: self.installation.language,
        summaries.map { self.fields(of: $0) })
      self.tellEmpty(
        summaries.isEmpty, say("No conversations are stored yet. iris ask --save NAME stores one."))
    }
  }

  /// `iris show [NAME] [--json]`: the path in use as text; the last conversation without a name.
  package func show(_ name: String?, asJSON: Bool = false) -> ExitStatus {
    run { store throws(AskFailure) in
      let conversation = try await self.conversation(name, in: store)
      if name == nil { try await self.tellDraft(newerThan: conversation.id, in: store) }
      if asJSON { return CallOutput.write(json: ShownConversation(conversation)) }
      if let instructions = conversation.instructions { self.show("system", instructions) }
      for message in conversation.messages.path {
        for picture in message.pictures { self.show(message.role.rawValue, "▦ " + picture.name) }
        // A message of pictures alone has no text of its own.
        let text = message.plainText
        if !text.isEmpty || message.pictures.isEmpty { self.show(message.role.rawValue, text) }
      }
    }
  }

  /// `iris usage [--json]`: tokens and money by month and model.
  package func usage(asJSON: Bool = false) -> ExitStatus {
    run { store throws(AskFailure) in
      let catalog = self.installation.catalog
      let sums = try await self.asking { () async throws(StoreError) in
        try await store.usage(
          dollars: catalog.dollars, toolDollars: { $0.serverToolCost.dollars })
      }
      let unreadable = try await self.asking { () async throws(StoreError) in
        try store.ledger.unreadableCount()
      }
      if unreadable > 0 {
        StandardError.say(
          RequestLedger.phrase(ofUnreadable: unreadable, in: store.ledger.path),
          in: self.installation.language)
      }
      if asJSON { return CallOutput.write(json: sums.map(ListedUsage.init)) }
      let head = [
        say("month"), say("provider"), say("model"), say("replies"), say("in"), say("cached"),
        say("out"), say("cost"), say("pictures"), say("amount"),
      ]
      CallOutput.write(
        head: head, in: self.installation.language, hasHead: true,
        sums.map { sum in
          let sign = sum.usage.sign
          let money = sum.dollars.map {
            Money(dollars: $0).text(isEstimated: sum.usage.isEstimated)
          }
          return [
            sum.month, sum.provider, sum.model, "\(sum.replies)", "\(sign)\(sum.usage.prompt)",
            "\(sum.usage.cached)", "\(sign)\(sum.usage.completion)",
            money ?? say("unknown").text(in: self.installation.language), "\(sum.pictures)",
            sum.amount?.phrase.text(in: self.installation.language) ?? "",
          ]
        })
      self.tellEmpty(sums.isEmpty, say("Nothing was used yet."))
    }
  }

  // MARK: - Parts

  private func tellEmpty(_ isEmpty: Bool, _ phrase: Phrase) {
    CallOutput.tellEmpty(isEmpty, phrase, in: installation.language)
  }

  /// A line of a message: for people without the marks of Markdown.
  private func shown(_ line: String) -> String {
    StandardOutput.isTerminal ? PlainWords(of: line[...]).text : line
  }

  func run(
    _ body: @escaping @Sendable (ConversationStore) async throws(AskFailure) -> Void
  ) -> ExitStatus {
    status { store throws(AskFailure) in
      try await body(store)
      return .done
    }
  }

  /// Does `body` with the store; a call that found it damaged does what it can, says what was saved,
  /// and ends as one whose input cannot be used (65).
  ///
  /// An interruption ends one that `isCancellable` in its own way, any other at once.
  func status(
    isCancellable: Bool = false,
    of body: @escaping @Sendable (ConversationStore) async throws(AskFailure) -> ExitStatus
  ) -> ExitStatus {
    let work = { @Sendable () async -> ExitStatus in
      let status = await self.outcome(of: body)
      await self.toolLibrary.servers.close()
      await self.directory.close()
      return status
    }
    return (isCancellable ? Blocking.waitCancelling(work) : Blocking.wait(work)) ?? .cannotWrite
  }

  private func outcome(
    of body: @escaping @Sendable (ConversationStore) async throws(AskFailure) -> ExitStatus
  ) async -> ExitStatus {
    do throws(AskFailure) {
      let store = try await self.asking { () async throws(StoreError) in
        try await self.storeHandle.open()
      }
      if let news = await self.storeHandle.takeNews() {
        StandardError.say(news, in: self.installation.language)
      }
      let status = try await body(store)
      let wasDamaged = await self.storeHandle.wasDamaged
      try await self.asking { () async throws(StoreError) in try await self.storeHandle.close() }
      return status == .done && wasDamaged ? .unusableInput : status
    } catch {
      StandardError.say(error.phrase, in: self.installation.language)
      return error.status
    }
  }

  func asking<Value: Sendable>(
    _ body: @Sendable () async throws(StoreError) -> Value
  ) async throws(AskFailure) -> Value {
    do {
      return try await body()
    } catch {
      throw AskFailure(error)
    }
  }

  func conversation(
    _ name: String?, in store: ConversationStore
  ) async throws(AskFailure) -> Conversation {
    try await asking { () async throws(StoreError) in
      guard let name else { return try await store.load(try await store.last()) }
      return try await store.load(try await store.identifier(named: name))
    }
  }

  private func tellDraft(
    newerThan id: ConversationID, in store: ConversationStore
  ) async throws(AskFailure) {
    let draft = try await asking { () async throws(StoreError) in
      try await store.draft(newerThan: id)
    }
    if let draft { StandardError.say(draft.newerDraft, in: installation.language) }
  }

  private func fields(of summary: ConversationSummary) -> [String] {
    [
      summary.title, CallOutput.field(summary.updated),
      inWords("\(summary.messageCount, .messages)"),
      inWords("\(summary.pictureCount, .pictures)"), summary.model ?? "",
    ]
  }

  private func inWords(_ phrase: Phrase) -> String { phrase.text(in: installation.language) }

  private func show(_ role: String, _ text: String) {
    StandardOutput.write("\(role)\t\(text)\n")
  }
}

extension FoundMessage {
  fileprivate init(_ hit: SearchHit) {
    self.init(title: hit.conversation.title, role: hit.role.rawValue, line: hit.line)
  }
}
