extension ChineseCatalogue {
  /// Sentences about the conversation: its branches, its requests and where it is kept.
  static let conversation: [String: String] = [
    "A reply is still coming: Esc stops it.": "回复仍在进行：Esc 停止。",
    "There is no message of yours to write anew yet.": "还没有可以重写的消息。",
    "Message %@ was not written by a person or a model: /copy %@ takes it.":
      "消息 %@ 不是人或模型写的：/copy %@ 可复制它。",
    "Message %@ is written anew: Enter makes a branch, Esc leaves it.":
      "正在重写消息 %@：Enter 成为分支，Esc 放弃。",
    "The message stays as it was.": "消息保持原样。",
    "There is nothing to take back.": "没有可以收回的内容。",
    "Taken back. Alt-Left shows it again, as a variant.": "已收回。Alt-Left 可将其作为变体再次显示。",
    "This is a copy now; the old conversation stays as it is.": "现在是副本；原来的对话保持不变。",
    "This is a copy now, “%@”; the old conversation stays as it is.":
      "现在是副本“%@”；原来的对话保持不变。",
    "A name takes at most %@ columns, this one %@. Give it a shorter one.":
      "名称最多占 %@ 列，这个占 %@ 列。请取短一些。",
    "A name needs letters. Give it one, as in /rename walk.": "名称需要有文字。例如：/rename walk。",
    "There is no variant %@: %@.": "没有变体 %@：%@。",
    "There are no variants here. /retry and /edit make them.": "这里没有变体。/retry 和 /edit 会产生变体。",
    "Variant %@ of %@.": "变体 %@，共 %@ 个。",
    "there is 1": "共有 1 个",
    "there are %@": "共有 %@ 个",
    "There is no message %@: %@.": "没有消息 %@：%@。",
    "%@, %@": "%@，%@",
    "%@  %@": "%@  %@",
    "(by /send: a line that asks the model to go on)": "（由 /send 加入：请模型继续的一行）",
    "%@, %@%% of the model's window": "%@，占模型窗口的 %@%%",
    "What the next request carries": "下一次请求的内容",
    "left out  %@": "已略去  %@",
    "%@  %@  %@": "%@  %@  %@",
    "▦ %@ left out": "▦ %@ 已略去",
    "▦ %@ %@": "▦ %@ %@",
    "Message %@ is left out of requests now. /keep %@ undoes it.": "消息 %@ 不再随请求发送。/keep %@ 可恢复。",
    "Message %@ has no pictures. /images lists them all.": "消息 %@ 没有图片。/images 列出所有图片。",
    "The pictures of message %@ are left out now. /keep %@ undoes it.":
      "消息 %@ 的图片不再发送。/keep %@ 可恢复。",
    "Message %@ is sent again.": "消息 %@ 恢复发送。",
    "Messages %@ are left out of requests now. /keep %@ undoes it.": "消息 %@ 不再随请求发送。/keep %@ 可恢复。",
    "Messages %@ are sent again.": "消息 %@ 恢复发送。",
    "%@ tok": "%@ tok",
    "≈%@ tok": "≈%@ tok",
    "tokens unknown": "token 数未知",
    "A new conversation. /list opens the old ones.": "已新建对话。/list 可打开旧的对话。",
    "The reply was stopped.": "回复已停止。",
    "Parameters and system message are those of the start.": "参数和系统消息恢复为启动时的设置。",
    "What waits to be sent comes along.": "待发送的内容会一并带来。",
    "Everything is stored already. /save NAME gives it a name.": "一切均已保存。/save NAME 可为其命名。",
    "Everything is stored already, as %@.": "一切均已保存，名称为 %@。",
    "Another conversation is called %@. Take the name from it?": "已有名为 %@ 的对话。要把这个名称转过来吗？",
    "There is nothing to write yet.": "还没有可写入的内容。",
    "Delete the conversation “%@”?": "要删除对话“%@”吗？",
    "This conversation is not stored yet: there is nothing to delete.": "这个对话尚未保存：没有可删除的内容。",
    "Delete this conversation?": "要删除这个对话吗？",
    "No conversation was deleted since the start.": "启动以来没有删除过对话。",
    "%@ takes no pictures.": "%@ 不接受图片。",
    "The request carries %@; %@ takes %@.": "请求带有 %@；%@ 最多接受 %@ 张。",
    "%@ fetches no pictures itself: attach %@ as a file.": "%@ 不会自行抓取图片：请将 %@ 作为文件附上。",
    "%@ has %@; %@ takes %@ a picture.": "%@ 有 %@；%@ 每张图片最多接受 %@。",
    "JSON is asked for, but no message says “JSON”, which servers demand.":
      "要求了 JSON，但没有消息提到“JSON”，而服务器要求提到。",
    "%@ has a side of %@ pixels; %@ takes %@.": "%@ 的边长为 %@ 像素；%@ 最多接受 %@。",
    "%@ /send sends it smaller.": "%@用 /send 则缩小后发送。",
    "The request has ≈%@; %@ takes %@.": "请求约有 %@；%@ 最多接受 %@。",
    "The history has %@; %@ takes %@.": "历史有 %@；%@ 最多接受 %@。",
    "%@ /send sends it all the same.": "%@仍要发送请用 /send。",
    "There is no reply to copy yet.": "还没有可复制的回复。",
    "The last reply has no block of code.": "最后的回复中没有代码块。",
    "There is no block %@: %@.": "没有代码块 %@：%@。",
    "“%@” is not in this conversation. /search looks in all of them.":
      "这个对话中没有“%@”。/search 会搜索所有对话。",
    "Nothing is being looked for. /find TEXT begins.": "没有在查找。/find TEXT 开始查找。",
    "Match %@ of %@. Ctrl-X n and Ctrl-X N move, Esc leaves.":
      "匹配 %@，共 %@ 处。Ctrl-X n 和 Ctrl-X N 移动，Esc 离开。",
    "The last reply has no links.": "最后的回复中没有链接。",
    "There is no link %@: %@.": "没有链接 %@：%@。",
    "There is no reply to hand over yet.": "还没有可交出的回复。",
    "There is nothing to read yet.": "还没有可阅读的内容。",
    "The server's content filter ended the reply.": "服务器的内容过滤终止了回复。",
    "Stopped. /send lets it go on, /retry asks again.": "已停止。/send 让它继续，/retry 重新请求。",
    "Stopped before any text came. %@ asks again.": "在收到文字之前停止。%@ 重新请求。",
    "The server changed (%@ to %@): the same seed may answer otherwise.":
      "服务器有变动（%@ 变为 %@）：同一 seed 的回答可能不同。",
    "There is nothing to send yet. Type a message and press Enter.": "还没有可发送的内容。请写一条消息并按 Enter。",
    "There is no reply to ask for again. Type a message and press Enter.":
      "没有可重新请求的回复。请写一条消息并按 Enter。",
    "A reply is still coming: Esc stops it, then Enter sends this.": "回复仍在进行：Esc 停止，然后按 Enter 发送。",
    "The message is empty. Type its text, then press Enter.": "消息是空的。请写下文字，再按 Enter。",
    "Picture %@ cannot be sent. Take it back with /detach %@.": "图片 %@ 无法发送。请用 /detach %@ 撤下。",
    "The message goes as soon as the server has told its libraries. Esc holds it back.":
      "服务器说明有哪些资料库后即发送消息。Esc 暂不发送。",
    "Not sent: /quit leaves Iris. Enter again sends “%@”.":
      "没有发送：/quit 退出 Iris。再按一次 Enter 则发送“%@”。",
    "The message goes as soon as the schema is read. Esc holds it back.":
      "读取 schema 后即发送消息。Esc 暂不发送。",
    "The conversation is still being opened: press Enter again in a moment.":
      "对话还在打开：请稍后再按 Enter。",
    "The server is still asked for its libraries: press Enter again in a moment.":
      "还在询问服务器有哪些资料库：请稍后再按 Enter。",
    "The schema is still being read: press Enter again in a moment.":
      "还在读取 schema：请稍后再按 Enter。",
    "The message goes as soon as the conversation is open. Esc holds it back.":
      "对话打开后就会发送消息。按 Esc 可暂缓发送。",
    "The message goes as soon as its pictures are ready. Esc holds it back.":
      "图片就绪后即发送消息。Esc 暂不发送。",
    "All messages are on disk again.": "所有消息已重新写入磁盘。",
    "Another program wrote to this conversation too: this goes on as a branch of it.":
      "另一个程序也写入了这个对话：这里作为其分支继续。",
    "This conversation is open already.": "这个对话已经打开。",
    "No conversations are stored yet.": "还没有保存任何对话。",
    "Conversations": "对话",
    "“%@” is in no conversation.": "没有对话包含“%@”。",
    "Messages with “%@”": "包含“%@”的消息",
    "The conversation is called %@ now.": "对话现在名为 %@。",
    "“%@” is deleted. /undelete brings it back until you quit.": "“%@”已删除。退出之前可用 /undelete 找回。",
    "“%@” is back. /list shows it.": "“%@”已找回。/list 可看到它。",
    "Copied %@ to the clipboard.": "已复制 %@到剪贴板。",
    "Copied %@ to tmux, and to the terminal's clipboard where it allows that.":
      "已复制 %@到 tmux，并在终端允许时复制到终端的剪贴板。",
    "%@ is still running. Esc stops it.": "%@ 还在运行：Esc 停止。",
    "%@ was stopped before its end. /pipe begins anew.": "%@ 已中途停止。/pipe 可重新开始。",
    "%@ is done.": "%@ 已完成。",
    "%@: %@": "%@：%@",
    "%@ ended with status %@: %@": "%@ 以状态 %@ 结束：%@",
    "%@ ended with status %@ and printed nothing.": "%@ 以状态 %@ 结束，没有输出。",
    "%@ ended with status %@.": "%@ 以状态 %@ 结束。",
    "A key goes back to the conversation.": "按任意键返回对话。",
    "Opened %@.": "已打开 %@。",
    "No program opens links here. The address is %@": "这里没有能打开链接的程序。地址是 %@",
    "The model is %@ now, which %@ does not list. /models lists what it has.":
      "现在的模型是 %1，但 %2 没有列出它。/models 列出已有的模型。",
  ]
}
