import Configuration
import Conversation
import ConversationStore
import Files
import FoundationEssentials
import Language
import Pictures

/// The calls that look after the store itself: `check` and `salvage`.
package struct StoreCalls: Sendable {
  private let installation: Installation
  private let calls: LibraryCalls

  package init(_ installation: Installation) {
    self.installation = installation
    calls = LibraryCalls(installation)
  }

  /// `iris check`: reads the whole store and says what it found, a line each; done (0) where nothing
  /// is damaged, else unusable input (65).
  package func check(asJSON: Bool) -> ExitStatus {
    calls.status { store throws(AskFailure) in
      let check = try await self.calls.asking { () async throws(StoreError) in
        try await store.check(hash: Self.digest)
      }
      if asJSON {
        try self.print(CheckReport(check))
      } else {
        for line in check.lines {
          StandardOutput.write(line.text(in: self.installation.language) + "\n")
        }
      }
      return check.isSound ? .done : .unusableInput
    }
  }

  /// `iris salvage [FILE]`: saves once more what a damaged database holds; of all that lie beside the
  /// store where none is named.
  package func salvage(_ path: String?) -> ExitStatus {
    calls.status { store throws(AskFailure) in
      let files = try await self.calls.asking { () async throws(StoreError) in
        guard let path else { return try store.setAsideFiles() }
        return [SetAsideFile(path: self.installation.folders.expand(path))]
      }
      if files.isEmpty { self.tell(SalvageCall.nothing) }
      var status = ExitStatus.done
      for file in files where status == .done { status = try await self.salvage(file, into: store) }
      return status
    }
  }

  private func salvage(
    _ file: SetAsideFile, into store: ConversationStore
  ) async throws(AskFailure) -> ExitStatus {
    guard (try? FileSystem.status(of: file.path))??.isFile == true else {
      throw AskFailure(.missingInput, SalvageCall.noFile(file.path))
    }
    let environment = installation.environment
    let salvage = try await calls.asking { () async throws(StoreError) in
      try await store.salvage(from: file, environment: environment)
    }
    tell(SalvageCall.result(of: salvage, from: file.path))
    return salvage.lost == 0 ? .done : .unusableInput
  }

  private func tell(_ phrase: Phrase) { StandardError.say(phrase, in: installation.language) }

  private func print(_ report: CheckReport) throws(AskFailure) {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    guard let data = try? encoder.encode(report) else { return }
    StandardOutput.write(String(decoding: data, as: UTF8.self) + "\n")
  }

  /// The digest of a file's bytes, which are never all in memory.
  @Sendable private static func digest(of path: String) throws -> Digest {
    Digest(bytes: try SHA256.digest(ofFileAt: path))
  }
}

/// The sentences of `iris salvage`.
enum SalvageCall {
  static let nothing = say("No damaged store was set aside: there is nothing to save.")

  static func noFile(_ path: String) -> Phrase {
    say("There is no file \(path) to read. Without a name, iris salvage takes those set aside.")
  }

  static func result(of salvage: Salvage, from path: String) -> Phrase {
    say(
      "\(path): added \(salvage.messages, .messages) in \(salvage.conversations, .conversations); missing: \(salvage.lost)."
    )
  }
}

extension StoreCheck {
  /// What was found, for people.
  var lines: [Phrase] {
    [
      say(
        "Stored: \(messages, .messages) in \(conversations, .conversations), \(pictures, .pictures)."
      )
    ] + damage + leftovers
      + [
        isSound
          ? say("Nothing is damaged.")
          : say(
            "Something is damaged. Close every Iris and start one: it puts the store in order and says what it did."
          )
      ]
  }

  private var damage: [Phrase] {
    var lines = mistakes.map { say("Damaged: \($0)") }
    if !textIndexFits {
      lines.append(say("The search index differs from the messages. The next start makes it anew."))
    }
    if missingMessages > 0 {
      lines.append(say("Messages that others follow and that are missing: \(missingMessages)."))
    }
    if emptyMessages > 0 {
      lines.append(say("Messages whose words are lost: \(emptyMessages)."))
    }
    lines += damagedPictures.map { picture in
      picture.isMissing
        ? say("The picture \(picture.path) is missing.")
        : say("The picture \(picture.path) is not what it was.")
    }
    return lines
      + unfinished.map { say("Not saved whole yet: \($0). Save the rest with: iris salvage") }
  }

  private var leftovers: [Phrase] {
    var lines = setAside.map { say("A damaged store lies here: \($0)") }
    if strayPictures > 0, let lostStoreMark {
      lines.append(
        say(
          "Pictures that nothing uses: \(strayPictures), \(strayBytes, .bytes). They stay, for they may be of a store that was lost; remove \(lostStoreMark) to have them freed."
        ))
    } else if strayPictures > 0 {
      lines.append(
        setAside.isEmpty
          ? say(
            "Pictures that nothing uses: \(strayPictures), \(strayBytes, .bytes). Leaving frees them."
          )
          : say(
            "Pictures that nothing uses: \(strayPictures), \(strayBytes, .bytes). They stay while a damaged store lies here."
          ))
    }
    guard let copy, let copyMade else { return lines + [say("There is no copy of the store yet.")] }
    let date = Date(timeIntervalSince1970: Double(copyMade)).formatted(.iso8601)
    return lines + [say("The copy of the store: \(copy), of \(date)")]
  }
}

/// What a check found, as JSON; its names, in snake case, are part of the interface.
private struct CheckReport: Encodable {
  let sound: Bool
  let conversations: Int
  let messages: Int
  let pictures: Int
  let mistakes: [String]
  let textIndexFits: Bool
  let missingMessages: Int
  let emptyMessages: Int
  let missingPictures: [String]
  let damagedPictures: [String]
  let strayPictures: Int
  let strayBytes: Int
  let setAside: [String]
  let unfinished: [String]
  let backup: String?
  let backupMade: Int?

  init(_ check: StoreCheck) {
    sound = check.isSound
    conversations = check.conversations
    messages = check.messages
    pictures = check.pictures
    mistakes = check.mistakes
    textIndexFits = check.textIndexFits
    missingMessages = check.missingMessages
    emptyMessages = check.emptyMessages
    missingPictures = check.damagedPictures.filter(\.isMissing).map(\.path)
    damagedPictures = check.damagedPictures.filter { !$0.isMissing }.map(\.path)
    strayPictures = check.strayPictures
    strayBytes = check.strayBytes
    setAside = check.setAside
    unfinished = check.unfinished
    backup = check.copy
    backupMade = check.copyMade
  }
}
