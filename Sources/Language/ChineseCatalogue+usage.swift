extension ChineseCatalogue {
  /// Sentences of the manual that the program writes.
  static let usage: [String: String] = [
    "Using Iris": "Iris 用法",
    "What stands in brackets may be left out; of words with a bar between them one is meant; words in capitals are yours to fill in.":
      "方括号表示可以省略，竖线表示任选其一，大写的词由你填写。",
    "Calls": "启动",
    "Call": "命令行",
    "Names": "名称",
    "any setting of the request, as in top_k=40; what Iris does not know is sent unchecked":
      "请求的任何设置，如 top_k=40；Iris 不认识的原样发送，不作检查",
    "`--json` prints an array of objects (`iris show`: one object) with these names; what is not known is left out, times are in UTC, prices in US dollars for a million tokens:":
      "`--json` 输出对象的数组（`iris show` 输出一个对象），名称如下；未知的内容省略，时间为 UTC，价格为每百万 token 的美元数：",
    "What it does": "作用",
    "Options of `iris` and `iris ask`:": "`iris` 与 `iris ask` 共有的选项：",
    "Options of `iris ask` alone:": "`iris ask` 独有的选项：",
    "Option": "选项",
    "Exit codes": "退出状态",
    "Code": "代码",
    "Meaning": "含义",
    "the full screen, on a new conversation": "全屏，新建对话",
    "the full screen, on the last conversation": "全屏，继续最近的对话",
    "the full screen, on a stored conversation": "全屏，打开保存的对话",
    "one question; the reply goes to standard output, piped text in": "只问一次，回复写到标准输出；管道送来的文字也会发送",
    "the stored conversations, newest first": "列出保存的对话，最新的在前",
    "a stored conversation as text; the last one without a name": "输出一个对话；不写名称则为最近的对话",
    "a stored conversation to a file: .json, .iris.json, .md, .html or .sh; --force replaces any":
      "把保存的对话写入文件：.json、.iris.json、.md、.html 或 .sh；--force 会替换任何文件",
    "conversations of Iris, OpenAI's API, ChatGPT and Claude (.zip, folder or file), Open WebUI, LibreChat, aichat, gptme, llm and oterm; --dry-run only prints what would come":
      "读入 Iris、OpenAI API、ChatGPT 和 Claude（.zip、文件夹或文件）、Open WebUI、LibreChat、aichat、gptme、llm、oterm 的对话；--dry-run 只列出将读入的内容",
    "the models that the server offers": "列出服务器提供的模型",
    "the tokens, characters, minutes and vectors used, and the money, by month and model":
      "按月份和模型输出用掉的 token、字符、分钟和向量，以及费用",
    "asks a server what it can do, after its price is told; learns of it anew":
      "询问服务器有哪些能力（先说明费用），并重新了解它",
    "the demo server on this machine, and its address": "在本机运行演示服务器并输出其地址",
    "the model to ask": "要询问的模型",
    "the system message": "系统消息",
    "the temperature, 0 to 2": "temperature，0 到 2",
    "top_p, 0 to 1": "top_p，0 到 1",
    "the most tokens that the reply may have": "回复最多有多少 token",
    "a number that makes replies repeatable, where the server can": "一个整数，在服务器支持时让回复可以重现",
    "a picture; may be repeated, and `-` reads one from the pipe": "一张图片；可多次使用，`-` 表示从管道读取",
    "how closely the model looks: auto, low, high, original or tiles":
      "模型看得多仔细：auto、low、high、original 或 tiles",
    "asks for a reply in JSON": "请求 JSON 格式的回复",
    "fetches pictures at URLs here and sends them inside the request": "在本机抓取网址上的图片，随请求一起发送",
    "the server's address": "服务器的地址",
    "the tokens of a message, counted by the server where it can; else an estimate behind ≈":
      "一条消息的 token 数：能由服务器计数时由它计数，否则为 ≈ 后的估计",
    "There is nothing to count: give a text, a file, or a picture with -i.":
      "没有可计数的内容：请给出文字、文件，或用 -i 给出图片。",
    "%@ is no UTF-8 text. Name a text, or a picture with -i.":
      "%@ 不是 UTF-8 文本。请给出文本，或用 -i 给出图片。",
    "%@ cannot be read (%@). Check the file.": "无法读取 %@（%@）。请检查该文件。",
    "What a picture costs at %@ is not known: it is not counted.":
      "不知道一张图片在 %@ 上的费用：未计入。",
    "the call that replies are asked for with: `auto`, `chat` or `responses`":
      "用哪种调用请求回复：`auto`、`chat` 或 `responses`",
    "a server of `config.yaml`, or one that Iris knows": "`config.yaml` 中的服务器，或 Iris 已知的服务器",
    "another `config.yaml`": "另一个 `config.yaml`",
    "prints the whole response as JSON": "以 JSON 输出整个回答",
    "asks for the reply in one piece": "请求一次送达的回复",
    "stores the question and the reply under this name": "以此名称保存问答",
    "asks in the stored conversation of this name": "在此名称的对话中提问",
    "asks in the last conversation": "在最近的对话中提问",
    "done": "完成",
    "usage: an unknown option, a temperature of 7": "用法错误：未知的选项、为 7 的 temperature",
    "reads the whole store and says what is damaged or left over":
      "读取整个存储，说明哪些已损坏、哪些是多余的",
    "saves again what a damaged store holds; without a file, of all that were set aside":
      "再次救回损坏的存储中的内容；不给出文件时，处理所有移到一旁的文件",
    "the store's copy of the last day, from which a damaged or lost store is brought back":
      "存储最近一天的副本；存储损坏或丢失时由它恢复",
    "the server cannot be reached or answered with an error, the reply broke off, or is not the JSON that was asked for":
      "无法连接服务器，服务器返回错误，回复中断，或回复不是所要求的 JSON",
    "something could not be written": "无法写入",
    "the key is missing or refused, or nothing came but a call that nobody allowed":
      "缺少密钥或密钥被拒绝，或者只来了一个没人允许的调用",
    "Writing": "书写",
    "Enter sends the message, Tab completes commands, values, paths and names. A line that starts with `/` is a command; `//` begins a message with a slash. GNU readline edits, so your `~/.inputrc` rules here too. A pasted or dropped path of a picture becomes an attachment; any other paste goes in whole.":
      "Enter 发送消息，Tab 补全命令、值、路径和名称。以 `/` 开头的一行是命令；要发送以斜杠开头的文字，请以 `//` 开头。编辑由 GNU readline 完成，`~/.inputrc` 中的设置同样有效。粘贴或拖入的图片路径成为附件；其他粘贴内容原样进入输入框。",
    "Commands": "命令",
    "Command": "命令",
    "Example": "例子",
    "Messages": "消息",
    "Models and parameters": "模型与参数",
    "What a request carries": "请求的内容",
    "Reading": "阅读",
    "The program": "程序",
    "Parameters": "参数",
    "Set with `/set`, taken out with `/unset`; one that is not set is not sent.":
      "用 `/set` 设置，用 `/unset` 去掉；没有设置的参数不会发送。",
    "Name": "名称",
    "What it takes": "取值",
    "The last column is the name of the readline function, for other keys in `~/.inputrc` between `$if iris` and `$endif`.":
      "最后一列是 readline 函数名，可在 `~/.inputrc` 的 `$if iris` 与 `$endif` 之间绑定到别的按键。",
    "Key": "按键",
    "Function": "函数",
    "Pictures": "图片",
    "The format is told from the content, never from the name. Files of up to 256 MiB and pictures of up to 200 million pixels are read.":
      "格式由内容判断，与文件名无关。可读取的文件最大 256 MiB，图片最大两亿像素。",
    "What": "内容",
    "How it is sent": "如何发送",
    "as its own bytes when it fits, cut to the picture alone (no place, owner, thumbnail, second picture or film, unless `keep_metadata` or `original` asks for them); a larger one is fitted, upright: photographs as JPEG, drawings and screenshots as PNG":
      "大小合适时以自己的字节发送，只留画面（没有地点、姓名、缩略图、第二张图片和影片，除非 `keep_metadata` 或 `original` 要求保留）；过大时缩小并转正：照片为 JPEG，图画和截图为 PNG",
    "converted to JPEG or PNG, upright, without its metadata": "转换为 JPEG 或 PNG，转正并去掉元数据",
    "animated GIF, WebP, PNG or JPEG XL": "动画 GIF、WebP、PNG 或 JPEG XL",
    "TIFF of several pages": "多页 TIFF", "its first page, which is told": "发送第一页，并会说明",
    "raw photographs": "相机原始照片", "the preview inside, which its name says": "发送内嵌的预览图，名称中会注明",
    "drawn on white, at least 1024 pixels on its longer side, without any file that it names":
      "画在白底上，长边至少 1024 像素，不读取它引用的任何文件",
    "a long picture as several of `high`, in order, each of which shows print of 12 pixels with 9 or more; what can be read whole, whole":
      "把长图按顺序切成几张 `high` 图片，12 像素的文字至少以 9 像素显示；整张就能看清的不切",
    "its first frame, which is told": "取第一帧，并会说明",
    "refused, with the command that would convert it": "不接受，并给出转换的命令",
    "an http(s) URL": "http(s) 网址",
    "as it is, the server fetches it; with `--fetch` or `fetch_urls` as the picture":
      "原样发送，由服务器抓取；使用 `--fetch` 或 `fetch_urls` 时发送图片本身",
    "a `data:` URL": "`data:` 网址",
    "as the picture that it holds": "作为其中的图片发送",
    "Detail": "细节级别",
    "What the model gets to see": "模型看到的内容",
    "at most 512×512 pixels": "最多 512×512 像素",
    "within 2048×2048, then the shorter side at most 768; or the patch budget of the model's family":
      "不超过 2048×2048，且短边不超过 768；或按模型系列的图块预算",
    "the untouched bytes, with the highest detail that the wire knows": "原始字节，使用接口所知的最高细节级别",
    "What a picture costs in every request that carries it, in tokens, by the published rules; ≈ where those contradict each other.":
      "按公布的规则，一张图片在每次携带它的请求中用掉的 token；规则互相矛盾时以 ≈ 标明。",
    "Environment": "环境变量",
    "Variable": "变量",
    "Files": "文件",
    "Options go before the environment, and the environment before `config.yaml`; [config.yaml](config.yaml) beside this page shows every setting.":
      "命令行优先于环境变量，环境变量优先于 `config.yaml`；本页旁的 [config.yaml](config.yaml) 列出了所有设置项。",
    "Place": "位置",
    "What is there": "内容",
    "the key; without one Iris opens on the demo": "密钥；没有密钥时 Iris 打开演示",
    "the server's address, with or without `/v1`": "服务器的地址，可带或不带 `/v1`",
    "the organization and the project, for OpenAI": "OpenAI 的组织和项目",
    "the proxy, also in lower case: http, https, socks5 or socks5h":
      "代理，也可小写：http、https、socks5 或 socks5h",
    "certificates to trust": "要信任的证书",
    "the editor of Ctrl-X Ctrl-E": "Ctrl-X Ctrl-E 使用的编辑器",
    "the program of `/pager`": "`/pager` 使用的程序",
    "readline's settings in place of `~/.inputrc`": "代替 `~/.inputrc` 的 readline 设置",
    "no colour, when it is set": "设置后不使用颜色",
    "the language: Chinese for zh, else English": "语言：zh 为中文，其他为英文",
    "where the folders below are": "下列文件夹的位置",
    "settings and servers": "设置和服务器",
    "conversations and pictures": "对话和图片",
    "what was typed, and what was learned of servers": "输入过的内容，以及对服务器的了解",
    "fitted pictures and previews; may be deleted at any time": "调整过的图片和预览；随时可以删除",
    "The terminal is given back": "终端的归还",
    "Line settings, screen, cursor, mouse, paste marks and title are as they were before Iris started:":
      "行设置、屏幕、光标、鼠标、粘贴标记和标题都恢复到 Iris 启动之前：",
    "How Iris ends": "Iris 如何结束",
    "What is left": "留下什么",
    "What to type": "输入什么",
    "Where Enter does nothing any more, Ctrl-J ends the line. What was stored is back with `iris --continue`.":
      "如果 Enter 不起作用，用 Ctrl-J 结束一行。已保存的内容用 `iris --continue` 取回。",
    "`/quit`, SIGTERM, SIGHUP, SIGINT": "`/quit`、SIGTERM、SIGHUP、SIGINT",
    "nothing": "什么都不留",
    "a fault, an exhausted stack or memory, or any signal that ends a program, such as SIGSEGV, SIGABRT, SIGQUIT, SIGPIPE, SIGUSR1, SIGALRM or SIGXCPU":
      "程序故障、栈或内存耗尽，或任何会结束程序的信号，如 SIGSEGV、SIGABRT、SIGQUIT、SIGPIPE、SIGUSR1、SIGALRM、SIGXCPU",
    "nothing; a line says how to come back": "什么都不留；有一行说明如何取回对话",
    "SIGKILL: `kill -9`, or the system short of memory; no program can answer it":
      "SIGKILL：`kill -9` 或系统内存不足；没有程序能应对它",
    "a raw line, the screen, mouse reports": "原始模式的行、屏幕、鼠标报告",
    "a fault while an editor, a pager or a command of `/pipe!` has the terminal":
      "编辑器、分页器或 `/pipe!` 的命令占用终端时发生故障",
    "the line's settings are restored; the modes are that program's": "行设置已恢复；其余模式属于那个程序",
    "SIGSTOP, which no program can answer either": "SIGSTOP，同样没有程序能应对",
    "the modes, until the shell continues it": "终端模式，直到 shell 让它继续",
    "a connection that breaks off, as seen from the near side of ssh": "连接中断（从 ssh 的本机一侧看）",
    "the modes of the far side": "远端的终端模式",
    "the same, without options of `iris ask` alone":
      "同上，但不带 `iris ask` 独有的选项",
    "asks once for each picture; what fails is told and gone past":
      "对每张图片各问一次；失败的会说明并跳过",
    "with `--each`: a JSON object a line for each picture, see below":
      "与 `--each` 合用：每张图片一行一个 JSON 对象，见下",
    "with `--jsonl`: the file of results; the same command goes on where it stopped":
      "与 `--jsonl` 合用：结果文件；同一命令会从中断处继续",
    "with `--each`: requests side by side, fewer while the server refuses for their number":
      "与 `--each` 合用：并行的请求数；服务器因过多而拒绝时会减少",
    "adds a message of `user`, `assistant` or `system` first; without a question, nothing is asked":
      "先添加一条 `user`、`assistant` 或 `system` 消息；没有问题时不发送请求",
    "sends although a limit that is known speaks against it":
      "即使超出已知限制也发送",
    "Members of an object of `--jsonl`:":
      "`--jsonl` 对象的成员：",
    "Member":
      "成员",
    "What it holds":
      "内容",
    "what was asked about, what, and whom: a later run tells by them what is done":
      "问的是哪张图片、问了什么、问了谁：之后的运行据此判断哪些已完成",
    "the text, as far as it came; `null` where nothing did":
      "收到的文字；什么都没收到时为 `null`",
    "what went wrong, and the exit code that this picture alone would give; `null` and 0 where all went well":
      "出了什么错，以及单问这张图片时的退出码；一切正常时为 `null` 和 0",
    "why the server ended the reply, and whether it is a refusal":
      "服务器结束回复的原因，以及是否为拒绝",
    "the server, its count of tokens, what they cost where the price is known, and the time":
      "服务器、它统计的 token 数、已知价格时的费用，以及用时",
    "ended by SIGHUP, SIGINT (Ctrl-C) or SIGTERM; what came of the reply is kept":
      "被 SIGHUP、SIGINT（Ctrl-C）或 SIGTERM 结束；已收到的回复会保留",
    "input that cannot be used: a damaged picture, store or file, a request over a known limit":
      "无法使用的输入：图片、存储或文件已损坏，或请求超出已知限制",
    "While a list, a page or a question is open:": "打开列表、页面或问题时：",
    "Readline's vi mode": "Readline 的 vi 模式",
    "With `set editing-mode vi` in `~/.inputrc` the composer says `(ins)` or `(cmd)`. Esc goes to command mode; Esc once more does what Esc does elsewhere, such as stopping a reply. A list, a page or a question closes at the first Esc. `/` in command mode searches the history, `v` opens the editor. `:q` and its like leave Iris, also without vi mode; with a blank before it `:q` is a message.":
      "在 `~/.inputrc` 中写入 `set editing-mode vi` 后，输入行显示 `(ins)` 或 `(cmd)`。Esc 进入命令模式；再按一次 Esc 的作用与别处相同，例如停止回复。列表、页面或问题按一次 Esc 即关闭。命令模式下 `/` 搜索历史，`v` 打开编辑器。`:q` 等命令退出 Iris，不在 vi 模式下也一样；前面加一个空格则作为消息发送。",
    "says what it took, in tokens and money, on standard error": "在标准错误上给出用掉的 token 和费用",
    "a file, a conversation, a tool or a library that does not exist":
      "文件、对话、工具或资料库不存在",
  ]
}
