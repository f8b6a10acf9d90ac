import Conversation
import ConversationStore
import Foundation
import Language
import Testing

/// The figures of requests whose reply is in no message.
@Suite struct RequestLedgerTests {
  private static func details(_ model: String, _ usage: TokenUsage?) -> ReplyDetails {
    var details = ReplyDetails(model: model, provider: "openai")
    details.usage = usage
    return details
  }

  @Test func `They count with those of messages, by month and model`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      let ledger = RequestLedger(folder: folder)
      let june = Timestamp(milliseconds: 1_718_452_800_000)
      let usage = TokenUsage(prompt: 10, completion: 2, cached: 4, reasoning: 1)
      try ledger.add(Self.details("gpt-4o", usage), as: MessageID(rawValue: 1), at: june)
      try ledger.add(
        Self.details("gpt-4o", nil), as: MessageID(rawValue: 2), at: june, pictures: 2)
      let sums = try await store.usage { _, usage in Double(usage.total.value) }
      #expect(
        sums == [
          UsageSum(
            month: "2024-06", provider: "openai", model: "gpt-4o", replies: 2, pictures: 2,
            uncounted: 1, usage: usage, dollars: 12)
        ])
      let text = try String(contentsOfFile: ledger.path, encoding: .utf8)
      #expect(!text.contains("secret"))
    }
  }

  @Test func `What makes no reply is told beside the replies of its model, kind by kind`()
    async throws
  {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      let ledger = RequestLedger(folder: folder)
      let june = Timestamp(milliseconds: 1_718_452_800_000)
      try ledger.add(Self.details("m", nil), as: MessageID(rawValue: 1), at: june)
      for count in [100, 20] {
        try ledger.add(
          .characters(count), provider: "openai", model: "m", usage: nil, dollars: 0.25, at: june)
      }
      try ledger.add(
        .vectors(3), provider: "openai", model: "e", usage: TokenUsage(prompt: 9, completion: 0),
        dollars: nil, at: june)
      try ledger.add(
        .seconds(90), provider: "openai", model: "h", usage: nil, dollars: nil, at: june)
      let sums = try await store.usage().sorted { ($0.model, $0.replies) < ($1.model, $1.replies) }
      #expect(sums.map(\.amount) == [.vectors(3), .seconds(90), nil, .characters(120)])
      #expect(sums.map(\.dollars) == [nil, nil, nil, 0.5])
      #expect(sums.map(\.replies) == [1, 1, 1, 2])
      #expect(sums[0].usage.prompt.value == 9)
    }
  }

  @Test func `A time that no calendar has costs nothing but its month`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      for (id, time) in [Int64.min, 1_718_452_800_000, .max].enumerated() {
        try RequestLedger(folder: folder).add(
          Self.details("a", nil), as: MessageID(rawValue: Int64(id)),
          at: Timestamp(milliseconds: time))
      }
      let months = try await store.usage().map { $0.month.prefix(4) }
      #expect(months.contains("2024"))
      #expect(months.count == 3)
    }
  }

  @Test func `A line that was cut short, or is none, hides no other`() throws {
    let folder = NSTemporaryDirectory() + "ledger-" + UUID().uuidString
    let ledger = RequestLedger(folder: folder)
    #expect(try ledger.entries() == [])
    let time = Timestamp(milliseconds: 5)
    try ledger.add(Self.details("a", nil), as: MessageID(rawValue: 1), at: time)
    let handle = try #require(FileHandle(forWritingAtPath: ledger.path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("\n[1]\n{\"id\":9,\"mod".utf8))
    try handle.close()
    try ledger.add(Self.details("b", nil), as: MessageID(rawValue: 2), at: time)
    #expect(try ledger.entries().map(\.model) == ["a", "b"])
  }

  @Test(arguments: [false, true])
  func `What is no file is refused at once, also where somebody reads it`(isRead: Bool) throws {
    let folder = NSTemporaryDirectory() + "ledger-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let ledger = RequestLedger(folder: folder)
    try #require(mkfifo(ledger.path, 0o600) == 0)
    let reader = isRead ? open(ledger.path, O_RDONLY | O_NONBLOCK) : -1
    defer { if isRead { close(reader) } }
    let error = #expect(throws: StoreError.self) {
      try ledger.add(
        Self.details("a", nil), as: MessageID(rawValue: 1), at: Timestamp(milliseconds: 5))
    }
    #expect(error?.phrase.text().contains("Not an ordinary file") == true)
  }

  @Test func `Lines that cannot be read are counted`() throws {
    let folder = NSTemporaryDirectory() + "ledger-" + UUID().uuidString
    let ledger = RequestLedger(folder: folder)
    #expect(try ledger.unreadableCount() == 0)
    try ledger.add(
      Self.details("a", nil), as: MessageID(rawValue: 1), at: Timestamp(milliseconds: 5))
    #expect(try ledger.unreadableCount() == 0)
    let handle = try #require(FileHandle(forWritingAtPath: ledger.path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("\n[1]\n{\"id\":9,\"mod".utf8))
    try handle.close()
    #expect(try ledger.unreadableCount() == 2)
  }
}
