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
  let workshop: PictureWorkshop
  let pictureQueue: PictureQueue
  let finder: PictureFinder
  /// What is to be told of the log of `--debug`.
  package let logNews: Phrase?

  /// `patience` is how long a use of the store waits for another program's lock, `backupDelay` how
  /// long after its opening a copy of it is made.
  package init(
    _ installation: Installation, directory: ServerDirectory, patience: Duration,
    backupDelay: Duration
  ) {
    self.installation = installation
    self.directory = directory
    let log = DebugLog(installation)
    logNews = DebugLog.news(of: log, installation)
    client = ChatClient(
      learned: LearnedRules.load(from: installation.folders), timing: .quiet, trace: log?.trace)
    storeHandle = StoreHandle(installation, patience: patience, backupDelay: backupDelay)
    workshop = PictureWorkshop(installation)
    pictureQueue = PictureQueue(places: ProcessorCount.online, rest: workshop.restDecoder)
    finder = PictureFinder(folders: installation.folders)
  }

  /// Keeps what was learned, and closes the store and the demo; why the store could not be closed,
  /// and what is to be told of it.
  package func close() async -> (failure: Phrase?, news: Phrase?) {
    workshop.trimCache()
    client.learnedRules.save(to: installation.folders)
    await directory.close()
    do {
      try await storeHandle.close()
      return (nil, await storeHandle.takeNews())
    } catch {
      return (error.phrase, nil)
    }
  }
}
