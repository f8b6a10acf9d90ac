import ChatAPI
import ChatEngine
import Configuration
import Conversation
import Files
import FoundationEssentials
import Language
import ModelCatalog
import Pictures

/// `iris tokens`: how many tokens a text and pictures are as one message.
///
/// The server counts where it can; else the number is an estimate by the model's rules, behind `≈`.
/// Nothing is stored.
package struct TokensCall: Sendable {
  /// The most bytes of a picture or a text.
  private static let byteLimit = 256 << 20

  private let installation: Installation
  private let directory: ServerDirectory
  private let words: [String]

  /// `words` are a text, or the name of a file that holds one.
  package init(_ installation: Installation, words: [String]) {
    self.installation = installation
    self.words = words
    directory = ServerDirectory(installation)
  }

  /// Prints the number; blocks.
  package func run() -> ExitStatus {
    Blocking.wait { () -> ExitStatus in
      let status: ExitStatus
      do throws(AskFailure) {
        let text = try text()
        let pictures = try installation.invocation.images.map(picture)
        guard text != nil || !pictures.isEmpty else {
          throw AskFailure(
            .usage, say("There is nothing to count: give a text, a file, or a picture with -i."))
        }
        await count(text, pictures)
        status = .done
      } catch {
        tell(error.phrase)
        status = error.status
      }
      await directory.close()
      return status
    } ?? .unavailable
  }

  private func tell(_ phrase: Phrase) { StandardError.say(phrase, in: installation.language) }
}

// MARK: - What is counted

extension TokensCall {
  /// A picture as it is counted; its size is nil where only the server can see it.
  private struct Picture {
    var part: RequestMessage.Part
    var size: PixelSize?
  }

  /// The words, or what the file holds that they name, or what is piped in.
  private func text() throws(AskFailure) -> String? {
    if words.count == 1, let path = words.first.map(installation.folders.expand),
      (try? FileSystem.status(of: path))??.isFile == true
    {
      let bytes = try bytes(of: path)
      guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
        throw AskFailure(
          .unusableInput, say("\(path) is no UTF-8 text. Name a text, or a picture with -i."))
      }
      return text
    }
    let text = words.joined(separator: " ")
    return try StandardInput(tell: tell).question(text.isEmpty ? nil : text, imageIsRead: false)
  }

  private func picture(_ source: String) throws(AskFailure) -> Picture {
    let detail = installation.settings.detail
    let lower = source.prefix(8).lowercased()
    guard !lower.hasPrefix("http://"), !lower.hasPrefix("https://") else {
      return Picture(part: .pictureURL(source, detail))
    }
    let path = installation.folders.expand(source)
    let bytes = try bytes(of: path)
    do throws(ImagePipeline.Failure) {
      let stored = try ImagePipeline(installation).inspect(bytes, name: source)
      let file = PictureFile(
        path: path, mediaType: stored.format.mediaType, byteCount: stored.byteCount.bytes)
      return Picture(part: .picture(file, detail), size: stored.size)
    } catch {
      throw AskFailure(.unusableInput, error.phrase)
    }
  }

  private func bytes(of path: String) throws(AskFailure) -> [UInt8] {
    do throws(FileError) {
      return try SmallFile.bytes(of: path, atMost: Self.byteLimit)
    } catch {
      throw AskFailure(
        error.isMissing ? .missingInput : .unusableInput,
        say("\(path) cannot be read (\(error.reason)). Check the file."))
    }
  }
}

// MARK: - Counting

extension TokensCall {
  private func count(_ text: String?, _ pictures: [Picture]) async {
    if let exact = await serversCount(text, pictures) {
      StandardOutput.write("\(exact)\n")
      return
    }
    let model = installation.catalog.model(named: model ?? "")
    var sum = TokenEstimate.perMessage + .ofText(text ?? "")
    for picture in pictures {
      let detail = installation.settings.detail
      let tokens = picture.size.map { model.plan(for: $0, detail: detail).tokens } ?? .unknown
      if tokens == .unknown {
        tell(say("What a picture costs at \(self.model ?? "?") is not known: it is not counted."))
      } else {
        sum = sum + tokens
      }
    }
    StandardOutput.write("≈\(sum.tokens ?? 0)\n")
  }

  private var model: String? {
    installation.settings.model ?? directory.usualModel(of: directory.defaultName)
  }

  /// The server's own count; nil where it has none, and why it failed is told.
  private func serversCount(_ text: String?, _ pictures: [Picture]) async -> Int? {
    guard let model else { return nil }
    let learned = LearnedRules.load(from: installation.folders)
    let client = ChatClient(learned: learned)
    do {
      let server = try await directory.provider(named: directory.defaultName, model: model)
      let uploads = Uploads(client: client, folders: installation.folders)
      let parts = pictures.map { $0.part.held(in: uploads, on: server) }
      let asked = RequestMessage(role: .user, parts: parts + (text.map { [.text($0)] } ?? []))
      let request = ModelRequest(
        model: model, messages: instructions + [asked],
        parameters: installation.settings.parameters)
      let count = try await client.countTokens(of: request, at: server)
      if let failure = client.learnedRules.save(to: installation.folders, since: learned) {
        tell(failure)
      }
      return count
    } catch {
      tell(ReplyFailure.phrase(of: error))
      return nil
    }
  }

  private var instructions: [RequestMessage] {
    installation.invocation.options.system.map { [RequestMessage(.system, $0)] } ?? []
  }
}

extension RequestMessage.Part {
  /// The part by the identifier of its file, where the server has that already.
  fileprivate func held(in uploads: Uploads, on server: Provider) -> RequestMessage.Part {
    guard case .picture(let file, let detail) = self else { return self }
    let held = uploads.held(file, name: "picture", detail: detail, on: server)
    return held.map { .uploaded($0) } ?? self
  }
}
