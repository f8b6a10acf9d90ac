extension ChineseCatalogue {
  /// Sentences about which server is asked, and with which key.
  static let servers: [String: String] = [
    "%@ offers %@. /models chooses one.": "%@ 提供 %@。用 /models 选择。",
    "The model is %@, the only one at %@.": "模型是 %@，%@ 只有这一个。",
    "%@ answers at %@. %@ uses it instead of the demo.": "%@ 在 %@ 有应答。%@ 用它代替演示。",
    "asks for the server's key without showing it, and keeps it in the keyring":
      "询问服务器的密钥而不显示，并存入密钥环",
    "The demo wants no key. /provider chooses a server.": "演示不需要密钥。用 /provider 选择服务器。",
    "The key for %@ holds until you quit. To keep it, install libsecret-tools, or set api_key_command.":
      "%@ 的密钥在退出前有效。要保留它，请安装 libsecret-tools，或设置 api_key_command。",
    "The key for %@ is kept in the keyring.": "%@ 的密钥已存入密钥环。",
    "The key for %@ (%@); it is not shown, and Enter alone gives none: ":
      "%@（%@）的密钥；不会显示，直接按 Enter 则不提供：",
    "No key was given. /key asks again.": "没有输入密钥。/key 可再次询问。",
    "What is sent and what comes is logged, without keys, in %@.": "收发的内容（不含密钥）记录在 %@。",
    "The log %@ is cut off (%@). Make room, then run it again.":
      "日志 %@ 不完整（%@）。请腾出空间后重新运行。",
    "What was learned of the server is not kept, and is learned again: %@ cannot be written (%@). Check its folder.":
      "从服务器得知的内容未能保留，下次会重新得知：无法写入 %@（%@）。请检查其文件夹。",
    "Nothing is logged: %@ is not writable. Check its permissions.":
      "没有记录：%@ 不可写。请检查其权限。",
    "logs requests and answers, without keys, to a file that is told": "把请求和回应（不含密钥）记录到所示的文件",
    "text, json, or a file with a JSON Schema": "text、json，或含 JSON Schema 的文件",
    "asks for a reply that follows a JSON Schema": "要求回复符合 JSON Schema",
    "response_format is text, json or a file; there is no file %@ to read.":
      "response_format 是 text、json 或文件；没有可读取的文件 %@。",
    "%@ is not valid JSON. Correct it, or name a file with a JSON Schema.":
      "%@ 不是有效的 JSON。请更正，或指定含 JSON Schema 的文件。",
    "%@ is no JSON Schema. It must hold an object such as {\"type\": \"object\"}.":
      "%@ 不是 JSON Schema。它必须含有如 {\"type\": \"object\"} 的对象。",
    "%@ takes no pictures. /models lists others.": "%@ 不接受图片。/models 会列出其他模型。",
    "What was learned of %@ at %@ is found out anew.": "对 %@（%@）的了解已忘掉，将重新得知。",
    "taken, but not seen: of the colour red it says: %@": "接受了，但没有看到：对于红色它说：%@",
    "yes": "是",
    "no": "否",
    "unclear": "不明",
    "No model is chosen, and %@ lists none. Name one with --model.":
      "没有选择模型，%@ 也没有列出任何模型。请用 --model 指定。",
    "Nothing was asked. Add --yes where nobody can be asked for leave.":
      "没有发出任何询问。在无法征求同意的地方请加上 --yes。",
    "Go on? y or n:": "继续吗？y 或 n：",
    "%@ is asked %@ questions of some 700 tokens with %@.": "将向 %@ 提出 %@ 个问题，约 700 个 token，模型为 %@。",
    "%@ is asked %@ questions with %@, for ≈%@.": "将向 %@ 提出 %@ 个问题，模型为 %@，费用 ≈%@。",
    "%@; %@ is not among them": "%@；其中没有 %@",
    "%@; this one reads %@ tok and pictures": "%@；这一个可读 %@ 个 token 和图片",
    "%@; this one reads %@ tok, no pictures": "%@；这一个可读 %@ 个 token，不读图片",
    "%@; this one reads %@ tok": "%@；这一个可读 %@ 个 token",
    "%@; this one reads pictures": "%@；这一个能读图片",
    "%@; this one reads no pictures": "%@；这一个不读图片",
    "%@, this one among them": "%@，包括这一个",
    "the reply comes whole": "回复整段发来",
    "the reply was empty": "回复是空的",
    "first words after %@ s, tokens are counted": "%@ 秒后出现文字，有 token 计数",
    "first words after %@ s, tokens are not counted": "%@ 秒后出现文字，没有 token 计数",
    "taken": "已接受",
    "it says: %@": "它说：%@",
    "temperature is taken": "接受 temperature",
    "it calls %@": "它调用了 %@",
    "the answer has no reply": "回答中没有回复",
    "taken, but the model called none": "已接受，但模型没有调用",
    "the answer has no output": "回答中没有输出",
    "the second wire is there": "有第二种接口",
  ]
}
