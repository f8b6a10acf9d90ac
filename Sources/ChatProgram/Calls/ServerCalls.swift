import ChatAPI
import ChatEngine
import ChatScreen
import Configuration
import Conversation
import DemoServer
import FoundationEssentials
import Language
import ModelCatalog
import Screen

/// The calls about servers, without the screen: `models` and `demo`.
package struct ServerCalls: Sendable {
  private let installation: Installation
  private let directory: ServerDirectory

  package init(_ installation: Installation) {
    self.installation = installation
    directory = ServerDirectory(installation)
  }

  /// `iris models`: a table of what the server offers, or JSON.
  package func models(asJSON: Bool) -> ExitStatus {
    Blocking.wait { () -> ExitStatus in
      do {
        let provider = try await directory.provider(named: directory.defaultName)
        let models = try await ChatClient().models(at: provider).sorted { $0.id < $1.id }
        write(models, asJSON: asJSON)
        CallOutput.tellEmpty(
          models.isEmpty && !asJSON,
          say("\(provider.name) lists no models. iris -m NAME asks one all the same."),
          in: installation.language)
        await directory.close()
        return .done
      } catch {
        let failure = ReplyFailure(error)
        StandardError.say(failure.phrase, in: installation.language)
        return failure.kind.status
      }
    } ?? .unavailable
  }

  /// What the server's list says of a model goes before what the catalogue knows.
  private func write(_ listings: [ModelListing], asJSON: Bool) {
    let models = listings.map { listing in
      var model = installation.catalog.model(named: listing.id)
      model.contextWindow = listing.contextLength ?? model.contextWindow
      model.hasVision = listing.readsPictures ?? model.hasVision
      return (listing.id, model)
    }
    guard !asJSON else {
      return CallOutput.write(json: models.map { PrintedModel($1, id: $0) })
    }
    let rows = models.map { id, model in
      [
        id, model.contextWindow.map(String.init) ?? "",
        model.price.map { "$\(Parameters.number($0.input))/$\(Parameters.number($0.output))" }
          ?? "",
        model.hasVision == true ? say("pictures").text(in: installation.language) : "",
      ]
    }
    CallOutput.write(
      head: [say("model"), say("window"), say("price"), say("reads")], in: installation.language,
      rows)
  }

  /// `iris demo`: serves until it is interrupted.
  package func demo(port: UInt16) -> ExitStatus {
    Blocking.wait { () -> ExitStatus in
      do throws(DemoServerError) {
        let server = try await DemoServer.start(port: port)
        // Nobody knows the address of a server that could not tell it; why is told at the end.
        guard StandardOutput.write(server.baseURL + "\n") else { return .done }
        await server.waitUntilStopped()
        return .done
      } catch {
        StandardError.say(error.sentence, in: installation.language)
        return .unavailable
      }
    } ?? .unavailable
  }
}
