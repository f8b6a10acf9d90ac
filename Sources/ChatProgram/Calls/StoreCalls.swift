import Configuration
import Conversation
import ConversationStore
import Files
import FoundationEssentials
import Language
import Pictures
import Vectors

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
      let damage = self.damageOfIndexes
      if asJSON {
        try self.print(CheckReport(check, damageOfIndexes: damage, self.installation.language))
      } else {
        for line in check.lines(with: damage) {
          StandardOutput.write(line.text(in: self.installation.language) + "\n")
        }
      }
      return check.isSound && damage == nil ? .done : .unusableInput
    }
  }

  /// What is wrong with the indexes of vectors beside the store; nil where nothing is.
  private var damageOfIndexes: Phrase? {
    do throws(VectorError) {
      try VectorIndex.check(path: installation.folders.data + "/vectors.sqlite")
      return nil
    } catch {
      return error.phrase
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

extension RequestLedger {
  /// What is told of lines that cannot be read.
  static func phrase(ofUnreadable count: Int, in path: String) -> Phrase {
    say(
      "Lines of \(path) that cannot be read: \(count). What they cost is missing from iris usage; remove them to be told no more."
    )
  }
}

extension StoreCheck {
  /// What was found, for people; `index` is what is wrong with the indexes of vectors.
  func lines(with index: Phrase?) -> [Phrase] {
    [
      say(
        "Stored: \(messages, .messages) in \(conversations, .conversations), \(pictures, .pictures)."
      )
    ] + damage + leftovers + damageBeside + [index].compactMap(\.self)
      + [conclusion(isSound: isSound && index == nil)]
  }

  private func conclusion(isSound: Bool) -> Phrase {
    if isSound { return say("Nothing is damaged.") }
    guard !isStoreSound else {
      return say("The conversations are sound; what is damaged beside them is said above.")
    }
    return say(
      "Something is damaged. Close every Iris and start one: it puts the store in order and says what it did."
    )
  }

  /// What is wrong with files beside the store.
  private var damageBeside: [Phrase] {
    var lines: [Phrase] = []
    if let copy, let copyDamage {
      lines.append(
        say(
          "The copy is damaged (\(copyDamage)). Remove \(copy): the next chat makes another."
        ))
    }
    if let requests {
      lines.append(RequestLedger.phrase(ofUnreadable: unreadableRequests, in: requests))
    }
    if let requestsFault { lines.append(requestsFault.phrase) }
    return lines
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
  let backupDamage: String?
  let unreadableRequests: Int
  let indexDamage: String?

  init(_ check: StoreCheck, damageOfIndexes: Phrase?, _ language: Language) {
    sound = check.isSound && damageOfIndexes == nil
    backupDamage = check.copyDamage
    unreadableRequests = check.unreadableRequests
    indexDamage = damageOfIndexes?.text(in: language)
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
