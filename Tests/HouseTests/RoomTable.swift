/// Which modules each room may import: the table of `docs/ARCHITECTURE.md`, as data.
///
/// A room that is not here may not exist. What is not listed for a room is what it must not know:
/// the pure rooms have no way to the file system, to a clock or to C.
enum RoomTable {
  static let imports: [String: Set<String>] = [
    // C closets import no room.
    "CTerminal": [], "CCurl": [], "CCodecs": [], "CChafa": [], "CMarkdown": [],

    // Pure rooms.
    "Language": [],
    "Conversation": ["Language", "FoundationEssentials"],
    "ModelCatalog": ["Language", "Conversation", "FoundationEssentials"],
    "Screen": [],
    "Markdown": ["CMarkdown"],
    "ChatCore": ["Language", "Conversation", "ModelCatalog", "Screen"],
    "ChatView": ["Language", "Conversation", "ModelCatalog", "Screen", "Markdown", "ChatCore"],

    // Rooms that touch the world.
    "Files": system,
    "Pictures": system.union(
      ["Language", "Conversation", "ModelCatalog", "Files", "CCodecs", "CChafa"]),
    "ChatAPI": system.union(["Language", "Conversation", "ModelCatalog", "CCurl"]),
    "ConversationStore": system.union(["Language", "Conversation", "Files", "GRDB"]),
    "Interchange": system.union(["Language", "Conversation", "Files", "Markdown"]),
    "Configuration": system.union(["Language", "Conversation", "Files", "Yams"]),
    "Terminal": system.union(["Screen", "CTerminal"]),
    "DemoServer": system.union(
      ["Language", "Conversation", "ModelCatalog", "FlyingFox", "FlyingSocks"]),

    // The rooms that know all others.
    "ChatProgram": system.union([
      "Language", "Conversation", "ModelCatalog", "Screen", "Markdown", "ChatCore", "ChatView",
      "Files", "Pictures", "ChatAPI", "ConversationStore", "Interchange", "Configuration",
      "Terminal", "DemoServer",
    ]),
    "iris": [
      "Language", "Conversation", "Configuration", "ChatProgram", "ArgumentParser",
      "FoundationEssentials",
    ],
  ]

  /// What comes with Swift and touches the world.
  private static let system: Set = [
    "FoundationEssentials", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin",
  ]
}
