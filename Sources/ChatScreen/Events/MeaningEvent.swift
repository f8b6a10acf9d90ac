package import Conversation
package import Language

/// A search of all conversations by meaning, beside the loop; a new one takes the place of the one before.
package enum MeaningEffect: Equatable, Sendable {
  /// Searches for what a text means; answered by `found`, `asked` or `failed`.
  ///
  /// Messages without vectors are made some first: where `isAllowed` is false and that costs more than
  /// next to nothing, it is asked about.
  case search(String, isAllowed: Bool)
  case stop
}

/// The answer to a ``MeaningEffect``.
package enum MeaningEvent: Equatable, Sendable {
  /// Vectors are to be made for a price.
  case asked(query: String, Phrase)
  /// Vectors are being made, for a price that is told.
  case begun(query: String, Phrase)
  /// So many of the messages have vectors by now.
  case progress(query: String, done: Int, of: Int)
  case found(query: String, [SearchHit])
  case failed(query: String, Phrase)
}
