/// Simplified Chinese: English key to translation, in the order of the key's arguments.
enum ChineseCatalogue {
  static let entries: [String: String] = rooms.reduce(into: [:]) { entries, room in
    entries.merge(room) { first, _ in first }
  }

  private static let rooms = [
    store, wire, commands, conversation, session, pictures, program, view, configuration, usage,
    servers, salvage, ask, tools, sound, drawing, documents, serverFiles, arguments, help,
    tables,
  ]
}
