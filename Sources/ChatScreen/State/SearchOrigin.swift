/// Where a search for pictures comes from, which says what its failure gives back.
enum SearchOrigin: Equatable, Sendable {
  case command
  /// A paste of sources alone, which is text if they are none.
  case pasted(String)
  /// A pasted path that stands in the text already, and is taken out if it is a folder's.
  case inserted(String)
  /// A line that began with sources, and what followed them.
  case typed(String, rest: String, areNamed: Bool)
}
