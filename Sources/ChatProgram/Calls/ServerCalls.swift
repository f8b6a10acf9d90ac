import ChatAPI
import ChatCore
import ChatEngine
import Configuration
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
        let models = try await ChatClient().models(at: provider).map(\.id).sorted()
        asJSON ? printJSON(models) : printTable(models)
        await directory.close()
        return .done
      } catch {
        let failure = ReplyFailure(error)
        StandardError.say(failure.phrase, in: installation.language)
        return failure.kind.status
      }
    } ?? .unavailable
  }

  private func printTable(_ models: [String]) {
    for id in models {
      let model = installation.catalog.model(named: id)
      let window = model.contextWindow.map(String.init) ?? ""
      let price = model.price.map { "$\($0.input)/$\($0.output)" } ?? ""
      let vision = model.hasVision == true ? "pictures" : ""
      let fields = [id, window, price, vision].map(\.sanitised)
      StandardOutput.write(fields.joined(separator: "\t") + "\n")
    }
  }

  private func printJSON(_ models: [String]) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(models.map { ["id": $0] }) else { return }
    StandardOutput.write(String(decoding: data, as: UTF8.self) + "\n")
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
