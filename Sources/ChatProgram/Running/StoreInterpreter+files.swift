import ChatCore
import Conversation
import ConversationStore
import Language
import ModelCatalog

extension StoreInterpreter {
  func search(_ text: String, in store: ConversationStore) async throws(StoreError) {
    post(.store(.found(query: text, try await store.search(text))))
  }

  func usage(in store: ConversationStore) async throws(StoreError) {
    let sums = try await store.usage(dollars: catalog.dollars)
    let lines = sums.map { sum in
      UsageLine(
        label: sum.month, model: sum.model, replies: sum.replies, usage: sum.usage,
        cost: sum.dollars.map(Money.init(dollars:)))
    }
    post(.store(.usage(lines)))
  }

  func export(_ conversation: Conversation, to path: String) async {
    do {
      post(.store(.done(try await files.export(conversation, to: path))))
    } catch {
      post(.store(.failed(error.phrase, of: .export(conversation, path: path))))
    }
  }

  /// Opens the conversation of a file; of several the newest, and says how many there are.
  func importFile(_ path: String, in store: ConversationStore) async {
    do {
      let (adoption, leftOut) = try await files.read(path, into: store)
      guard let newest = adoption.newest else { return }
      try await open(newest, in: store)
      post(.store(.done(Self.told(adoption.count, leftOut: leftOut))))
    } catch {
      post(.store(.failed(error.phrase, of: .importFile(path: path))))
    }
  }

  private func open(
    _ id: ConversationID, in store: ConversationStore
  ) async throws(ConversationFiles.Failure) {
    do {
      post(.store(.loaded(try await store.load(id), at: nil)))
    } catch {
      throw ConversationFiles.Failure(status: .cannotWrite, phrase: error.phrase)
    }
  }

  static func told(_ count: Int, leftOut: Int) -> Phrase {
    let phrase =
      count == 1
      ? say("1 conversation was read.") : say("\(count) conversations were read. /list shows them.")
    return leftOut == 0
      ? phrase : say("\(phrase) Parts left out (tools, sounds, files): \(leftOut).")
  }
}

extension ModelCatalog {
  /// What one reply cost in US dollars; nil where the model's price is unknown.
  func dollars(_ model: String, _ usage: TokenUsage) -> Double? {
    self.model(named: model).cost(of: usage)?.dollars
  }
}
