import ChatAPI
import Configuration
import Conversation
import ConversationStore
package import Language
import Pictures

/// What effects are carried out with, once for the whole program: the client, the store, the servers,
/// the pictures.
///
/// Several effect runners may share them. May be used from any task.
package final class Services: Sendable {
  let installation: Installation
  let directory: ServerDirectory
  let client: ChatClient
  let storeHandle: StoreHandle
  let pipeline: ImagePipeline
  let pictureQueue: PictureQueue
  let finder: PictureFinder
  let uploads: Uploads
  let toolLibrary: ToolLibrary
  /// What is to be told of the log of `--debug`.
  package let logNews: Phrase?
  private let log: DebugLog?
  /// What was known of servers at the start.
  private let learned: LearnedRules

  /// What is to be told at the end.
  package struct Ending: Sendable {
    /// Why the store could not be closed.
    package var failure: Phrase?
    package var news: [Phrase] = []
  }

  /// `patience` is how long a use of the store waits for another program's lock, `backupDelay` how
  /// long after its opening a copy of it is made; `readsAlone` says whether a store that cannot be
  /// written is read.
  package init(
    _ installation: Installation, directory: ServerDirectory, patience: Duration,
    backupDelay: Duration, readsAlone: Bool = true
  ) {
    self.installation = installation
    self.directory = directory
    log = DebugLog(installation)
    logNews = DebugLog.news(of: log, installation)
    learned = LearnedRules.load(from: installation.folders)
    client = ChatClient(learned: learned, timing: .quiet, trace: log?.trace)
    storeHandle = StoreHandle(
      installation, patience: patience, backupDelay: backupDelay, readsAlone: readsAlone)
    pipeline = ImagePipeline(installation)
    pictureQueue = PictureQueue(places: ProcessorCount.online, rest: pipeline.restDecoder)
    finder = PictureFinder(folders: installation.folders)
    uploads = Uploads(client: client, folders: installation.folders)
    toolLibrary = ToolLibrary(installation, client: client)
  }

  /// Keeps what was learned, and closes the store and the demo.
  package func close() async -> Ending {
    pipeline.trimCache()
    var ending = Ending()
    await toolLibrary.servers.close()
    if let news = client.learnedRules.save(to: installation.folders, since: learned) {
      ending.news.append(news)
    }
    await directory.close()
    do {
      try await storeHandle.close()
      if let news = await storeHandle.takeNews() { ending.news.append(news) }
    } catch {
      ending.failure = error.phrase
    }
    if let news = log?.failure { ending.news.append(news) }
    return ending
  }
}
