extension ChineseCatalogue {
  /// Sentences about starting, asking and leaving.
  static let program: [String: String] = [
    "%@: trying again in %@ s.": "%@：将在 %@ 秒后重试。",
    "There is no conversation named “%@”. iris list shows those there are.":
      "没有名为“%@”的对话。iris list 会列出已有的对话。",
    "%@ did not give the picture (HTTP %@): check that address in a browser.":
      "%@ 没有给出图片（HTTP %@）：请在浏览器中检查该地址。",
    "There is no question. Write one: iris ask PROMPT": "没有问题。请写成：iris ask PROMPT",
    "Nothing is asked of what --add adds. Write a question too, or keep it: --save NAME":
      "--add 添加的消息没有随附问题。请再写一个问题，或保存下来：--save NAME",
    "The address of %@ ends in %@; Iris asks for /chat/completions there. Leave %@ out of it.":
      "%@ 的地址以 %@ 结尾；Iris 在那里请求 /chat/completions。请从地址中去掉 %@。",
    "Standard input cannot be read (%@), and nothing was sent. Without any, add: </dev/null":
      "无法读取标准输入（%@），未发送任何内容。不需要输入时请加上：</dev/null",
    "Standard input is not UTF-8 text. Convert it first, for example with iconv.":
      "标准输入不是 UTF-8 文本。请先转换，例如使用 iconv。",
    "Come back with: iris --load %@": "下次可这样回来：iris --load %@",
    "Come back with: iris --continue": "下次可这样回来：iris --continue",
    "The output is cut off: there is no space left. Make room, then run the command again.":
      "输出被截断：没有剩余空间。请腾出空间，然后重新运行命令。",
    "The output is cut off: your disk quota is used up. Remove some files, then run the command again.":
      "输出被截断：你的磁盘配额已用完。请删除一些文件，然后重新运行命令。",
    "The output is cut off: files may not be larger here (ulimit -f). Raise that limit, then run the command again.":
      "输出被截断：此处不允许更大的文件（ulimit -f）。请调高该限制，然后重新运行命令。",
    "The output cannot be written (%@). Send it to another file.":
      "无法写出输出（%@）。请输出到另一个文件。",
    "%@ is left out: %@": "已略去 %@：%@",
    "Iris needs a terminal. In a pipe, use: iris ask PROMPT": "Iris 需要终端。在管道中请使用：iris ask PROMPT",
    "TERM is not set, so the screen cannot be drawn. Set it, for example: TERM=xterm-256color":
      "没有设置 TERM，无法绘制屏幕。请设置它，例如：TERM=xterm-256color",
    "The terminal %@ is not known here. Try: TERM=xterm-256color iris":
      "这里不认识终端 %@。请尝试：TERM=xterm-256color iris",
    "The terminal %@ cannot move the cursor. In scripts, use: iris ask PROMPT":
      "终端 %@ 无法移动光标。在脚本中请使用：iris ask PROMPT",
    "No UTF-8 locale is installed. Install one, or set LC_ALL=C.UTF-8.":
      "没有安装 UTF-8 的区域设置。请安装一个，或设置 LC_ALL=C.UTF-8。",
    "%@ failed (error %@). Close some programs, then try again.": "%@ 失败（错误 %@）。请关闭一些程序，然后重试。",
    "%@ cannot be read or written (error %@). Check its permissions.": "无法读写 %@（错误 %@）。请检查其权限。",
    "The conversation is written to %@.": "对话已写入 %@。",
    "%@ That could not be noted in %@ (%@): replacing the file will be asked about.":
      "%@未能在 %@ 中记下（%@）：替换该文件时会再询问。",
    "The conversation is written to %@, without the missing picture %@.": "对话已写入 %@，但缺少图片 %@。",
    "%@ What is stored can be read; new messages stay in memory until it can be written.":
      "%@已保存的内容可以阅读；新消息先留在内存中，等可以写入时再保存。",
    "Read: %@.": "已读入 %@。",
    "%@ /list shows them.": "%@/list 列出它们。",
    "%@ Left out: %@.": "%@未能读入：%@。",
    "%@ iris import FILE --allow-path %@ reads such a picture.":
      "%@用 iris import FILE --allow-path %@ 可读入这样的图片。",
    "%@ There already: %@.": "%@已经存在：%@ 个。",
    "%@ Gone on since: %@.": "%@之后有新消息：%@ 个。",
    "sounds": "声音",
    "files": "文件",
    "pictures that cannot be read": "无法读取的图片",
    "pictures that are missing": "缺失的图片",
    "pictures outside the folder": "文件夹之外的图片",
    "pictures at addresses that are neither http nor https": "网址不是 http 或 https 的图片",
    "switched-on tools (/tools, /web and /python switch them on)":
      "已开启的工具（可用 /tools、/web 和 /python 开启）",
    "messages that follow themselves": "首尾相接成环的消息",
    "parts of other kinds": "其他种类的部分",
    "%@ /list opens them.": "%@/list 可打开它们。",
    "%@ is there, and not from this conversation. Replace it?": "%@ 已存在，且不是由这个对话写成。要替换它吗？",
    "%@ is still being read. Esc stops it.": "仍在读取 %@。Esc 停止。",
    "reading %@, %@ stored, Esc stops": "正在读取 %@，已存入 %@ 个，Esc 停止",
    "The system starts too few threads for Iris here. Raise the limit of processes (ulimit -u), or of memory (ulimit -v).":
      "系统在这里允许 Iris 启动的线程太少。请调高进程数限制（ulimit -u）或内存限制（ulimit -v）。",
    "The limit of open files is %@ here, which is too little. Raise it: ulimit -n 256":
      "此处可打开的文件数上限为 %@，太少了。请提高：ulimit -n 256",
    "What you type is not kept for the next time: %@ is not writable.": "输入的内容不会留到下次：%@ 不可写。",
    "The text is too long for the terminal's clipboard. /save FILE or /pipe takes all of it.":
      "文字太长，终端的剪贴板放不下。/save FILE 或 /pipe 可取得全部。",
    "There is no clipboard here. /save FILE or /pipe takes the text.":
      "这里没有剪贴板。可用 /save FILE 或 /pipe 取走文字。",
    "Copied %@ through the terminal (OSC 52).": "已通过终端（OSC 52）复制 %@。",
    "The demo could not be started: no port on 127.0.0.1 is free. Try again.":
      "无法启动演示：127.0.0.1 上没有空闲端口。请重试。",
    "The demo cannot listen on 127.0.0.1. Set OPENAI_API_KEY to talk to a server instead.":
      "演示无法在 127.0.0.1 上监听。请设置 OPENAI_API_KEY，改与服务器对话。",
    "What you type is not kept: %@ is no regular file. Remove it, then start again.":
      "输入的内容不会保留：%@ 不是普通文件。请删除它，然后重新启动。",
    "Iris was ended abruptly. What was stored comes back with: iris --continue":
      "Iris 意外终止。已保存的内容可这样取回：iris --continue",
    "%@ is a pipe: its settings are left out. Put a file in its place.":
      "%@ 是管道：其中的设置略去。请换成普通文件。",
    "The demo cannot listen on port %@ of 127.0.0.1. Choose another port.":
      "演示无法在 127.0.0.1 的端口 %@ 上监听。请另选端口。",
    "%@ lists no models. iris -m NAME asks one all the same.":
      "%@ 没有列出模型。iris -m NAME 仍可请求某个模型。",
    "No conversations are stored yet. iris ask --save NAME stores one.":
      "还没有保存的对话。iris ask --save NAME 可保存一个。",
    "Nothing was used yet.": "还没有用量。",
    "There are no indexes. iris embed --index NAME FILE makes one.":
      "没有索引。iris embed --index NAME FILE 可建立一个。",
  ]
}
