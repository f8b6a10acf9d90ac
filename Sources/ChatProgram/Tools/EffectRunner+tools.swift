import ChatEngine
import Conversation
import Files
import Language
import Tools

extension EffectRunner {
  /// Begins what is to be done about tools; calls run side by side.
  func run(_ effect: ToolEffect) {
    switch effect {
    case .list: start(nil) { self.listTools() }
    case .run(let run):
      start(.call(run.key)) {
        let result = await ToolRunner(services: self.services).result(of: run)
        guard !Task.isCancelled else { return }
        self.post(.tool(.finished(run.key, result)))
      }
    case .cancel(let key): cancel(.call(key))
    case .keep(let rule): start(nil) { self.keep(rule) }
    }
  }

  private func listTools() {
    let library = services.toolLibrary
    post(.tool(.listed(library.tools, problems: library.folder.problems.map(\.phrase))))
  }

  private func keep(_ rule: ToolRules.Rule) {
    do throws(FileError) {
      try ToolRules.add(rule, in: installation.folders)
    } catch {
      let reason = FileError.reason(of: error.code)
      post(
        .tool(
          .rulesFailed(
            say("\(error.path) cannot be written: \(reason). The rule holds until Iris ends."))))
    }
  }
}
