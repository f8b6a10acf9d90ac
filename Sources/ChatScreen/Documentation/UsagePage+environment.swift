import ChatEngine
import Language

/// What the program reads from the environment, and where its files are.
extension UsagePage {
  var environment: String {
    heading(say("Environment"))
      + table([say("Variable"), say("Meaning")], rows(Self.variables))
  }

  var files: String {
    heading(say("Files"))
      + text(
        say(
          "Options go before the environment, and the environment before `config.yaml`; [config.yaml](config.yaml) beside this page shows every setting."
        )) + "\n\n" + table([say("Place"), say("What is there")], rows(Self.places))
  }

  private static let variables: [(String, Phrase)] = [
    ("OPENAI_API_KEY", say("the key; without one Iris opens on the demo")),
    ("OPENAI_BASE_URL", say("the server's address, with or without `/v1`")),
    ("OPENAI_ORG_ID, OPENAI_PROJECT_ID", say("the organization and the project, for OpenAI")),
    (
      "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY",
      say("the proxy, also in lower case: http, https, socks5 or socks5h")
    ),
    ("SSL_CERT_FILE", say("certificates to trust")),
    ("VISUAL, EDITOR", say("the editor of Ctrl-X Ctrl-E")),
    ("PAGER", say("the program of `/pager`")),
    ("INPUTRC", say("readline's settings in place of `~/.inputrc`")),
    ("NO_COLOR", say("no colour, when it is set")),
    ("LC_ALL, LC_MESSAGES, LANG", say("the language: Chinese for zh, else English")),
    (
      "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_CACHE_HOME",
      say("where the folders below are")
    ),
  ]

  private static let places: [(String, Phrase)] = [
    ("~/.config/iris/config.yaml", say("settings and servers")),
    ("~/.local/share/iris", say("conversations and pictures")),
    (
      "~/.local/share/iris/iris.sqlite-backup",
      say("the store's copy of the last day, from which a damaged or lost store is brought back")
    ),
    ("~/.local/state/iris", say("what was typed, and what was learned of servers")),
    ("~/.cache/iris", say("fitted pictures and previews; may be deleted at any time")),
  ]
}
