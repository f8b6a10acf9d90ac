import ChatAPI
import ChatCore
import Configuration
import Conversation
import ConversationStore
import Language
import Pictures

/// One question without the screen: the reply's text on standard output and nothing else there.
package struct AskRun: Sendable {
  let installation: Installation
  let options: AskOptions
  let directory: ServerDirectory
  let client: ChatClient
  let workshop: PictureWorkshop
  let finder: PictureFinder
  let storeHandle: StoreHandle
  /// What is to be told of the log of `--debug`.
  private let logNews: Phrase?

  package init(_ installation: Installation, _ options: AskOptions) {
    self.installation = installation
    self.options = options
    directory = ServerDirectory(installation)
    let log = DebugLog(installation)
    logNews = DebugLog.news(of: log, installation)
    client = ChatClient(
      learned: LearnedRules.load(from: installation.folders), trace: log?.trace)
    workshop = PictureWorkshop(installation)
    finder = PictureFinder(folders: installation.folders)
    storeHandle = StoreHandle(installation, backupDelay: .zero)
  }

  /// Asks, prints, and stores what is to be stored; the exit status.
  ///
  /// Blocks the calling thread.
  package func run() -> ExitStatus {
    CoreDumps.forbid()
    for mistake in installation.mistakes { tell(mistake) }
    if let logNews { tell(logNews) }
    let asking = Task.detached(executorPreference: QuietExecutor.ofTasks) { await ask() }
    let interruption = Interruption { asking.cancel() }
    defer { interruption.end() }
    let status = Blocking.wait { await asking.value } ?? .unavailable
    return asking.isCancelled ? .interrupted : status
  }

  private func ask() async -> ExitStatus {
    var status = ExitStatus.done
    do throws(AskFailure) {
      let prompt = try StandardInput.prompt(options.prompt, imageIsRead: readsImage)
      let conversation = try await conversation()
      let pictures = try await pictures()
      try await ask(prompt, pictures, in: conversation)
    } catch {
      if !Task.isCancelled { tell(error.phrase) }
      status = error.status
    }
    workshop.trimCache()
    client.learnedRules.save(to: installation.folders)
    await directory.close()
    return await closeStore(status)
  }

  private func closeStore(_ status: ExitStatus) async -> ExitStatus {
    do {
      try await storeHandle.close()
      if let news = await storeHandle.takeNews() { tell(news) }
      return status
    } catch {
      tell(error.phrase)
      return .cannotWrite
    }
  }

  private var readsImage: Bool { installation.invocation.images.contains("-") }

  func tell(_ phrase: Phrase) { StandardError.say(phrase, in: installation.language) }

  /// With `--each` one request for a picture, else one for all.
  private func ask(
    _ prompt: String, _ pictures: [PictureReference], in conversation: AskConversation
  ) async throws(AskFailure) {
    var conversation = conversation
    guard options.each, !pictures.isEmpty else {
      try await reply(to: prompt, pictures, in: &conversation)
      return
    }
    for (index, picture) in pictures.enumerated() {
      if index > 0 { StandardOutput.write("\n") }
      tell(say("\(index + 1) of \(pictures.count): \(picture.name)"))
      var single = conversation
      try await reply(to: prompt, [picture], in: &single)
    }
  }
}
