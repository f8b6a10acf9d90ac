package import Conversation
package import Language
package import ModelCatalog

/// One call of a tool: the message of the reply that asked for it, and its identifier there.
package struct CallKey: Hashable, Sendable {
  package var message: MessageID
  package var id: String

  package init(message: MessageID, id: String) {
    self.message = message
    self.id = id
  }
}

/// Work on tools, off the loop.
package enum ToolEffect: Equatable, Sendable {
  /// Finds out which tools there are, for which servers may be started; answered by `listed`.
  case list(ToolScope)
  /// Makes a call; answered by `progress`, at last by `finished`.
  case run(ToolRun)
  /// Ends a call; nothing answers.
  case cancel(CallKey)
  /// Adds a rule to those that are written down; answered by `rulesFailed` where that cannot be.
  case keep(ToolRules.Rule)
  /// Tells a tool's server what the user said to its question.
  case answer(ToolQuestion.ID, ElicitationAnswer)
}

/// Whose tools are asked for, beside those on this machine.
package enum ToolScope: Equatable, Sendable {
  case all
  /// Of servers that have tools of these names, or are called so.
  case named([String])
}

/// A question of a tool's server to the user, whose call waits for the answer.
package struct ToolQuestion: Equatable, Sendable {
  /// Tells it from the other questions of this run of the program.
  package typealias ID = Int

  package var id: ID
  package var call: CallKey
  package var elicitation: Elicitation

  package init(id: ID, call: CallKey, _ elicitation: Elicitation) {
    self.id = id
    self.call = call
    self.elicitation = elicitation
  }
}

/// A call that is to be made.
package struct ToolRun: Equatable, Sendable {
  package var key: CallKey
  /// The tool's own name.
  package var tool: String
  /// JSON of one line, an object.
  package var arguments: String
  /// The pictures of the conversation in the order in which they were sent, for who looks at them
  /// again.
  package var pictures: [PictureReference]

  package init(
    _ key: CallKey, tool: String, arguments: String, pictures: [PictureReference] = []
  ) {
    self.key = key
    self.tool = tool
    self.arguments = arguments
    self.pictures = pictures
  }
}

/// The answer to a ``ToolEffect``.
package enum ToolEvent: Equatable, Sendable {
  /// The tools that there are, and what of them cannot be used; `isWhole` is false where servers that were
  /// not asked may have more.
  case listed([Tool], problems: [Phrase], isWhole: Bool = true)
  /// A server says that its tools are others than those that were listed.
  case changed(server: String)
  /// How far a call has come, in the tool's own words.
  case progress(CallKey, String)
  case finished(CallKey, ToolResult)
  /// The tool's server asks the user; answered by the effect `answer`.
  case asked(ToolQuestion)
  case rulesFailed(Phrase)
}

/// The user's decision about a call.
package enum CallDecision: Equatable, Sendable {
  /// The calls that a permission covers.
  package enum Scope: Equatable, Sendable {
    case once
    /// Every call of the tool in this conversation, until another one is opened.
    case conversation
    /// Every call of the tool from now on: a rule is written.
    case always
  }

  /// Makes the call, with other arguments where some are given.
  case allow(Scope, arguments: String? = nil)
  /// Makes it not; the model learns the reason, where one is given.
  case refuse(reason: String? = nil)
}

/// An order of a face about tools and calls.
package enum CallEvent: Equatable, Sendable {
  /// Finds out which tools there are, those of all servers too, where that is not known yet.
  case list
  /// Answers the question of a tool's server.
  case answer(ToolQuestion.ID, ElicitationAnswer)
  case decide([CallKey: CallDecision])
  /// Offers a tool to the model from the next request on, or no more.
  case setTool(String, isOn: Bool)
  /// Adds a rule, and writes all rules down.
  case add(ToolRules.Rule)
  /// How many times in a row calls may be answered and the model be asked again.
  case limitRounds(Int)
  /// What a question may cost with all its rounds of calls; nil for no bound.
  case limitCost(Money?)
  /// Makes the calls of a message of results anew, or those of one tool, as a variant beside it.
  case rerun(MessageID, tool: String?)
  /// Writes another result of a call, as a variant of the message of results, and asks the model again.
  case rewrite(call: String, in: MessageID, as: String)
}
