extension ChineseCatalogue {
  /// The pages of `--help`: what calls and options are for, and the argument parser's own words.
  static let help: [String: String] = [
    "Ask one question; the reply goes to standard output.": "只问一次，回复写到标准输出。",
    "Standard input is read when it is piped: as the question, or behind it. Words that are paths of pictures are pictures, as a shell's pattern gives them: iris ask -i *.png \"What is new?\"":
      "管道送来的标准输入会被读取：作为问题，或接在问题之后。是图片路径的词即为图片，shell 的通配符也是如此：iris ask -i *.png \"What is new?\"",
    "The question.": "问题。",
    "Ask once for each picture; what fails is told and gone past.": "每张图片各问一次；失败的会说明，然后继续。",
    "With --each: a JSON object a line for each picture.": "与 --each 合用：每张图片一行 JSON 对象。",
    "With --jsonl: the file of results; the same command goes on where it stopped.":
      "与 --jsonl 合用：结果文件；同一命令会从停下的地方继续。",
    "With --each: how many requests go side by side, 1 to 64.": "与 --each 合用：同时进行多少个请求，1 到 64。",
    "Print the whole response as JSON.": "以 JSON 输出完整的响应。",
    "Ask for the reply in one piece.": "要求一次返回完整的回复。",
    "Store the question and the reply under this name.": "以此名称保存问题和回复。",
    "Ask in the stored conversation of this name.": "在这个名称的已存对话中提问。",
    "Ask in the last conversation.": "在最近的对话中提问。",
    "Add a message first: user, assistant or system, and its text. May be repeated.":
      "先加一条消息：user、assistant 或 system，及其文字。可重复。",
    "Say what it took, in tokens and money, on standard error.": "在标准错误输出上说明用掉的 token 和费用。",
    "Let the model search the web with its server's own tool.": "让模型用服务器自己的工具搜索网络。",
    "Let the model run Python on its server.": "让模型在其服务器上运行 Python。",
    "Let the model make pictures in its reply.": "让模型在回复中制作图片。",
    "A library on the server that the model may search. May be repeated.": "模型可以搜索的服务器资料库。可重复。",
    "Send although a limit that is known speaks against it.": "即使超过已知的限制也发送。",
    "A tool whose calls are made unasked; it is offered too. May be repeated.":
      "无需询问即可调用的工具，同时提供给模型。可重复。",
    "How often in a row calls of tools may be answered, 0 for no limit.": "工具调用最多连续应答多少次，0 为不限。",
    "What the question may cost with all calls of tools, in dollars.": "这个问题连同所有工具调用最多花费多少美元。",
    "Make no call of a tool: recorded results of the conversation stand in their place.":
      "不调用任何工具，改用对话中记录的结果。",
    "Tell calls of tools on standard error.": "在标准错误输出上说明工具的调用。",
    "List the stored conversations, newest first.": "列出已存的对话，最新的在前。",
    "Only messages with this text.": "只列出含有这段文字的消息。",
    "Print JSON.": "输出 JSON。",
    "Print a stored conversation; the last one without a name.": "输出一个已存的对话；不写名称则为最近的对话。",
    "The conversation's name.": "对话的名称。",
    "Write a stored conversation to a file: .json, .iris.json, .md, .html or .sh.":
      "把已存的对话写入文件：.json、.iris.json、.md、.html 或 .sh。",
    "A file that Iris did not write itself from the same conversation, or that was changed since, is replaced only with --force.":
      "不是由 Iris 从同一对话写出的文件，或之后改动过的文件，只有加上 --force 才会被替换。",
    "The file; NAME.json unless it is given. - is standard output.": "文件；不写则为 NAME.json。- 表示标准输出。",
    "json, iris.json, md, html or sh, where the file's name does not tell it.":
      "json、iris.json、md、html 或 sh，用于文件名没有表明的情况。",
    "Replace whatever file is there.": "替换已有的任何文件。",
    "Read conversations of Iris and of other programs.": "读入 Iris 和其他程序的对话。",
    "Read are files of Iris, OpenAI messages (JSON, JSON Lines), exports of ChatGPT and Claude (the .zip as it came, its folder, or conversations.json), Open WebUI and LibreChat (JSON), sessions of aichat (.yaml), folders of gptme, and the databases of llm (logs.db), oterm (store.db) and Iris (iris.sqlite). The mcpServers of a claude_desktop_config.json go into config.yaml, and are shown. What is there already is not doubled; the files stay as they are.":
      "可读入 Iris 的文件、OpenAI 消息（JSON、JSON Lines）、ChatGPT 和 Claude 的导出（原样的 .zip、其文件夹或 conversations.json）、Open WebUI 和 LibreChat（JSON）、aichat 的记录（.yaml）、gptme 的文件夹，以及 llm（logs.db）、oterm（store.db）和 Iris（iris.sqlite）的数据库。claude_desktop_config.json 中的 mcpServers 会写入 config.yaml 并显示出来。已有的内容不会重复；文件保持原样。",
    "The files, archives or folders.": "文件、压缩包或文件夹。",
    "Print what would come, and import nothing.": "只输出将读入的内容，不导入。",
    "With --dry-run: print JSON.": "与 --dry-run 合用：输出 JSON。",
    "A file, or a folder, outside the import's own folder, whose pictures may be read.":
      "导入文件夹以外、允许读取其中图片的文件或文件夹。",
    "Print the tokens and the money used, by month and model.": "按月份和模型输出用掉的 token 和费用。",
    "Count the tokens of a text and of pictures, by the server where it can.":
      "计算文字和图片的 token 数，能由服务器计数时由它计数。",
    "The number is the server's own count, or an estimate by the model's rules behind ≈. The text is the words, the file that they name, or what is piped in.":
      "数字是服务器自己的计数，或者是 ≈ 之后按模型规则的估计。文字可以是命令行中的词、它们所指的文件，或管道送来的内容。",
    "A text, or a file that holds one.": "文字，或含有文字的文件。",
    "List the models that the server offers.": "列出服务器提供的模型。",
    "The server's address.": "服务器的地址。",
    "A server by its name.": "服务器的名称。",
    "List the tools that a model may be given.": "列出可以提供给模型的工具。",
    "Tools are programs in ~/.config/iris/tools, each with a NAME.yaml beside it, folders that were built for llm-functions, and those inside Iris. None is given to a model unless it is named: --tool NAME, /tools NAME on, or tools: in config.yaml.":
      "工具是 ~/.config/iris/tools 中的程序（旁边各有一个 NAME.yaml）、为 llm-functions 构建的文件夹，以及 Iris 内置的工具。只有指明的才会提供给模型：--tool NAME、/tools NAME on，或 config.yaml 中的 tools:。",
    "Start the MCP servers, and show how they are.": "启动 MCP 服务器并显示其状况。",
    "Servers of the Model Context Protocol are named in mcp in config.yaml: programs, or addresses. This starts each of them, shows its revision, its tools and what went wrong, and ends it.":
      "Model Context Protocol 服务器写在 config.yaml 的 mcp 中：程序或地址。此命令启动每一个，显示其版本、工具和出错的地方，然后结束它。",
    "The servers to start; all of them, where none is named.": "要启动的服务器；不写则全部启动。",
    "Ask a server what it can do, and find out anew what Iris learned of it.":
      "询问服务器有哪些能力，并重新了解它。",
    "The model to ask.": "要询问的模型。",
    "Ask without being asked for leave.": "不征求同意，直接询问。",
    "Run the demo server on this machine and print its address.": "在本机运行演示服务器并输出其地址。",
    "The port; any that is free unless it is given.": "端口；不写则用任一空闲端口。",
    "Make pictures, or change some, and print their paths.": "生成或修改图片，并输出其路径。",
    "What it costs is told first, on standard error. A prompt that is piped in stands behind the one of the command line. With -i the prompt says what to change; transparent pixels of --mask say where. Without -o the file is named for the prompt. A file that is there is replaced only with --force.":
      "费用会先在标准错误输出上说明。管道送来的提示词接在命令行的提示词之后。用 -i 时提示词说明要修改什么，--mask 的透明像素表示修改哪里。不写 -o 则以提示词为文件命名。已有的文件只有加上 --force 才会被替换。",
    "What is to be seen.": "要画的内容。",
    "A picture to change: a path, a URL, or - for standard input. May be repeated.":
      "要修改的图片：路径、网址，或用 - 表示标准输入。可重复。",
    "A PNG as large as the first picture, transparent where it is changed.":
      "与第一张图片同样大小的 PNG，透明处会被修改。",
    "Like 1536x1024 or 3:2; what the model likes unless it is given.":
      "例如 1536x1024 或 3:2；不写则由模型决定。",
    "Like low, medium, high or hd; low where the model knows it.":
      "例如 low、medium、high 或 hd；模型支持时默认为 low。",
    "Like vivid or natural, where the model knows styles.": "例如 vivid 或 natural，用于支持风格的模型。",
    "transparent or opaque, where the model can.": "transparent 或 opaque，用于支持的模型。",
    "How many pictures.": "图片的数量。",
    "Styles, parted by commas: the prompt is drawn in each of them.": "以逗号分隔的风格：提示词按每种风格各画一次。",
    "A whole number that makes pictures repeatable, where the server can.": "一个整数，在服务器支持时让图片可以重现。",
    "The model that draws.": "绘图的模型。",
    "The file, like NAME.png; several get numbers.": "文件，例如 NAME.png；多张会编号。",
    "Print JSON: path, size, format and bytes of each picture.": "输出 JSON：每张图片的路径、尺寸、格式和字节数。",
    "Another config.yaml.": "另一个 config.yaml。",
    "Log requests and answers, without keys, to a file that is told.":
      "把请求和应答（不含密钥）记入日志文件，并说明其位置。",
    "A server of config.yaml, or one that Iris knows, by its name.":
      "config.yaml 中的服务器或 Iris 已知的服务器的名称。",
    "List, put, get and remove files on a server.": "列出、上传、下载和删除服务器上的文件。",
    "Files go by their names; of several of one name the newest is NAME#1. Iris itself puts documents of more than 5 MB there, and with --upload pictures and every document: for a day, once for each server.":
      "文件以名称称呼；同名的几个中最新的是 NAME#1。Iris 自己会上传超过 5 MB 的文档，加上 --upload 则上传图片和所有文档：保留一天，每个服务器只传一次。",
    "List the files, newest first, and whose conversation names them.": "列出文件及提到它们的对话，最新的在前。",
    "Put files on the server, pictures without their metadata.": "把文件上传到服务器，图片不含元数据。",
    "The files.": "文件。",
    "After how many days the server removes them, 1 to 30; never, unless it is given.":
      "服务器在多少天后删除它们，1 到 30；不写则不删除。",
    "Write a file of the server into this folder.": "把服务器上的文件写到当前文件夹。",
    "The file's name on the server.": "文件在服务器上的名称。",
    "Another path; - is standard output.": "另一个路径；- 表示标准输出。",
    "Remove files from the server.": "从服务器删除文件。",
    "The files' names on the server.": "文件在服务器上的名称。",
    "Remove what Iris put on the server and no conversation names any more.":
      "删除由 Iris 上传且不再有对话提到的文件。",
    "List, fill and remove libraries, which a server searches for the model.":
      "列出、填充和删除资料库，服务器会为模型搜索它们。",
    "A library is a vector store of the server (OpenAI: the first GB is free, then $0.10 a GB and day). /library NAME and iris ask --library NAME let the model search it.":
      "资料库是服务器的向量存储（OpenAI：第一个 GB 免费，之后每 GB 每天 $0.10）。/library NAME 和 iris ask --library NAME 让模型搜索它。",
    "List the libraries, newest first.": "列出资料库，最新的在前。",
    "Put files into a library, which is made where there is none.": "把文件放入资料库；没有时会建立。",
    "The library.": "资料库。",
    "Remove a library, and the files in it, from the server.": "从服务器删除资料库及其中的文件。",
    "A terminal chat client that can see.": "看得见图片的终端聊天客户端。",
    "iris chat --help tells the options that iris takes by itself.":
      "iris chat --help 列出 iris 本身的选项。",
    "Chat in the terminal, on a new conversation or an old one; with words, ask them.":
      "在终端中聊天，新建或继续对话；写出文字则直接提问。",
    "A question that is asked without the screen, as iris ask does.":
      "不打开屏幕而直接提出的问题，与 iris ask 相同。",
    "Go on with the last one.": "继续最近的对话。",
    "Open the conversation of this name.": "打开这个名称的对话。",
    "Read the whole store and say what is damaged, missing or left over.": "读取整个存储，说明哪些已损坏、缺失或多余。",
    "Save again what a damaged store holds; of all that were set aside without a file.":
      "再次救回损坏的存储中的内容；不写文件则处理所有移到一旁的存储。",
    "The damaged store's file.": "损坏的存储文件。",
    "The system message, or @FILE.": "系统消息，或 @FILE。",
    "The temperature, 0 to 2.": "temperature，0 到 2。",
    "top_p, 0 to 1.": "top_p，0 到 1。",
    "The most tokens that the reply may have.": "回复最多有多少 token。",
    "A whole number that makes replies repeatable, where the server can.": "一个整数，在服务器支持时让回复可以重现。",
    "Any setting of the request, as NAME=JSON: top_k=40. May be repeated.":
      "请求的任何设置，写成 NAME=JSON：top_k=40。可重复。",
    "A picture or a document: a path or a URL. May be repeated.": "图片或文档：路径或网址。可重复。",
    "How closely the model looks: auto, low, high, original, or tiles for print in long pictures.":
      "模型看得多仔细：auto、low、high、original，或用于长图中小字的 tiles。",
    "Ask for a reply in JSON.": "请求 JSON 格式的回复。",
    "A file with a JSON Schema that the reply must follow.": "含有 JSON Schema 的文件，回复必须符合它。",
    "Fetch pictures at URLs here and send them inside the request.": "在本机抓取网址上的图片，随请求一起发送。",
    "Put pictures and documents on the server once, and name them in requests.":
      "把图片和文档上传到服务器一次，之后请求只引用它们。",
    "A tool that the model may call, by its name. May be repeated.": "模型可以调用的工具的名称。可重复。",
    "The call that replies are asked for with: auto, chat or responses.":
      "用哪种调用请求回复：auto、chat 或 responses。",
    "Speak a text: play it, or write it to a file.": "朗读文本：播放，或写入文件。",
    "Without -o the sound is played as it comes, by player in config.yaml or the first of mpv, ffplay, pw-cat, pacat, play and aplay. Without a text, standard input is spoken. A long text is cut at sentence ends. Sound is kept: hearing it again asks nobody.":
      "不写 -o 则随到随播，使用 config.yaml 中的 player，或 mpv、ffplay、pw-cat、pacat、play、aplay 中的第一个。没有文本时朗读标准输入。长文本在句末切分。声音会保留：再听一次不会再请求。",
    "The text.": "文本。",
    "The voice, as the server calls it.": "声音的名称，按服务器的叫法。",
    "How fast, 0.25 to 4.": "语速，0.25 到 4。",
    "mp3, opus, aac, flac, wav or pcm; as the file's name says, unless it is given.":
      "mp3、opus、aac、flac、wav 或 pcm；不写则按文件名。",
    "How to speak, in words, for models that follow them.": "用文字说明如何朗读，用于支持的模型。",
    "A file; - is standard output.": "文件；- 表示标准输出。",
    "Write down what is said in recordings.": "把录音中的话写成文字。",
    "Recordings are wav, mp3, flac, ogg, m4a or webm. One of more than 25 MiB is cut at silences by ffmpeg, which is told. --to en uses the server's translation where it has one; else, and for other languages, the model that you chat with translates.":
      "录音可以是 wav、mp3、flac、ogg、m4a 或 webm。超过 25 MiB 的由 ffmpeg 在静音处切分，并会说明。--to en 使用服务器的翻译（如果有）；否则，以及译成其他语言时，由聊天所用的模型翻译。",
    "The recordings.": "录音。",
    "The language that is spoken, in two letters.": "所说的语言，两个字母。",
    "A name or word that is likely to be said. May be repeated.": "可能说到的名称或词。可重复。",
    "What was said before, or how to write.": "之前说过的话，或书写的方式。",
    "The language to translate into, such as en.": "要译成的语言，例如 en。",
    "text, json, srt or vtt.": "text、json、srt 或 vtt。",
    "The file to write to.": "要写入的文件。",
    "Make vectors of texts, or put files into an index for iris similar.":
      "生成文本的向量，或把文件放入供 iris similar 使用的索引。",
    "Each text is a JSON object a line: text, model, dimensions, embedding. Without a text, or for -, standard input is one. With --index the words are files, cut into pieces of some 2,000 bytes at blank lines; what is in the index already costs nothing, what is no longer in a file goes.":
      "每段文本一行 JSON 对象：text、model、dimensions、embedding。没有文本或写 - 时，标准输入为一段文本。用 --index 时这些词是文件，在空行处切成约 2,000 字节的片段；索引中已有的不再计费，文件中不再有的会移除。",
    "The texts, or with --index the files.": "文本；用 --index 时为文件。",
    "How many numbers a vector has, for models that can choose.": "向量有多少个数，用于可选的模型。",
    "json, or f32: floats of four bytes, little-endian.": "json，或 f32：四字节浮点数，小端序。",
    "Put the files' texts into the index of this name.": "把文件中的文本放入这个名称的索引。",
    "Take each line for a text of its own.": "每行各为一段文本。",
    "List the indexes.": "列出索引。",
    "With --list: print JSON.": "与 --list 合用：输出 JSON。",
    "Take the index of this name away.": "移除这个名称的索引。",
    "Find the texts of an index that are nearest in meaning to a text.": "在索引中查找与一段文本含义最接近的文本。",
    "Printed are the score (1 is the same), the place and the first line of each. Without a text, or for -, each line of standard input is looked for.":
      "输出每段的得分（1 为相同）、位置和第一行。没有文本或写 - 时，查找标准输入的每一行。",
    "The index.": "索引。",
    "How many, 1 to 1000; 10 unless it is given.": "数量，1 到 1000；不写则为 10。",
    "Show the version.": "显示版本。",
    "Show help information.": "显示帮助。",
    "OVERVIEW: %@": "概述：%@",
    "USAGE: %@": "用法：%@",
    "ARGUMENTS:": "参数：",
    "OPTIONS:": "选项：",
    "SUBCOMMANDS:": "子命令：",
    "  See '%@' for detailed help.": "  详细帮助见“%@”。",
    "%@ (values: %@; default: %@)": "%@（可用：%@；默认：%@）",
    "%@ (values: %@)": "%@（可用：%@）",
    "%@ (default: %@)": "%@（默认：%@）",
    "%@ (default)": "%@（默认）",
    "<options>": "<选项>",
    "<subcommand>": "<子命令>",
  ]

  /// The heads of tables that calls print on a terminal, and words in their fields.
  static let tables: [String: String] = [
    "month": "月份",
    "provider": "服务器",
    "model": "模型",
    "replies": "回复",
    "in": "输入",
    "cached": "缓存",
    "out": "输出",
    "cost": "费用",
    "pictures": "图片",
    "amount": "数量",
    "title": "标题",
    "updated": "更新时间",
    "messages": "消息",
    "created": "创建时间",
    "import": "导入",
    "role": "角色",
    "line": "内容",
    "window": "窗口",
    "price": "价格",
    "reads": "可读",
    "library": "资料库",
    "size": "大小",
    "file": "文件",
    "removed": "删除日期",
    "conversation": "对话",
    "index": "索引",
    "texts": "文本数",
    "score": "得分",
    "place": "位置",
    ", ": "、",
    "new": "新",
    "grown": "有新消息",
    "known": "已有",
  ]
}
