import ChatAPI
import ChatEngine
import ChatScreen
import Configuration
import Conversation
import ConversationStore
import Language

extension ScreenEffectRunner {
  /// Asks a server about its files, or changes them; what was stopped tells nothing.
  func run(_ effect: ServerFileEffect) async {
    do {
      guard let (phrase, kind) = try await answer(to: effect), !Task.isCancelled else { return }
      post(.program(.serverAnswered(effect, phrase, kind)))
    } catch {
      guard !Task.isCancelled else { return }
      let phrase = phrase(of: error)
      guard effect != .pruneAll else { return tell(phrase, .error) }
      post(.program(.serverAnswered(effect, phrase, .error)))
    }
  }

  /// Does what is asked for; nil where the answer is told otherwise.
  private func answer(to effect: ServerFileEffect) async throws -> (Phrase, Notice.Kind)? {
    switch effect {
    case .list(let provider): try await listFiles(of: provider)
    case .findLibraries(let names, let provider): await findLibraries(names, on: provider)
    case .remove(let name, let provider):
      return (try await removeFile(name, of: provider), .information)
    case .prune(let provider):
      let names = try await prune(try await server(provider))
      let phrase =
        names.isEmpty
        ? say("Nothing that Iris put there is without a conversation.")
        : say("Removed from the server: \(names.joined(separator: ", ")).")
      return (phrase, .information)
    case .pruneAll: try await pruneAll()
    case .stop: break
    }
    return nil
  }

  private func phrase(of error: any Error) -> Phrase {
    switch error {
    case let error as ChatAPIError where error.isMissingCall:
      say("\(error.server) keeps no files: pictures and documents go inside the request there.")
    case let error as ServerFileList.Fault: error.phrase(onScreen: true)
    case let error as StoreError: error.phrase
    default: ReplyFailure(error).phrase
    }
  }

  /// The largest request that goes to a server only to be counted, in bytes.
  private static let countLimit = 16 << 20

  /// Has the server count a request's tokens.
  func count(_ request: ReplyRequest) async {
    do {
      let provider = try await directory.provider(
        named: request.provider, model: request.model)
      let body = try await runner.modelRequest(
        for: request, at: provider, isUploading: true, isAsked: false)
      guard Responses(provider.dialect).encode(body).body.byteCount <= Self.countLimit,
        let count = try await runner.client.countTokens(of: body, at: provider)
      else { return }
      post(.program(.tokensCounted(count)))
    } catch {
      post(.program(.countFailed(ReplyFailure(error).phrase)))
    }
  }

  private var uploads: Uploads { runner.services.uploads }

  private func tell(_ phrase: Phrase, _ kind: Notice.Kind = .information) {
    post(.program(.remarked(phrase, kind)))
  }

  private func server(_ name: String) async throws -> Provider {
    try await directory.provider(named: name)
  }

  private func listFiles(of name: String) async throws {
    let provider = try await server(name)
    let listed = try await runner.client.files(at: provider)
    uploads.recover(among: listed, on: provider)
    var list = ServerFileList(listed)
    let records = records.all
    if !records.isEmpty { list.note(try await titles(of: records), records, at: provider) }
    let now = SystemClock.timestamp().milliseconds / 1000
    let files = list.entries.map { entry in
      KeptFile(
        name: entry.name, byteCount: entry.file.byteCount.map { ByteCount($0) },
        hoursLeft: entry.file.expires.map { Int(max(0, $0 - now) / 3600) },
        conversations: entry.conversations)
    }
    if !Task.isCancelled { post(.program(.filesListed(files, of: name))) }
  }

  private func removeFile(_ name: String, of provider: String) async throws -> Phrase {
    let server = try await server(provider)
    let list = ServerFileList(try await runner.client.files(at: server))
    let entry = try list.entry(named: name, at: server.name)
    try await runner.client.removeFile(entry.file.id, at: server)
    uploads.forget([entry.file.id], on: server)
    return say("\(name) is removed from \(server.name).")
  }

  /// Looks which libraries a server has, by their names; one is found by its identifier too.
  private func findLibraries(_ names: [String], on name: String) async {
    do {
      let provider = try await server(name)
      let known = try await runner.client.vectorStores(at: provider)
      var missing: String?
      for asked in names where missing == nil {
        do throws(LibraryFault) {
          _ = try known.library(named: asked, at: provider)
        } catch {
          guard case .missing = error else { throw error }
          missing = asked
        }
      }
      post(
        .program(
          .librariesListed(
            LibraryList(asked: names, missing: missing, names: known.map(\.name)))))
    } catch  where Task.isCancelled {
      // Nobody waits for it any more.
    } catch let error as ChatAPIError where error.isMissingCall {
      post(.program(.librariesUnknown(VectorStoreCalls.noLibraries(error.server))))
    } catch {
      post(.program(.librariesUnknown(ReplyFailure(error).phrase)))
    }
  }

  /// Removes what nothing names from a server; their names.
  private func prune(_ provider: Provider) async throws -> [String] {
    try await uploads.recover(on: provider)
    let records = records
    guard records.all.contains(where: { $0.lies(on: provider) }) else { return [] }
    let titles = try await titles(of: records.all)
    var names: [String] = []
    try await uploads.remove(
      records, from: provider, unless: { titles[$0] != nil }, telling: { names.append($0) })
    return names
  }

  /// What Iris put on servers; damage is told.
  private var records: UploadRecords {
    let records = UploadRecords(in: installation.folders)
    if let news = records.news { tell(news, .warning) }
    return records
  }

  /// The same of every server that Iris put something on.
  private func pruneAll() async throws {
    let records = records.all
    guard !records.isEmpty else { return }
    for name in directory.providers.map(\.name) + [ServerDirectory.demoName] {
      let known = try await directory.lockedProvider(named: name, model: nil)
      guard records.contains(where: { $0.lies(on: known) }) else { continue }
      _ = try await prune(try await server(name))
    }
  }

  private func titles(of records: [UploadRecord]) async throws -> [Digest: [String]] {
    try await runner.services.storeHandle.open().titles(using: Set(records.map(\.original)))
  }
}
