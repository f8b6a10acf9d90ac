/// What a model is told in the place of a result, in the language that models are trained in most.
enum CallWords {
  static let stopped = "Stopped by the user before there was a result."
  static let notRecorded = "Nothing is run: there is no recorded result of this call."
  static let notAllowedHere = "Not allowed here: nobody can be asked whether this call may be made."

  static func declined(_ reason: String?) -> String {
    reason.map { "The user declined this call: \($0)" } ?? "The user declined this call."
  }

  static func unknown(_ name: String, offered: [String], rules: ToolRules) -> String {
    if rules.denies(name) { return "The user does not allow calls of \(name)." }
    let names = offered.isEmpty ? "none" : offered.joined(separator: ", ")
    return "There is no tool \(name.prefix(100)). The tools are: \(names)."
  }

  static func unreadable(_ arguments: String) -> String {
    "The arguments are no JSON object: \(arguments.prefix(500))"
  }
}
