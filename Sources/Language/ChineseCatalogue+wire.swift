extension ChineseCatalogue {
  /// Sentences about servers, the network and what they refuse.
  static let wire: [String: String] = [
    "%@ wants a key: set OPENAI_API_KEY, or name a key source in config.yaml.":
      "%@ 需要密钥：请设置 OPENAI_API_KEY，或在 config.yaml 中指定密钥来源。",
    "%@ refuses the key: check it, and that it is for this server.":
      "%@ 拒绝了密钥：请检查密钥是否正确，是否属于这个服务器。",
    "%@ does not allow this with your key: ask who gave it to you.": "你的密钥在 %@ 上无权这样做：请询问密钥的提供者。",
    "%@ has no such model: choose another, /models lists them.":
      "%@ 没有这个模型：请另选一个，/models 会列出可用的模型。",
    "%@ has nothing at this address: check base_url.": "%@ 的这个地址上什么也没有：请检查 base_url。",
    "%@ sends on to %@; the key does not follow: set base_url to it.":
      "%@ 转向了 %@，密钥不会随之发送：请将 base_url 设为该地址。",
    "%@ sends on to another address: check base_url.": "%@ 转向了另一个地址：请检查 base_url。",
    "%@ sends on to %@, which is this machine or its network: it was not asked. To trust it, attach its own address.":
      "%@ 转向了 %@，那是本机或本地网络，因此没有访问。若信任它，请直接附加该地址。",
    "The key is not sent to %@ in plain text through a proxy: set proxy: none, or allow_http: true.":
      "密钥不会以明文经代理发往 %@：请设置 proxy: none，或 allow_http: true。",
    "The request is too large for %@: send fewer or smaller pictures.":
      "请求对 %@ 来说太大：请少发几张图片，或换用较小的图片。",
    "The conversation is too long for the model: leave messages out, or start a new one.":
      "对话超出了模型的长度：请略去部分消息，或新建对话。",
    "%@ refuses a picture of message %@: leave it out, or shrink it.":
      "%@ 拒绝了消息 %@ 的一张图片：请略去它，或将其缩小。",
    "%@ refuses a picture: leave it out, or choose a model that can see.":
      "%@ 拒绝了一张图片：请略去它，或选择能看图的模型。",
    "The model at %@ takes no pictures: leave them out, or choose one that can see.":
      "%@ 上的这个模型不接受图片：请略去图片，或选择能看图的模型。",
    "%@ takes at most %@ a request: leave the others out.":
      "%@ 每次请求最多接受 %@：请略去其余的。",
    "%@ takes one picture a request: leave the others out.": "%@ 每次请求只接受一张图片：请略去其余的。",
    "%@ takes one picture a request.": "%@ 每次请求只接受一张图片。",
    "%@ said before that it takes one picture: leave some out, or /forget learned.":
      "%@ 之前说过只接受一张图片：请略去一些，或使用 /forget learned。",
    "%@ takes fewer pictures a request: leave some out.": "%@ 每次请求接受的图片更少：请略去一些。",
    "%@ takes pictures of at most %@ pixels a side: send it again, smaller.":
      "%@ 接受的图片边长最多 %@ 像素：请缩小后重新发送。",
    "%@ takes smaller pictures only: send it with a lower detail.":
      "%@ 只接受较小的图片：请降低细节后发送。",
    "%@ takes at most %@ a picture: send it again, smaller.": "%@ 每张图片最多接受 %@：请缩小后重新发送。",
    "A picture has too many bytes for %@: send it smaller.": "一张图片的字节数超出了 %@ 的限制：请缩小后发送。",
    "%@ cannot read a picture: leave it out, or attach it anew.":
      "%@ 无法读取一张图片：请略去它，或重新附上。",
    "%@ cannot fetch a picture's address: send it with --fetch, or set fetch_urls.":
      "%@ 无法抓取图片地址：请用 --fetch 发送，或设置 fetch_urls。",
    "The model at %@ takes no tools: switch them off, or choose another model.":
      "%@ 的这个模型不支持工具：请关闭工具，或换一个模型。",
    "This model reasons with tools at %@ on /responses alone: set /api auto, or reasoning_effort none.":
      "这个模型在 %@ 只有通过 /responses 才能边思考边用工具：请用 /api auto，或把 reasoning_effort 设为 none。",
    "%@ has no %@: choose the other call with /api, or check base_url.":
      "%@ 没有 %@：请用 /api 选择另一种调用，或检查 base_url。",
    "%@ has no /responses: it is asked at /chat/completions.":
      "%@ 没有 /responses：已改用 /chat/completions。",
    "%@ has no /chat/completions: it is asked at /responses.":
      "%@ 没有 /chat/completions：已改用 /responses。",
    "%@ has no %@.": "%@ 没有 %@。",
    "%@ wants this model asked at /responses: it is.": "%@ 要求这个模型使用 /responses：已照办。",
    "%@ cannot read the model's earlier reasoning: it is sent without.":
      "%@ 无法读取这个模型先前的思考：已略去后发送。",
    "%@ takes text alone from tools: their pictures follow in a message.":
      "%@ 只接受工具返回的文字：其图片放在随后的消息里。",
    "%@ wants user and model to take turns: undo or leave out what has no answer.":
      "%@ 要求用户与模型轮流发言：请撤销或略去没有回答的消息。",
    "%@ failed and does not say why: try another model. No key was sent; if it wants one, set OPENAI_API_KEY.":
      "%@ 出错且未说明原因：请换一个模型。未发送密钥；若它需要密钥，请设置 OPENAI_API_KEY。",
    "%@ has room for %@ tokens of reply: lower max_tokens (--max-tokens) to that.":
      "%@ 的回复最多只能有 %@ 个 token：请把 max_tokens（--max-tokens）降到这个数。",
    "%@ has no room for so many tokens of reply: lower max_tokens (--max-tokens).":
      "%@ 的回复容不下这么多 token：请降低 max_tokens（--max-tokens）。",
    "%@ said before that the model takes no pictures: leave them out, or /forget learned.":
      "%@ 之前说过这个模型不接受图片：请略去图片，或使用 /forget learned。",
    "%@ said before that it takes %@: leave some out, or /forget learned.":
      "%@ 之前说过最多接受 %@：请略去一些，或使用 /forget learned。",
    "%@ wants turns: neighbouring messages are sent as one.": "%@ 要求轮流发言：相邻的消息合为一条发送。",
    "%@ takes no system message: it is sent before the first message.":
      "%@ 不接受系统消息：已改为放在第一条消息之前发送。",
    "The model at %@ takes no pictures.": "%@ 上的这个模型不接受图片。",
    "%@ takes at most %@ a request.": "%@ 每次请求最多接受 %@。",
    "%@ takes at most %@ pixels a side.": "%@ 接受的图片边长最多 %@ 像素。",
    "%@ takes at most %@ a picture.": "%@ 每张图片最多接受 %@。",
    "%@ does not take %@: unset it.": "%@ 不接受 %@：请取消该设置。",
    "%@ does not take one of the settings: unset it.": "%@ 不接受其中一项设置：请取消该设置。",
    "%@ refuses the content of this request: change the message.": "%@ 拒绝了这次请求的内容：请修改消息。",
    "%@ wants fewer requests: wait a while, and send again.": "%@ 要求减少请求：请稍候再发送。",
    "The quota of your key is used up at %@: see your plan there.": "你的密钥在 %@ 的额度已用完：请到那里查看你的套餐。",
    "%@ is overloaded: wait a while, and send again.": "%@ 负载过高：请稍候再发送。",
    "%@ failed: send again, or try another model.": "%@ 出错：请重新发送，或换一个模型。",
    "%@ answered with a web page, not as an API: check base_url.":
      "%@ 返回的是网页而不是 API 的回答：请检查 base_url。",
    "%@ does not accept the request: read what it says, and change that.": "%@ 不接受这次请求：请按其说明修改。",
    "%@ (%@)": "%@（%@）",
    "%@ takes no more requests for the moment": "%@ 暂时不再接受请求",
    "No server is called %@": "没有名为 %@ 的服务器",
    "%@ does not take connections": "%@ 不接受连接",
    "%@ did not take the connection in time": "%@ 未能及时接受连接",
    "%@ did not answer in time": "%@ 未能及时回答",
    "%@ stopped sending": "%@ 停止了发送",
    "The connection to %@ broke": "与 %@ 的连接中断",
    "The proxy's name is not known": "找不到代理服务器的名称",
    "The proxy does not take connections": "代理服务器不接受连接",
    "The proxy will not connect to %@": "代理服务器拒绝连接到 %@",
    "%@ wants fewer requests": "%@ 要求减少请求",
    "%@ is overloaded": "%@ 过载",
    "%@ failed": "%@ 出错",
    "%@ does not accept the request": "%@ 不接受该请求",
    "%@ has nothing at this address": "%@ 在此地址没有任何内容",
    "libcurl cannot be loaded (%@): install the package libcurl4.":
      "无法加载 libcurl（%@）：请安装软件包 libcurl4。",
    "No server is called %@: check the address, or the network.": "没有名为 %@ 的服务器：请检查地址或网络。",
    "%@ does not take connections: check the address, and that the server runs.":
      "%@ 不接受连接：请检查地址，以及服务器是否在运行。",
    "%@ did not take the connection in time: check the network, and try again.":
      "%@ 未能及时接受连接：请检查网络后重试。",
    "%@ took the request and did not answer in time: try again.": "%@ 收到请求后未能及时回答：请重试。",
    "%@ stopped sending in mid-reply: try again.": "%@ 在回复途中停止发送：请重试。",
    "%@ did not send everything in time: try again.": "%@ 未能及时发送完毕：请重试。",
    "The connection to %@ broke: check the network, and try again.": "与 %@ 的连接中断：请检查网络后重试。",
    "No TLS connection to %@ (%@): check the address and its port.":
      "无法与 %@ 建立 TLS 连接（%@）：请检查地址和端口。",
    "The file of certificate authorities %@ cannot be used: check its path.":
      "证书颁发机构文件 %@ 无法使用：请检查其路径。",
    "%@ sends from one address to the next: use the last one.": "%@ 不断转向别的地址：请直接使用最后那个地址。",
    "What %@ sends is larger than %@ MB: use a smaller one.": "%@ 发送的内容超过 %@ MB：请换用较小的。",
    "The request to %@ failed: %@ (libcurl %@).": "发往 %@ 的请求失败：%@（libcurl %@）。",
    "The certificate of %@ has expired: nothing was sent. Check this machine's clock.":
      "%@ 的证书已过期：没有发送任何内容。请检查本机的时钟。",
    "The certificate is not for %@: nothing was sent. Check the address.":
      "证书不属于 %@：没有发送任何内容。请检查地址。",
    "The certificate of %@ is self-signed: name it in ca_file if you trust it.":
      "%@ 的证书是自签名的：如果信任它，请在 ca_file 中指定。",
    "An unknown authority signed for %@: name its certificate in ca_file.":
      "%@ 的证书由未知机构签发：请在 ca_file 中指定其证书。",
    "The certificate of %@ is not accepted (%@): nothing was sent.": "%@ 的证书未被接受（%@）：没有发送任何内容。",
    "The proxy's name is not known: check proxy, HTTPS_PROXY or ALL_PROXY.":
      "找不到代理服务器的名称：请检查 proxy、HTTPS_PROXY 或 ALL_PROXY。",
    "The proxy wants a name and a password: write them into its address.":
      "代理服务器需要用户名和密码：请将它们写入代理的地址。",
    "The proxy will not connect to %@ (HTTP %@): ask who runs it.":
      "代理服务器不肯连接 %@（HTTP %@）：请询问其管理者。",
    "The proxy will not connect to %@: check the address, and the proxy's rules.":
      "代理服务器不肯连接 %@：请检查地址和代理的规则。",
    "The proxy does not take connections: check proxy, HTTPS_PROXY or ALL_PROXY.":
      "代理服务器不接受连接：请检查 proxy、HTTPS_PROXY 或 ALL_PROXY。",
    "The reply of %@ broke off: go on from what came, or ask again.":
      "%@ 的回复中断：可以从已收到的部分继续，也可以重新提问。",
    "%@ does not answer as a chat API does: check base_url.": "%@ 的回答不像聊天 API：请检查 base_url。",
    "%@ sent a line that is too long to be held: try again.": "%@ 发来的一行过长，无法容纳：请重试。",
    "%@ sent nothing. The conversation may be too long for it: see /context.":
      "%@ 什么也没有发来。对话可能超出了它的长度：请看 /context。",
    "%@ sent what cannot be read: go on from what came, or ask again.":
      "%@ 发来了无法读取的内容：可以从已收到的部分继续，也可以重新提问。",
    "%@ sent a part that cannot be read: the reply may have a gap.": "%@ 发来的一段无法读取：回复可能有缺漏。",
    "%@ wrote in too many pieces: what follows part %@ is left out. Ask for less.":
      "%@ 把回答拆得太碎：第 %@ 部分之后略去。请要求少一些。",
    "%@ wrote more than %@: the rest is left out. reply_limit sets that.":
      "%@ 写了超过 %@：其余部分已略去。可用 reply_limit 设定。",
    "%@ sends headers without end: check that the address is an API's.":
      "%@ 不断发送标头：请确认该地址是 API 的地址。",
    "The answer of %@ cannot be decompressed (%@): try another server.":
      "无法解压 %@ 的回答（%@）：请换一个服务器。",
    "%@ leaves out the opening tag of this model's reasoning: it is told apart.":
      "%@ 没有写出这个模型思考的起始标签：已自动区分。",
    "“%@” is no address: write it like https://api.openai.com/v1.":
      "“%@”不是地址：请写成 https://api.openai.com/v1 的样子。",
    "The key is not sent to %@ over plain http: use https, or allow_http: true.":
      "密钥不会以明文 http 发往 %@：请使用 https，或设置 allow_http: true。",
    "The header %@ has a line break: take it out of the configuration.": "请求头 %@ 含有换行：请从配置中去掉。",
    "No model is chosen: choose one with /model or --model.": "没有选择模型：请用 /model 或 --model 选择一个。",
    "There is no message to send: write one first.": "没有可发送的消息：请先写一条。",
    "JSON mode needs a message with the word JSON: say in one that the reply is JSON.":
      "JSON 模式要求消息中出现 JSON 一词：请在某条消息中说明回复应为 JSON。",
    "The schema %@ is not valid JSON: correct the file.": "模式文件 %@ 不是有效的 JSON：请更正该文件。",
    "%@ does not fetch %@ itself: attach it with --fetch, or set fetch_urls.":
      "%@ 不会自行抓取 %@：请用 --fetch 附上它，或设置 fetch_urls。",
    "%@ cannot be read any more: give it again.": "%@ 已无法读取：请重新给出。",
    "%@ was changed while it was sent: give it again.": "%@ 在发送时被改动：请重新给出。",
    "%@ does not stream this model: the reply comes whole.": "%@ 不能流式输出这个模型：回复将一次送达。",
    "%@ does not take %@: it is left out.": "%@ 不接受 %@：已略去。",
    "%@ calls %@ %@: it is sent so.": "%@ 把 %@ 称为 %@：已照此发送。",
    "%@ does not know the role developer: system is sent.": "%@ 不认识 developer 角色：已改发 system。",
    "%@ has no /v1: it is asked without.": "%@ 没有 /v1：已去掉它再请求。",
    "%@ gives reasoning as %@: with calls of tools it goes back so.":
      "%@ 以 %@ 给出思考过程：调用工具时按此送回。",
    "%@ wants the model's reasoning back: it is sent.": "%@ 要求送回模型的思考过程：已照此发送。",
  ]
}
