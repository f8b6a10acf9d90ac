import ChatEngine
import Conversation
import Language

extension Command {
  private static let details = Completion.words(Detail.allCases.map(\.rawValue))

  static let pictureCommands = [
    Command(
      .attach, aliases: ["image"], takes: "PATH|URL… [DETAIL]",
      completing: [.pictures],
      say("adds pictures, documents and sound to the next message: files, folders, patterns, URLs"),
      example: "/attach ~/photos/bridge.jpg high"),
    Command(.paste, say("adds the picture in the clipboard"), example: "/paste"),
    Command(
      .detach, takes: "[N|NAME|all]", completing: [.words(["all"])],
      say("takes back a waiting picture, the last or the Nth, a document by its name, or all"),
      example: "/detach 2"),
    Command(.attachments, say("lists the waiting pictures"), example: "/attachments"),
    Command(
      .detail, takes: "low|high|auto|original|tiles [N]", completing: [details],
      say("sets how closely new pictures are looked at, or picture N"),
      example: "/detail low 1"),
    Command(.images, say("lists every picture of the conversation"), example: "/images"),
    Command(
      .view, takes: "[N]", say("shows a picture over the whole screen, as the model will see it"),
      example: "/view 1"),
    Command(
      .preview, takes: "[on|off]", completing: [.words(["on", "off"])],
      say("draws the pictures in the transcript, or not"), example: "/preview on"),
  ]

  static let soundCommands = [
    Command(
      .speak, takes: "[N|on|off]", completing: [.words(["on", "off"])],
      say("reads a message aloud: the last reply, the Nth message, or each reply as it comes"),
      example: "/speak on"),
    Command(
      .voice, takes: "[NAME]", completing: [.voices],
      say("chooses who speaks, and lets the voice be heard; without a name, from a list"),
      example: "/voice marin"),
    Command(
      .listen, say("records what you say until Enter, and puts the words where the cursor is"),
      example: "/listen"),
  ]

  static let messageCommands = [
    Command(
      .role, takes: "user|system|assistant", completing: [.words(["user", "system", "assistant"])],
      say("says whose message the next Enter writes"), example: "/role assistant"),
    Command(
      .system, takes: "[TEXT|-]",
      say("shows or sets the system message that opens every request; - removes it"),
      example: "/system You are a careful archivist."),
    Command(
      .add, takes: "user|system|assistant TEXT",
      completing: [.words(["user", "system", "assistant"])],
      say("adds a message to the history without asking for a reply, as an example for the model"),
      example: "/add assistant A wooden walkway"),
    Command(
      .send, say("asks for a reply to the history as it stands; one that broke off goes on"),
      example: "/send"),
    Command(
      .retry, say("asks for the last reply again and keeps the old one as a variant"),
      example: "/retry"),
    Command(
      .edit, takes: "[N]", say("writes message N anew, as a branch; without N, your last one"),
      example: "/edit 3"),
    Command(
      .undo, say("takes the last exchange back into the composer"), example: "/undo"),
    Command(
      .variant, takes: "[N [M]]",
      say("shows the Nth variant of the last turn that has any, or of message M's"),
      example: "/variant 1"),
  ]

  static let modelCommands = [
    Command(
      .model, takes: "[NAME]", completing: [.models],
      say("switches to a model, or says which is used"),
      example: "/model gpt-4o"),
    Command(.models, say("lists the server's models to choose from"), example: "/models"),
    Command(
      .provider, takes: "[NAME]", completing: [.providers], say("switches to another server"),
      example: "/provider ollama"),
    Command(
      .api, takes: "[auto|chat|responses]",
      completing: [.words(WireChoice.allCases.map(\.rawValue))],
      say(
        "says with which call the server is asked: chat completions, responses, or the better one"),
      example: "/api responses"),
    Command(
      .key, say("asks for the server's key without showing it, and keeps it in the keyring"),
      example: "/key"),
    Command(
      .temperature, takes: "[X]", say("sets the temperature, 0 to 2"), example: "/temperature 0.7"),
    Command(.topP, takes: "[X]", say("sets top_p, 0 to 1"), example: "/top_p 0.9"),
    Command(
      .set, takes: "NAME VALUE", completing: [.parameters, .valueOfParameter],
      say("sets a parameter of the requests"), example: "/set max_tokens 500"),
    Command(
      .unset, takes: "NAME", completing: [.parameters],
      say("takes a parameter out of the requests"), example: "/unset temperature"),
    Command(.params, say("lists the parameters that are sent"), example: "/params"),
  ]

  static let toolCommands = [
    Command(
      .tools, takes: "[NAME on|off]", completing: [.tools, .words(["on", "off"])],
      say("lists the tools that the model may be given, or gives it one"),
      example: "/tools weather on"),
    Command(
      .allow, takes: "TOOL [PATTERN]", completing: [.tools],
      say("makes calls of a tool unasked from now on; * in a pattern stands for anything"),
      example: #"/allow weather {"city":*}"#),
    Command(
      .deny, takes: "TOOL", completing: [.tools],
      say("gives the model a tool never again, until it is allowed"), example: "/deny weather"),
    Command(
      .rounds, takes: "[N]",
      say("says how often in a row calls are answered before the model waits for you; 0: no limit"),
      example: "/rounds 20"),
    Command(
      .budget, takes: "[DOLLARS|off]", completing: [.words(["off"])],
      say("says what a question may cost with all its calls before the model waits for you"),
      example: "/budget 0.50"),
    Command(
      .rerun, takes: "[N] [TOOL]",
      say("makes the calls of message N anew, or of its tool; the old results stay as a variant"),
      example: "/rerun 4 weather"),
    Command(
      .web, takes: "[on|off|cached]", completing: [.words(WebSearch.allCases.map(\.rawValue))],
      say("lets the model search the web with its server's own tool, or not"), example: "/web on"),
    Command(
      .python, takes: "[on|off]", completing: [.words(["on", "off"])],
      say("lets the model run Python on its server, or not"), example: "/python on"),
    Command(
      .pictures, takes: "[on|off]", completing: [.words(["on", "off"])],
      say("lets the model make pictures in its replies with its server's own tool, or not"),
      example: "/pictures on"),
    Command(
      .library, takes: "[NAME…|off]", completing: [.words(["off"])],
      say("lets the model search files of a library on its server (iris library), or not"),
      example: "/library manuals"),
    Command(
      .files, takes: "[rm NAME|prune]", completing: [.words(["rm", "prune"])],
      say("lists the files on the server, or removes one, or those that nothing names"),
      example: "/files"),
    Command(
      .saveFile, takes: "[N] [PATH]", completing: [.nothing, .files],
      say("writes the Nth file that the model made, or the last, to a path or this folder"),
      example: "/save-file 1 ~/sales.csv"),
  ]

  static let contextCommands = [
    Command(
      .context, say("shows what the next request carries"), example: "/context"),
    Command(
      .forget, takes: "N|N-M [pictures]|learned",
      completing: [.words(["learned"]), .words(["pictures"])],
      say("leaves messages, or their pictures, out of requests; or what was learned of the server"),
      example: "/forget 2 pictures"),
    Command(
      .keep, takes: "N|N-M", say("puts messages back that were left out"), example: "/keep 2"),
    Command(
      .usage, say("shows the tokens and the money used"), example: "/usage"),
  ]

  static let conversationCommands = [
    Command(
      .new, aliases: ["clear"], say("starts a new conversation; this one stays stored"),
      example: "/new"),
    Command(
      .fork, say("goes on in a copy of the conversation"), example: "/fork"),
    Command(
      .save, takes: "[NAME|FILE]", completing: [.conversationsOrPaths],
      say("names the conversation, or writes it to a file"), example: "/save trip-photos"),
    Command(
      .load, takes: "[NAME|FILE]", completing: [.conversationsOrPaths],
      say("opens a conversation by its name, or from a file"), example: "/load trip-photos"),
    Command(.list, say("lists the conversations to choose from"), example: "/list"),
    Command(
      .rename, takes: "NAME", say("gives the conversation another name"), example: "/rename walk"),
    Command(
      .delete, takes: "[NAME]", completing: [.conversations],
      say("deletes a conversation; /undelete brings it back until you quit"),
      example: "/delete walk"),
    Command(
      .undelete, say("brings back the conversation that was deleted last"),
      example: "/undelete"),
    Command(
      .search, takes: "[~]TEXT",
      say("searches all conversations by their words, or with ~ by what they mean"),
      example: "/search ~a way across the river"),
    Command(
      .export, takes: "FILE", completing: [.files],
      say("writes the conversation as .json, .md, .html or .sh"), example: "/export trip.md"),
  ]

  static let readingCommands = [
    Command(
      .copy, takes: "[N|code [N]]", completing: [.words(["code"])],
      say("copies the last reply, message N, or a block of code"), example: "/copy code"),
    Command(
      .find, takes: "TEXT", say("looks for text in the transcript"), example: "/find walkway"),
    Command(.raw, say("shows the Markdown source, or the text"), example: "/raw"),
    Command(
      .open, takes: "[N]", say("opens the Nth link of the last reply"), example: "/open 1"),
    Command(
      .pipe, takes: "COMMAND", say("hands the last reply to a shell command"),
      example: "/pipe wc -w"),
    Command(
      .pipeOnScreen, takes: "COMMAND",
      say("hands the last reply to a shell command that needs the terminal"),
      example: "/pipe! vim -"),
    Command(.pager, say("shows the transcript in $PAGER"), example: "/pager"),
  ]

  static let programCommands = [
    Command(
      .help, takes: "[COMMAND]", completing: [.commands], say("shows the commands and the keys"),
      example: "/help attach"),
    Command(
      .quit, aliases: ["exit", "q"], say("ends the program; everything is stored"),
      example: "/quit"),
  ]
}
