extension ChineseCatalogue {
  /// Sentences about the answers to commands and keys.
  static let session: [String: String] = [
    "The reply has a picture at an address that is not kept.": "回复中有一张图片，其地址无法保留。",
    "A picture of the reply is not kept: %@": "回复中的一张图片未能保存：%@",
    "The reply has a picture: %@": "回复中有一张图片：%@",
    "There is no command /%@. /help lists them; // sends a line with a slash.":
      "没有命令 /%@。/help 列出所有命令；以 // 开头可发送带斜杠的一行。",
    "There is no command /%@. Did you mean /%@? /help lists them.":
      "没有命令 /%@。是否想用 /%@？/help 列出所有命令。",
    "It is written %@, for example %@.": "写法是 %@，例如 %@。",
    "The editor failed; the text is as it was. Up brings back what it had saved.":
      "编辑器出错退出；文字保持原样。按上键可取回已在其中保存的内容。",
    "The editor ended with an error; the text is as it was. Check $EDITOR.":
      "编辑器出错退出；文字保持原样。请检查 $EDITOR。",
    "Commands and keys": "命令与按键",
    "There is no command /%@. /help lists them.": "没有命令 /%@。/help 列出所有命令。",
    "%@: %@, for example %@.": "%@：%@，例如 %@。",
    "Keys": "按键",
    "sends the message": "发送消息",
    "completes commands, values, paths and names": "补全命令、值、路径和名称",
    "No server has told what this conversation used yet.": "还没有服务器告知这个对话的用量。",
    "price unknown": "价格未知",
    "%@: %@, %@, %@": "%@：%@，%@，%@",
    "%@ in, %@ out": "输入 %@，输出 %@",
    "%@ in (%@ cached), %@ out": "输入 %@（缓存 %@），输出 %@",
    "Messages not on disk yet: %@. /save FILE writes them elsewhere; leaving again loses them.":
      "还有 %@ 条消息没有写入磁盘。/save 文件 可以写到别处；再次退出就会丢失。",
    "now": "刚刚",
    "%@ min": "%@ 分钟前",
    "%@ h": "%@ 小时前",
    "%@ d": "%@ 天前",
    "%@ mo": "%@ 个月前",
    "%@ y": "%@ 年前",
    "%@: %@, %@": "%@：%@，%@",
    "This conversation": "这个对话",
    "All conversations": "所有对话",
    "Tokens and money": "Token 与费用",
    "Ctrl-C again quits.": "再按一次 Ctrl-C 退出。",
    "Not sent yet. Enter sends the message.": "尚未发送。按 Enter 发送消息。",
    "The wheel moves the transcript again.": "滚轮重新滚动对话记录。",
    "There is nothing to select yet.": "还没有可以选择的内容。",
    "Nothing was copied: the line is empty.": "没有复制：该行是空的。",
    "The mouse selects text now; Ctrl-X m takes it back.": "现在鼠标用于选择文字；Ctrl-X m 收回。",
    "No reply has shown its reasoning.": "还没有回复显示过思考过程。",
    "Nothing was changed.": "没有任何改动。",
    "%@ takes %@, not %@.": "%@ 应为%@，而不是 %@。",
    "%@ is not set, and not sent.": "%@ 没有设置，也不会发送。",
    "%@ is %@.": "%@ 为 %@。",
    "%@ is %@, by config.yaml for %@.": "%@ 为 %@，来自 config.yaml 中 %@ 的设置。",
    "There is no parameter %@: there are %@.": "没有参数 %@：可用的有 %@。",
    "none": "无",
    "%@ is set for %@ in config.yaml. /set %@ VALUE goes before it here.":
      "%@ 在 config.yaml 中为 %@ 设置。/set %@ 值 在这里优先。",
    "not sent": "不发送",
    "%@ (command line)": "%@（来自命令行）",
    "%@ (set in this conversation)": "%@（在这个对话中设置）",
    "%@ (configuration)": "%@（来自配置）",
    "%@ (chosen last time)": "%@（上次选择）",
    "%@ (by default)": "%@（默认）",
    "“%@” cannot name a setting: it takes letters, digits and _ . - alone, as in top_k.":
      "“%@”不能作设置的名称：只能用字母、数字和 _ . -，如 top_k。",
    "What is sent with the next request": "下一次请求发送的内容",
    "The next Enter writes a message of the %@.": "下一次 Enter 写入一条 %@ 的消息。",
    "Enter sends what you write, and asks for a reply.": "Enter 发送你写的内容并请求回复。",
    "Enter adds instructions to the history; /role user goes back.":
      "Enter 将指令加入历史；/role user 可切回。",
    "Enter adds an answer as if the model had given it; /role user goes back.":
      "Enter 加入一条回答，视同模型所给；/role user 可切回。",
    "There is no role %@: it is user, system or assistant.": "没有角色 %@：可用 user、system 或 assistant。",
    "There is no system message. /system TEXT sets one.": "没有系统消息。/system TEXT 可设置。",
    "The system message is: %@": "系统消息是：%@",
    "The system message is removed; Up brings it back.": "系统消息已移除；按 Up 可找回。",
    "The system message opens every request now.": "系统消息现在位于每次请求的开头。",
    "No model is chosen. /model NAME or /models chooses one.":
      "没有选择模型。请用 /model NAME 或 /models 选择。",
    "The model is %@. /models lists the others.": "模型是 %@。/models 列出其他模型。",
    "Iris itself writes %@ into each request. Leave it out.": "%@ 由 Iris 自己写入每个请求。请不要设置。",
    "%@ takes JSON, such as 40, true, [1, 2] or \"text\" in quotes, not %@.":
      "%@ 需要 JSON，如 40、true、[1, 2] 或带引号的 \"文字\"，不能是 %@。",
    "%@ is %@. Iris does not know it, and sends it unchecked.": "%@ 为 %@。Iris 不认识它，会原样发送，不作检查。",
    "%@ Did you mean %@?": "%@是否想写 %@？",
    "%@, sent unchecked": "%@，原样发送，不作检查",
    "The model is %@ now.": "模型已换为 %@。",
    "The model is %@ now. New conversations with %@ begin with it.":
      "模型已换为 %@。今后与 %@ 的新对话也用它。",
    "The model is chosen for now alone: %@ cannot be written (%@). Check its folder.":
      "模型只在这次有效：无法写入 %@（%@）。请检查其文件夹。",
    "There is no provider %@: there are %@.": "没有服务器 %@：可用的有 %@。",
    "Requests go to %@ now.": "请求现在发往 %@。",
    "The server lists no models. /model NAME chooses one all the same.":
      "服务器没有列出模型。仍可用 /model NAME 选择。",
    "Models": "模型",
    "Providers": "服务器",
  ]
}
