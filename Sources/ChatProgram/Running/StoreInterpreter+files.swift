import ChatCore
import Conversation
import ConversationStore
import Language

extension StoreInterpreter {
  func search(_ text: String, in store: ConversationStore) async throws(StoreError) {
    post(.store(.found(query: text, try await store.search(text))))
  }

  func usage(of id: ConversationID?, in store: ConversationStore) async throws(StoreError) {
    let sums = try await store.usage(of: id)
    let lines = sums.map {
      UsageLine(label: $0.month, model: $0.model, replies: $0.replies, usage: $0.usage)
    }
    post(.store(.usage(lines)))
  }

  func export(_ conversation: Conversation, to path: String, in store: ConversationStore) async {
    post(.store(.failed(say("Not yet."))))
  }

  func importFile(_ path: String, in store: ConversationStore) async {
    post(.store(.failed(say("Not yet."))))
  }
}
