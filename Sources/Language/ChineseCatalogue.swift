/// Simplified Chinese: English key to translation, in the order of the key's arguments.
enum ChineseCatalogue {
  static let entries: [String: String] = store
}
