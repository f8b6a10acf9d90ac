import Conversation
import ConversationStore
import Foundation
import SeededNumbers
import Testing

/// What any damaged page or byte may cost: its own rows, and nothing where there is a copy.
///
/// `IRIS_DAMAGE=all` tries every byte of the schema's pages and 200 others, which takes minutes; else it
/// is every 193rd and 24 others.
@Suite struct DamageLawTests {
  static let isWhole = ProcessInfo.processInfo.environment["IRIS_DAMAGE"] == "all"
  private static let pageSize = 4096

  /// A store, its bytes, and the path of its copy.
  private struct Sound {
    var whole: [Conversation]
    var bytes: [UInt8]
    var copy: String

    init(in folder: String) async throws {
      whole = try await SalvageTests.makeStore(in: folder)
      bytes = try SalvageTests.bytes(of: folder)
      let store = try openStore(folder)
      try #require(try store.backup.makeIfDue() == .made)
      try await store.close()
      copy = databasePath(folder) + "-backup"
    }

    /// The messages that are missing from an outcome, or not what they were.
    func lost(in outcome: SalvageTests.Outcome) -> Set<MessageID> {
      let found = Set(outcome.messages)
      return Set(whole.flatMap(\.messages.all).filter { !found.contains($0) }.map(\.id))
    }

    /// What is lost where a whole page is zeros, by the page's index.
    func losses(in folder: String) async throws -> [Set<MessageID>] {
      var losses: [Set<MessageID>] = []
      for page in 0..<(bytes.count / pageSize) {
        var damaged = bytes
        damaged.replaceSubrange(
          page * pageSize..<(page + 1) * pageSize, with: repeatElement(0, count: pageSize))
        losses.append(lost(in: try await SalvageTests.open(damaged, in: folder + "/damaged")))
        let copied = try await SalvageTests.open(damaged, in: folder + "/copied", copy: copy)
        if copied.isTold { #expect(copied.conversations == whole, "page \(page + 1)") }
      }
      return losses
    }
  }

  @Test func `A damaged byte costs at most the rows of its page, and none where there is a copy`()
    async throws
  {
    try await withStoreFolder { folder in
      let sound = try await Sound(in: folder)
      let losses = try await sound.losses(in: folder)
      // A page of texts holds 40 of these at most, a page of long text belongs to one. What is known
      // of the messages beside their words stands on one page, for all of them.
      #expect(losses.count { $0.count > 40 } <= 1)
      #expect(losses[0].isEmpty)
      var random = SeededGenerator(seed: 7)
      let step = Self.isWhole ? 1 : 193
      let schema = [0..<Self.pageSize] + SalvageTests.schemaPages(in: sound.bytes)
      let first = schema.flatMap { stride(from: $0.lowerBound, to: $0.upperBound, by: step) }
      let others = (0..<(Self.isWhole ? 200 : 24)).map { _ in
        Int.random(in: Self.pageSize..<sound.bytes.count, using: &random)
      }
      var told = 0
      for place in first + others {
        var damaged = sound.bytes
        damaged[place] ^= UInt8.random(in: 1...255, using: &random)
        let outcome = try await SalvageTests.open(damaged, in: folder + "/damaged")
        let lost = sound.lost(in: outcome)
        #expect(lost.isSubset(of: losses[place / Self.pageSize]), "byte \(place): \(lost)")
        if Self.isWhole, place % 256 == 0 { print("\(place) tried, \(told) told") }
        guard case .setAside(let path) = outcome.opening else { continue }
        told += 1
        let kept = try Data(contentsOf: URL(filePath: path))
        #expect(Self.isSame(kept, Data(damaged)), "byte \(place)")
        let copied = try await SalvageTests.open(
          damaged, in: folder + "/copied", copy: sound.copy)
        #expect(copied.conversations == sound.whole, "byte \(place)")
      }
      #expect(told > 10)
      if Self.isWhole { print("\(told) damaged bytes told") }
    }
  }

  /// The counters of changes that SQLite moves on when a file is opened for writing (SQLite file
  /// format §1.3.7, §1.3.12).
  private static let counters = [24..<28, 92..<100]

  /// Whether two files hold the same but for their counters.
  private static func isSame(_ left: Data, _ right: Data) -> Bool {
    guard left.count == right.count, left.count > 100 else { return left == right }
    let bounds = [0] + counters.flatMap { [$0.lowerBound, $0.upperBound] } + [left.count]
    return stride(from: 0, to: bounds.count, by: 2).allSatisfy {
      left[bounds[$0]..<bounds[$0 + 1]] == right[bounds[$0]..<bounds[$0 + 1]]
    }
  }
}
