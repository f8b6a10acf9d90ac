extension ChineseCatalogue {
  /// Sentences about questions without a screen, how replies end, and what keeps requests back.
  static let ask: [String: String] = [
    "Left out, since %@ takes no pictures: %@ of earlier messages.":
      "%@ 不接受图片，已略去：之前消息中的 %@。",
    "Left out, since %@ takes %@ a request: %@ of earlier messages.":
      "%@ 每次请求只接受 %@，已略去：之前消息中的 %@。",
    "Left out, since %@ refuses one: %@ of earlier messages.":
      "%@ 拒绝了其中一张，已略去：之前消息中的 %@。",
    "Left out, since %@ fetches none itself: %@ of earlier messages.":
      "%@ 不会自行抓取图片，已略去：之前消息中的 %@。",
    "Left out, since %@ takes no more bytes: %@ of earlier messages.":
      "%@ 不接受更多字节，已略去：之前消息中的 %@。",
    "The reply filled the model's context of %@ tokens.": "回复已占满模型 %@ 个 token 的上下文。",
    "The server ended the reply at a limit of its own.": "服务器按自己的上限结束了回复。",
    "%@ Ask with less before it, or in a new conversation.": "%@请减少前文再问，或另开对话。",
    "%@ --max-tokens N asks for more.": "%@--max-tokens N 可要求更多。",
    "%@ /context shows what is in it.": "%@/context 显示其中的内容。",
    "%@ /set max_tokens N asks for more, /send lets it go on.":
      "%@/set max_tokens N 可要求更多，/send 让它继续。",
    "%@ has no model %@; it offers %@. Choose with /model or --model.":
      "%@ 没有模型 %@；它提供 %@。请用 /model 或 --model 选择。",
    "The JSON of the reply is not whole, since it was cut. Ask for less, or allow more tokens.":
      "回复被截断，其中的 JSON 不完整。请少要一些，或允许更多 token。",
    "The reply is not JSON, though it was asked for. Try --api chat, or another model.":
      "要求的是 JSON，回复却不是。请试试 --api chat，或换一个模型。",
    "The reply does not fit the schema: %@ Try --api chat, or another model.":
      "回复不符合 schema：%@请试试 --api chat，或换一个模型。",
    "The reply does not fit the schema: %@ Ask again, or try another model.":
      "回复不符合 schema：%@请重新提问，或换一个模型。",
    "%@ is missing.": "缺少 %@。",
    "%@ is of another type.": "%@ 的类型不对。",
    "%@ is none of the values that are allowed.": "%@ 不是允许的值。",
    "%@ is not allowed.": "不允许有 %@。",
    "%@ fits none of the choices.": "%@ 不符合任何一种选择。",
    "%@ %@ asks again.": "%@%@ 重新请求。",
    "%@ --anyway sends it all the same.": "%@--anyway 仍然发送。",
    "%@ --anyway sends it smaller.": "%@--anyway 缩小后发送。",
    "%@ /keep N puts one back, then /send.": "%@请用 /keep N 恢复一条，再用 /send。",
    "%@ /retry asks again.": "%@/retry 重新请求。",
    "%@ /send lets it go on.": "%@/send 让它继续。",
    "%@ /send sends it to %@, /provider chooses.": "%@/send 将其发往 %@，/provider 可选择。",
    "%@ Ask again.": "%@请重新提问。",
    "%@ Choose a server: --provider %@": "%@请选择服务器：--provider %@",
    "%@ Choose one with /model NAME or /models, then /send.":
      "%@请用 /model NAME 或 /models 选择，再用 /send。",
    "%@ It is %@; --detail low sends it smaller.": "%@就是 %@；--detail low 可缩小后发送。",
    "%@ Name one with --model.": "%@请用 --model 指定。",
    "%@ Name one with --model; the server offers %@.": "%@请用 --model 指定；服务器提供 %@。",
    "%@ Open the conversation with iris --load, and put one back with /keep.":
      "%@请用 iris --load 打开对话，再用 /keep 恢复一条。",
    "%@ Raise --max-tokens.": "%@请增大 --max-tokens。",
    "%@ cannot be read: %@. Name another file with -o.": "无法读取 %@：%@。请用 -o 指定另一个文件。",
    "%@ cannot be written: %@. Name another file with -o.": "无法写入 %@：%@。请用 -o 指定另一个文件。",
    "%@ holds something else than results of --each. Name another file with -o.":
      "%@ 中不是 --each 的结果。请用 -o 指定另一个文件。",
    "%@ is being written by another run. Wait for its end, or name another file.":
      "另一次运行正在写入 %@。请等它结束，或指定另一个文件。",
    "%@ of %@": "第 %@ 张，共 %@",
    "%@, %@ failed": "%@，失败 %@ 张",
    "%@, ≈%@ min left": "%@，约剩 %@ 分钟",
    "%@, ≈%@ s left": "%@，约剩 %@ 秒",
    "Another conversation is called %@. Ask in it with --load, or choose another name.":
      "已有名为 %@ 的对话。请用 --load 在其中提问，或另取名字。",
    "Every message is left out of requests.": "所有消息都已从请求中略去。",
    "No model is chosen.": "没有选择模型。",
    "Pictures that were not asked about: %@.": "没有提问的图片：%@ 张。",
    "Pictures that were not asked about: %@. The same command goes on with them.":
      "没有提问的图片：%@ 张。再次运行同一命令即可继续。",
    "Pictures whose results are there already: %@.": "已有结果的图片：%@ 张。",
    "Reading standard input until it ends; without any, add: </dev/null":
      "正在读取标准输入，直到其结束；若不需要，请加上：</dev/null",
    "Standard input has more than %@, and none of it was sent. Send less.":
      "标准输入超过 %@，未发送任何内容。请减少内容。",
    "Standard input is a picture. Send it with -i -, and write the question: -i - WORDS":
      "标准输入是一张图片。请用 -i - 发送，并写出问题：-i - WORDS",
    "The model asked for a tool, and none is on.": "模型想调用工具，但没有打开任何工具。",
    "The reply reached its limit of tokens before its text began.": "回复在正文开始之前就达到了 token 上限。",
    "The reply reached its limit of tokens.": "回复达到了 token 上限。",
    "The reply reached its limit of tokens in its call of %@: it is not made.":
      "回复在调用 %@ 时达到了 token 上限：没有进行调用。",
    "The server's content filter ended the reply in its call of %@: it is not made.":
      "服务器的内容过滤器在调用 %@ 时结束了回复：没有进行调用。",
    "%@ /unset %@ takes the limit away, %@ asks again.": "%@/unset %@ 取消上限，%@ 重新提问。",
    "%@ counted %@ tokens in all: the model was not shown the picture.":
      "%@ 总共只计了 %@ 个 token：模型没有看到这张图片。",
    "%@ counted %@ tokens in all: the model was not shown the %@.":
      "%@ 总共只计了 %@ 个 token：模型没有看到这 %@。",
    "%@ --model NAME asks one that sees.": "%@可用 --model NAME 换一个能看图的模型。",
    "%@ /models chooses one that sees.": "%@/models 可选择能看图的模型。",
    "The request was stopped.": "请求已停止。",
    "The results cannot be written: %@. Free some space, then go on.":
      "无法写入结果：%@。请腾出空间后继续。",
    "The server ended the reply for the reason “%@”.": "服务器以“%@”为由结束了回复。",
    "The server's content filter left nothing of the reply.": "服务器的内容过滤器没有留下任何回复。",
    "The server's reply was empty, for the reason “%@”.": "服务器的回复是空的，原因是“%@”。",
    "The server's reply was empty.": "服务器的回复是空的。",
    "The model wrote its thoughts alone, and no answer.": "模型只写了思考，没有写答复。",
    "%@ A server may take answers for thoughts: see its reasoning parser.":
      "%@服务器可能把答复当成了思考：请查看它的 reasoning parser 设置。",
    "This conversation was with %@, which is not configured here.":
      "这个对话原属 %@，而这里没有配置它。",
    "This request is missing from iris usage: %@": "这次请求没有计入 iris usage：%@",
    "The server sent its answer in events, not as one object.": "服务器以事件流而不是一个对象作答。",
    "%@ Ask without --raw to read it.": "%@去掉 --raw 再问即可阅读。",
    "The server told no tokens.": "服务器没有告知 token 数。",
  ]
}
