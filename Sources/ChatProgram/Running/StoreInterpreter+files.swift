import ChatEngine
import Conversation
import ConversationStore
import Language
import ModelCatalog

extension StoreInterpreter {
  func search(_ text: String, in store: ConversationStore) async throws(StoreError) {
    post(.store(.found(query: text, try await store.search(text))))
  }

  func usage(in store: ConversationStore) async throws(StoreError) {
    let sums = try await store.usage(
      dollars: catalog.dollars, toolDollars: { $0.serverToolCost.dollars })
    let lines = sums.map { sum in
      UsageLine(
        label: sum.month, model: sum.model, replies: sum.replies, pictures: sum.pictures,
        usage: sum.usage, cost: sum.dollars.map(Money.init(dollars:)), amount: sum.amount)
    }
    post(.store(.usage(lines)))
  }

  func export(_ conversation: Conversation, to path: String, isReplacing: Bool) async {
    do throws(ConversationFiles.Failure) {
      post(
        .store(
          .done(try await files.export(conversation, to: path, isReplacing: isReplacing))))
    } catch {
      guard let existing = error.existingPath, !isReplacing else {
        let effect = StoreEffect.export(conversation, path: path, isReplacing: isReplacing)
        return post(.store(.failed(error.phrase, of: effect)))
      }
      post(.store(.exists(path: existing, conversation)))
    }
  }

  /// Opens the conversation of a file; of several the newest, and says how many there are.
  func importFile(_ path: String, in store: ConversationStore) async {
    do {
      let imported = try await files.read(path, into: store) { count in
        post(.store(.importing(count: count)))
      }
      guard let newest = imported.result.newest else { return }
      post(.store(.imported(try await open(newest, in: store), Self.told(imported))))
    } catch {
      post(.store(.failed(error.phrase, of: .importFile(path: path))))
    }
  }

  private func open(
    _ id: ConversationID, in store: ConversationStore
  ) async throws(ConversationFiles.Failure) -> Conversation {
    do {
      return try await store.load(id)
    } catch {
      throw ConversationFiles.Failure(status: .cannotWrite, phrase: error.phrase)
    }
  }

  /// How many conversations came, and what of them did not, by kind.
  static func told(_ imported: ConversationFiles.Imported) -> Phrase {
    let count = imported.result.count
    var phrase = say("Read: \(count, .conversations).")
    if count > 1 { phrase = say("\(phrase) /list shows them.") }
    let result = imported.result
    if result.knownCount > 0 {
      phrase = say("\(phrase) There already: \(result.knownCount).")
    }
    if result.grownCount > 0 { phrase = say("\(phrase) Gone on since: \(result.grownCount).") }
    return adding(imported.loss, to: phrase)
  }

  /// A sentence, and what could not be kept behind it.
  static func adding(_ loss: ImportLoss, to phrase: Phrase) -> Phrase {
    let losses = ImportLoss.Kind.allCases.compactMap { kind -> Phrase? in
      let count = loss[kind]
      return count == 0 ? nil : say("\(kind.phrase) \(count)")
    }
    guard var list = losses.first else { return phrase }
    for loss in losses.dropFirst() { list = say("\(list), \(loss)") }
    let whole = say("\(phrase) Left out: \(list).")
    guard let path = loss.outsidePaths.first else { return whole }
    return say("\(whole) iris import FILE --allow-path \(path) reads such a picture.")
  }
}

extension ImportLoss.Kind {
  fileprivate var phrase: Phrase {
    switch self {
    case .sound: say("sounds")
    case .file: say("files")
    case .brokenPicture: say("pictures that cannot be read")
    case .missingPicture: say("pictures that are missing")
    case .outsidePicture: say("pictures outside the folder")
    case .address: say("pictures at addresses that are neither http nor https")
    case .circle: say("messages that follow themselves")
    case .tools: say("switched-on tools (/tools, /web and /python switch them on)")
    case .other: say("parts of other kinds")
    }
  }
}

extension ModelCatalog {
  /// What one reply cost in US dollars; nil where the model's price is unknown.
  func dollars(_ model: String, _ usage: TokenUsage) -> Double? {
    self.model(named: model).cost(of: usage)?.dollars
  }
}
