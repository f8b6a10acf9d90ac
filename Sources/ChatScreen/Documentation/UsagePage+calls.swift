import ChatEngine
import Language

/// How the program is called from a shell.
extension UsagePage {
  var calls: String {
    heading(say("Calls"))
      + table([say("Call"), say("What it does")], rows(Self.calls))
      + "\n" + text(say("Options of `iris` and `iris ask`:")) + "\n\n"
      + table([say("Option"), say("What it does")], rows(Self.options))
      + "\n" + text(say("Options of `iris ask` alone:")) + "\n\n"
      + table([say("Option"), say("What it does")], rows(Self.askOptions))
      + "\n" + drawing
      + "\n" + text(say("Members of an object of `--jsonl`:")) + "\n\n"
      + table([say("Member"), say("What it holds")], rows(Self.resultMembers))
      + "\n"
      + text(
        say(
          """
          `--json` prints an array of objects (`iris show`: one object) with these names; what is \
          not known is left out, times are in UTC, prices in US dollars for a million tokens:
          """)) + "\n\n"
      + table([say("Call"), say("Names")], Self.shapes.map { ["`\($0)`", $1] })
  }

  private static let shapes: [(String, String)] = [
    ("iris list", "`name`, `title`, `updated`, `messages`, `pictures`, `model`"),
    ("iris list --search", "`title`, `role`, `line`"),
    (
      "iris show",
      """
      `name`, `model`, `provider`, `system`, `messages` (each: `role`, `text`, `pictures`, \
      `created`, `model`, `status`)
      """
    ),
    drawShape,
    ("iris tools", "`name`, `description`, `source`, `asks`, `on`, `tokens`"),
    ("iris mcp", "`name`, `runs`, `revision`, `tools`, `error`, `last_words`"),
    ("iris models", "`id`, `context_window`, `input_price`, `output_price`, `pictures`"),
    ("iris files", "`name`, `id`, `purpose`, `bytes`, `created`, `removed`, `conversations`"),
    ("iris library", "`name`, `id`, `files`, `bytes`"),
    ("iris embed --list", "`name`, `texts`, `model`, `dimensions`, `server`"),
    ("iris similar", "`score` (−1 to 1), `source`, `line`, `text`"),
    (
      "iris usage",
      """
      `month`, `provider`, `model`, `replies`, `prompt_tokens`, `cached_tokens`, \
      `completion_tokens`, `dollars`, `estimated`
      """
    ),
  ]

  var exitCodes: String {
    heading(say("Exit codes"))
      + table([say("Code"), say("Meaning")], rows(Self.exitCodes))
  }

  func rows(_ pairs: [(String, Phrase)]) -> [[String]] {
    pairs.map { ["`\($0)`", text($1)] }
  }

  private static let calls: [(String, Phrase)] = [
    ("iris", say("the full screen, on a new conversation")),
    ("iris --continue", say("the full screen, on the last conversation")),
    ("iris --load NAME", say("the full screen, on a stored conversation")),
    ("iris ask [PROMPT]", say("one question; the reply goes to standard output, piped text in")),
    drawCall,
    ("iris PROMPT", say("the same, without options of `iris ask` alone")),
    ("iris list [--search TEXT] [--json]", say("the stored conversations, newest first")),
    (
      "iris show [NAME] [--json]", say("a stored conversation as text; the last one without a name")
    ),
    (
      "iris export NAME [FILE|-] [--format ENDING] [--force]",
      say(
        "a stored conversation to a file: .json, .iris.json, .md, .html or .sh; --force replaces any"
      )
    ),
    (
      "iris import FILE… [--dry-run] [--json] [--allow-path PATH]",
      say(
        "conversations of Iris, OpenAI's API, ChatGPT and Claude (.zip, folder or file), Open WebUI, LibreChat, aichat, gptme, llm and oterm; --dry-run only prints what would come"
      )
    ),
    (
      "iris tools [--json]",
      say(
        "the tools that a model may be given: programs in `~/.config/iris/tools`, those of MCP servers, and Iris's own"
      )
    ),
    (
      "iris mcp [NAME…] [--json]",
      say(
        "the MCP servers of `config.yaml`: started, with revision, tools and what went wrong, and ended"
      )
    ),
    ("iris models [--json]", say("the models that the server offers")),
    (
      "iris doctor [--provider NAME] [--yes] [--json]",
      say("asks a server what it can do, after its price is told; learns of it anew")
    ),
    (
      "iris tokens [-i PICTURE]… [-m MODEL] [TEXT|FILE]",
      say("the tokens of a message, counted by the server where it can; else an estimate behind ≈")
    ),
    (
      "iris speak [TEXT] [--voice V] [--speed X] [--format F] [--instructions T] [-o FILE|-]",
      say("a text spoken: played as it comes, or written as mp3, opus, aac, flac, wav or pcm")
    ),
    (
      "iris transcribe FILE… [--language L] [--keyword W] [--prompt T] [--to L] [--format F] [-o FILE]",
      say("recordings written down as text, json, srt or vtt; `--to` translates")
    ),
    (
      "iris embed [TEXT|-]… [--dimensions N] [--format json|f32] [--lines]",
      say("vectors of texts, a JSON object a line, or bare floats")
    ),
    (
      "iris embed --index NAME FILE… [--lines]",
      say("files put into an index: pieces, or lines, that are new get vectors, those gone go")
    ),
    ("iris embed --list [--json] | --remove NAME", say("the indexes; one taken away")),
    (
      "iris similar NAME [TEXT|-] [--number, -n N] [--json]",
      say("the texts of an index nearest to a text; without one, to each line of the pipe")
    ),
    (
      "iris files [list] [--json] | put FILE… [--days N] | get NAME [-o FILE|-] | rm NAME… | prune",
      say("the files on a server: listed, put, fetched, removed; those that nothing names any more")
    ),
    (
      "iris library [list] [--json] | add NAME FILE… | rm NAME",
      say("libraries on a server, which `--library` and `/library` let the model search")
    ),
    (
      "iris usage [--json]",
      say("the tokens, characters, minutes and vectors used, and the money, by month and model")
    ),
    ("iris check [--json]", say("reads the whole store and says what is damaged or left over")),
    (
      "iris salvage [FILE]",
      say("saves again what a damaged store holds; without a file, of all that were set aside")
    ),
    ("iris demo [--port N]", say("the demo server on this machine, and its address")),
  ]

  private static let options: [(String, Phrase)] = [
    ("--model, -m NAME", say("the model to ask")),
    ("--system, -s TEXT|@FILE", say("the system message")),
    ("--temperature, -t X", say("the temperature, 0 to 2")),
    ("--top-p X", say("top_p, 0 to 1")),
    ("--max-tokens N", say("the most tokens that the reply may have")),
    ("--seed N", say("a number that makes replies repeatable, where the server can")),
    (
      "--set NAME=JSON",
      say("any setting of the request, as in top_k=40; what Iris does not know is sent unchecked")
    ),
    ("--image, -i PATH|URL", say("a picture; may be repeated, and `-` reads one from the pipe")),
    ("--detail LEVEL", say("how closely the model looks: auto, low, high, original or tiles")),
    ("--json", say("asks for a reply in JSON")),
    ("--schema FILE", say("asks for a reply that follows a JSON Schema")),
    ("--fetch", say("fetches pictures at URLs here and sends them inside the request")),
    (
      "--upload", say("puts pictures and documents on the server once, and names them in requests")
    ),
    ("--tool NAME", say("a tool that the model may call; may be repeated")),
    ("--base-url URL", say("the server's address")),
    ("--provider NAME", say("a server of `config.yaml`, or one that Iris knows")),
    (
      "--api CALL",
      say("the call that replies are asked for with: `auto`, `chat` or `responses`")
    ),
    ("--config FILE", say("another `config.yaml`")),
    ("--debug", say("logs requests and answers, without keys, to a file that is told")),
  ]

  private static let askOptions: [(String, Phrase)] = [
    ("--each", say("asks once for each picture; what fails is told and gone past")),
    ("--jsonl", say("with `--each`: a JSON object a line for each picture, see below")),
    (
      "--output, -o FILE",
      say("with `--jsonl`: the file of results; the same command goes on where it stopped")
    ),
    (
      "--jobs, -j N",
      say("with `--each`: requests side by side, fewer while the server refuses for their number")
    ),
    ("--raw", say("prints the whole response as JSON")),
    ("--no-stream", say("asks for the reply in one piece")),
    ("--save NAME", say("stores the question and the reply under this name")),
    ("--load NAME", say("asks in the stored conversation of this name")),
    ("--continue, -c", say("asks in the last conversation")),
    (
      "--add ROLE TEXT",
      say(
        "adds a message of `user`, `assistant` or `system` first; without a question, nothing is asked"
      )
    ),
    ("--usage", say("says what it took, in tokens and money, on standard error")),
    (
      "--allow NAME",
      say(
        "a tool whose calls are made unasked; else, without a screen, a call that asks is not made")
    ),
    ("--rounds N", say("how often in a row calls of tools are answered; 0: no limit")),
    (
      "--budget DOLLARS",
      say(
        "what a question may cost with all its calls of tools before the model is not asked again")
    ),
    ("--replay", say("makes no call: the conversation's recorded results stand in their place")),
    ("--show-calls", say("tells calls of tools on standard error")),
    ("--web", say("lets the model search the web with its server's own tool")),
    ("--python", say("lets the model run Python on its server; files that it writes are kept")),
    (
      "--pictures",
      say("lets the model make pictures in its reply; they are written as `iris draw` writes them")
    ),
    ("--library NAME", say("lets the model search a library on its server; may be repeated")),
    ("--anyway", say("sends although a limit that is known speaks against it")),
  ]

  private static let resultMembers: [(String, Phrase)] = [
    (
      "image, prompt, model",
      say("what was asked about, what, and whom: a later run tells by them what is done")
    ),
    ("reply", say("the text, as far as it came; `null` where nothing did")),
    (
      "error, status",
      say(
        "what went wrong, and the exit code that this picture alone would give; `null` and 0 where all went well"
      )
    ),
    ("finish_reason, refusal", say("why the server ended the reply, and whether it is a refusal")),
    (
      "provider, usage, cost_usd, milliseconds",
      say("the server, its count of tokens, what they cost where the price is known, and the time")
    ),
  ]

  private static let exitCodes: [(String, Phrase)] = [
    ("0", say("done")),
    ("64", say("usage: an unknown option, a temperature of 7")),
    (
      "65",
      say(
        "input that cannot be used: a damaged picture, store or file, a request over a known limit")
    ),
    ("66", say("a file, a conversation, a tool or a library that does not exist")),
    (
      "69",
      say(
        """
        the server cannot be reached or answered with an error, the reply broke off, or is not the JSON \
        that was asked for
        """)
    ),
    ("73", say("something could not be written")),
    ("77", say("the key is missing or refused, or nothing came but a call that nobody allowed")),
    (
      "129, 130, 143",
      say("ended by SIGHUP, SIGINT (Ctrl-C) or SIGTERM; what came of the reply is kept")
    ),
  ]
}
