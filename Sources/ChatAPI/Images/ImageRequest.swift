package import Conversation

/// What an Images API is asked for: pictures made of a prompt, or of other pictures.
package struct ImageRequest: Equatable, Sendable {
  /// A picture that goes with the request.
  package enum Picture: Equatable, Sendable {
    case file(PictureFile)
    /// One that the server fetches itself.
    case url(String)
  }

  package var model: String
  /// Empty only where a picture is varied.
  package var prompt: String
  package var pictures: [Picture] = []
  /// Says by its transparent pixels where the first picture is changed.
  package var mask: PictureFile?
  /// The picture that others like it are asked for.
  ///
  /// Where the server varies none the prompt is drawn, if there is one.
  package var varied: Picture?
  package var size = Drawing.Size.auto
  package var quality: String?
  package var style: String?
  package var background: String?
  /// The format of the file, like `png`.
  package var format: String?
  package var count = 1
  package var seed: Int64?
  /// How many unfinished pictures to send, 0 to 3; above 0 the answer comes as a stream of events.
  package var partialCount = 0
  /// Whether the answer is asked for in base64: the GPT Image models refuse to be asked, others send an
  /// address otherwise.
  package var asksForBase64 = false
  /// The model of pictures that a talking model draws with, by its tool `image_generation`; nil for a model
  /// that draws by itself.
  package var toolModel: String?
  /// The most bytes of one picture that are taken.
  package var byteLimit = 256 << 20

  /// The most pictures that are taken of the answer: some more than are asked for.
  package var pictureLimit: Int { max(1, count) + 4 }

  package init(model: String, prompt: String) {
    self.model = model
    self.prompt = prompt
  }
}

extension ImageRequest {
  /// The calls of the Images API, by their paths.
  package enum Call: String, Sendable {
    case generations = "/images/generations"
    case edits = "/images/edits"
    case variations = "/images/variations"
    /// OpenRouter's one call for all.
    case images = "/images"
    /// A talking model, which draws by a tool of the server's.
    case responses = "/responses"
    /// A talking model whose replies hold pictures, where the server has none of the others.
    case chat = "/chat/completions"
  }

  /// The call that this request is made by.
  package func call(_ calls: Dialect.ImageCalls) -> Call {
    if varied != nil { return .variations }
    if toolModel != nil { return .responses }
    if calls == .openRouter { return .images }
    return pictures.isEmpty ? .generations : .edits
  }
}
