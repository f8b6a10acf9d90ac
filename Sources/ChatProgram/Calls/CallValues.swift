import Conversation
import ConversationStore
import FoundationEssentials
import ModelCatalog

// The shapes of `--json`; they are documented in docs/USAGE.md, and a name is never changed.

/// A conversation of `iris list --json`.
struct ListedConversation: Encodable {
  var name: String?
  var title: String
  var updated: Date
  var messages: Int
  var pictures: Int
  var model: String?

  init(_ summary: ConversationSummary) {
    name = summary.name
    title = summary.title
    updated = Date(timeIntervalSince1970: Double(summary.updated.milliseconds) / 1000)
    messages = summary.messageCount
    pictures = summary.pictureCount
    model = summary.model
  }
}

/// A message that `iris list --search TEXT --json` found.
struct FoundMessage: Encodable {
  var title: String
  var role: String
  var line: String
}

/// The conversation of `iris show --json`: the path in use.
struct ShownConversation: Encodable {
  /// One message of it.
  struct Message: Encodable {
    var role: String
    var text: String
    var pictures: [String]
    var created: Date
    var model: String?
    var status: String
  }

  var name: String?
  var model: String?
  var provider: String?
  var system: String?
  var messages: [Message]

  init(_ conversation: Conversation) {
    name = conversation.name?.text
    model = conversation.model
    provider = conversation.provider
    system = conversation.instructions
    messages = conversation.messages.path.map { message in
      Message(
        role: message.role.rawValue, text: message.text, pictures: message.pictures.map(\.name),
        created: Date(timeIntervalSince1970: Double(message.created.milliseconds) / 1000),
        model: message.reply?.model, status: message.status.rawValue)
    }
  }
}

/// A month and model of `iris usage --json`; the cost in US dollars, left out where it is not known.
struct ListedUsage: Encodable {
  var month: String
  var provider: String
  var model: String
  var replies: Int
  var pictures: Int
  var prompt: Int
  var cached: Int
  var completion: Int
  var dollars: Double?
  /// Whether any of the figures is an estimate.
  var estimated: Bool
  /// What a server did that makes no reply: one of these, or none.
  var characters: Int?
  var seconds: Double?
  var vectors: Int?

  private enum CodingKeys: String, CodingKey {
    case month, provider, model, replies, pictures, dollars, estimated, characters, seconds, vectors
    case prompt = "prompt_tokens"
    case cached = "cached_tokens"
    case completion = "completion_tokens"
  }

  init(_ sum: UsageSum) {
    month = sum.month
    provider = sum.provider
    model = sum.model
    replies = sum.replies
    pictures = sum.pictures
    prompt = sum.usage.prompt.value
    cached = sum.usage.cached.value
    completion = sum.usage.completion.value
    dollars = sum.dollars
    estimated = sum.usage.isEstimated
    switch sum.amount {
    case .characters(let count): characters = count
    case .seconds(let length): seconds = length
    case .vectors(let count): vectors = count
    case nil: break
    }
  }
}

/// A model of `iris models --json`; what Iris does not know of it is left out.
///
/// Prices are US dollars for a million tokens.
struct PrintedModel: Encodable {
  var id: String
  var contextWindow: Int?
  var inputPrice: Double?
  var outputPrice: Double?
  var pictures: Bool?

  private enum CodingKeys: String, CodingKey {
    case id, pictures
    case contextWindow = "context_window"
    case inputPrice = "input_price"
    case outputPrice = "output_price"
  }

  init(_ model: Model, id: String) {
    self.id = id
    contextWindow = model.contextWindow
    inputPrice = model.price?.input
    outputPrice = model.price?.output
    pictures = model.hasVision
  }
}
