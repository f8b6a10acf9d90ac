extension ChineseCatalogue {
  /// Sentences about pictures that are made.
  static let drawing: [String: String] = [
    // Servers.
    "%@ has no %@: choose a server that makes pictures with /provider.":
      "%@ 没有 %@：请用 /provider 选一个能生成图片的服务器。",
    "%@ makes pictures for verified organisations alone: verify yours in its settings.":
      "%@ 只为经过验证的组织生成图片：请在其设置中验证你的组织。",
    "%@ has no %@: the model is asked in a chat.": "%@ 没有 %@：改在对话中请求该模型。",
    "no reason told": "未说明原因",
    "%@ refuses the prompt (%@): word it otherwise.": "%@ 拒绝了这条提示词（%@）：请换一种说法。",
    "%@ made a picture and held it back (%@): word the prompt otherwise.":
      "%@ 生成了图片但将其扣下（%@）：请换一种说法。",
    "%@ refuses to draw this (%@): word the prompt otherwise.": "%@ 拒绝绘制（%@）：请换一种说法。",
    "%@ sent a picture of more than %@: it is left out. Ask again, or try another model.":
      "%@ 发来的图片超过 %@：已略去。请重试，或换一个模型。",
    "%@ sent more pictures than were asked for: those after the first %@ are left out. Try another model.":
      "%@ 发来的图片多于所要求的：前 %@ 张之后的已略去。请换一个模型。",
    "%@ sent a picture that cannot be read: ask again, or try another model.":
      "%@ 发来的图片无法读取：请再试一次，或换一个模型。",
    "%@ answered without a picture: ask again, or try another model.":
      "%@ 的应答中没有图片：请再试一次，或换一个模型。",
    "%@ does not draw %@: %@ is asked for.": "%@ 不支持尺寸 %@：改为请求 %@。",
    "%@ takes pictures to change as files alone: they are sent so.":
      "%@ 只接受以文件形式发送的待修改图片：现照此发送。",
    "%@ has no model %@: name another with --model.": "%@ 没有模型 %@：请用 --model 指定另一个。",
    "%@ has no model %@ any more: %@ takes its place.": "%@ 已不再提供模型 %@：由 %@ 取代。",
    "%@ lists no model that makes pictures: name one with --model.":
      "%@ 没有列出能生成图片的模型：请用 --model 指定一个。",
    "No model of %@ is known to draw. Name one: /draw --model NAME PROMPT":
      "不知道 %@ 的哪个模型能绘图。请指定一个：/draw --model NAME PROMPT",
    // What is asked for.
    "%@ knows no quality %@. It knows: %@.": "%@ 没有质量 %@。可用：%@。",
    "%@ makes at most %@ at once: lower -n.": "%@ 一次最多生成 %@ 张：请减小 -n。",
    "The prompt has %@, and %@ takes %@: shorten it.": "提示词有 %@，而 %@ 最多接受 %@：请缩短。",
    "%@ takes no style: say it in the prompt, or with --each.":
      "%@ 不接受风格设置：请写进提示词，或用 --each。",
    "%@ knows no style %@. It knows: %@.": "%@ 没有风格 %@。可用：%@。",
    "%@: the price is not known.": "%@：价格未知。",
    "There is no prompt. Write one: iris draw PROMPT": "没有提示词。请写一条：iris draw PROMPT",
    "At most %@ can be changed at once.": "一次最多能修改 %@。",
    "/draw has no option %@. It has: %@.": "/draw 没有选项 %@。可用：%@。",
    "%@ wants a value behind it, like %@ low.": "%@ 后面需要一个值，例如 %@ low。",
    "%@ is no size: write it like 1536x1024, 3:2 or auto.":
      "%@ 不是尺寸：请写成 1536x1024、3:2 或 auto。",
    "%@ takes a whole number, not %@.": "%@ 需要整数，而不是 %@。",
    "-n takes a whole number from 1 to %@, not %@.": "-n 需要 1 到 %@ 的整数，而不是 %@。",
    "There is no picture to change yet. /draw PROMPT makes one.":
      "还没有可修改的图片。/draw PROMPT 可生成一张。",
    "Say what to change: /redraw WORDS.": "请说明要修改什么：/redraw WORDS。",
    "Picture %@ was not drawn here: /redraw WORDS changes the last one.":
      "图片 %@ 不是在这里绘制的：/redraw WORDS 可修改最后一张。",
    "Pictures are still being prepared: press Enter again in a moment.":
      "图片仍在准备：请稍后再按 Enter。",
    // Masks.
    "A mask needs the picture that it is for: add -i PICTURE.": "蒙版需要它所属的图片：请加上 -i PICTURE。",
    "A mask is a file here, not an address.": "这里的蒙版须是文件，不能是网址。",
    "The mask is no PNG file: save it as PNG, with transparent pixels.":
      "蒙版不是 PNG 文件：请另存为带透明像素的 PNG。",
    "The mask has %@, the picture %@: both must be of one size.":
      "蒙版的尺寸是 %@，图片是 %@：两者必须相同。",
    "The mask has %@: at most %@ are taken.": "蒙版有 %@：最多接受 %@。",
    "The mask has no transparent pixels: those say where the picture is changed.":
      "蒙版没有透明像素：透明处表示要修改的地方。",
    "Nothing is marked yet: Space marks.": "还没有标记任何地方：空格键可标记。",
    "%@ of picture %@ is marked: /redraw WORDS changes it.": "图片 %2 的 %1 已标记：/redraw WORDS 可修改。",
    "Space marks, b boxes, + - grow, i inverts, u undoes, Enter takes it":
      "空格标记，b 框选，+ - 增减，i 反选，u 撤销，Enter 采用",
    "%@ is marked, Esc leaves": "已标记 %@，Esc 离开",
    "Picture %@ stands at an address: attach its file to mark it.":
      "图片 %@ 位于网址上：请附上其文件再标记。",
    // What came.
    "The picture came as %@: it is written as %@.": "图片的格式是 %@：已写为 %@。",
    "The server drew: %@": "服务器绘制的是：%@",
    "%@ is there already: choose another name with -o, or add --force.":
      "%@ 已经存在：请用 -o 换个名字，或加上 --force。",
    "%@ cannot be written (%@): name another place with -o.": "无法写入 %@（%@）：请用 -o 指定别处。",
    "The picture cannot be stored (%@): make room in the cache folder.":
      "无法存储图片（%@）：请为缓存文件夹腾出空间。",
    "%@ It may be charged all the same.": "%@仍可能计费。",
    "Stopped while standard input was read. Nothing was sent.": "读取标准输入时已停止。没有发送任何内容。",
    "Stopped. What was asked for may be charged all the same.": "已停止。已请求的内容仍可能计费。",
    "Stopped. It may be charged all the same; /retry asks again.":
      "已停止。仍可能计费；/retry 可再次请求。",
    "drawing %@ s, Esc stops": "正在绘制 %@ 秒，Esc 停止",
    "revised prompt, %@, Ctrl-X r hides it": "改写后的提示词，%@，Ctrl-X r 隐藏",
    "revised prompt, %@, Ctrl-X r shows it": "改写后的提示词，%@，Ctrl-X r 显示",
    // What came otherwise, and settings.
    "%@ varies no pictures: the prompt is drawn once more.":
      "%@ 不能生成图片变体：改为再次绘制该提示词。",
    "%@ has no /images/variations: say in words what to change.":
      "%@ 没有 /images/variations：请用文字说明要修改什么。",
    "The picture was made, and %@ does not give it: %@":
      "图片已经生成，但从 %@ 取不到：%@",
    "The picture was made, and %@ does not give it (HTTP %@): ask for it again.":
      "图片已经生成，但从 %@ 取不到（HTTP %@）：请再次请求。",
    "The model says: %@":
      "模型说：%@",
    "The picture is damaged or cut short: %@ is what came. Ask again for a whole one.":
      "图片已损坏或不完整：收到的内容存为 %@。请再次请求以获得完整的图片。",
    "What came is no picture: %@ holds it. Ask again, or try another model.":
      "收到的不是图片：内容存为 %@。请再试一次，或换一个模型。",
    "The picture is damaged or cut short: it is kept as a file. /retry asks again.":
      "图片已损坏或不完整：已作为文件保留。/retry 可再次请求。",
    "What came is no picture: it is kept as a file. /retry asks again.":
      "收到的不是图片：已作为文件保留。/retry 可再次请求。",
    "%@ What came is kept as %@.":
      "%@ 收到的内容保留为 %@。",
    "%@ cannot be written (%@). What came is kept as %@.":
      "无法写入 %@（%@）。收到的内容保留为 %@。",
    "%@ cannot be written to (%@): name another place with -o.":
      "无法写入文件夹 %@（%@）：请用 -o 指定别处。",
    "%@ ended on %@: %@ takes its place.":
      "%@ 已于 %@ 停用：由 %@ 取代。",
    "%@ is not set: the model's usual one is taken.":
      "%@ 未设置：采用模型常用的值。",
    "%@ is %@, for each /draw from now on.":
      "%@ 为 %@，从现在起用于每次 /draw。",
    "%@, for pictures alone":
      "%@，仅用于图片",
    "the name of a model":
      "模型的名称",
    "a size such as 1536x1024, 3:2 or auto":
      "尺寸，例如 1536x1024、3:2 或 auto",
    "a word such as low, medium or hd":
      "一个词，例如 low、medium 或 hd",
    "a word such as vivid or natural":
      "一个词，例如 vivid 或 natural",
    "transparent or opaque":
      "transparent 或 opaque",
    "a format such as png, jpeg or webp":
      "格式，例如 png、jpeg 或 webp",
    "%@: %@, %@, %@, %@":
      "%@：%@，%@，%@，%@",
    // The manual.
    "Those of pictures go with `/draw` and `iris draw` alone.":
      "图片的设置只用于 `/draw` 和 `iris draw`。",
    "Options of `iris draw`; `/draw` takes those that say what is drawn:":
      "`iris draw` 的选项；`/draw` 接受其中说明画什么的那些：",
    "makes pictures, or changes some, and prints the paths of their files; the price comes first":
      "生成或修改图片，并打印文件路径；事先给出价格",
    "a picture to change; may be repeated, and `-` reads one from the pipe. One without a prompt is varied":
      "要修改的图片；可重复，`-` 从管道读取一张。没有提示词时生成其变体",
    "a PNG as large as the first picture, transparent where it is changed":
      "与第一张图片同样大小的 PNG，透明处会被修改",
    "the size, or the relation of the sides; one that the model does not draw is rounded":
      "尺寸，或边长之比；模型不支持的会取最接近的",
    "like low, medium, high or hd; low where the model knows it":
      "例如 low、medium、high 或 hd；模型支持时默认为 low",
    "like vivid or natural, where the model knows styles": "例如 vivid 或 natural，限支持风格的模型",
    "draws the prompt in each of these styles, parted by commas": "按这些风格各画一次提示词，以逗号分隔",
    "transparent or opaque, where the model can": "transparent 或 opaque，限支持的模型",
    "how many pictures": "图片的张数",
    "a number that makes pictures repeatable, where the server can": "使图片可重复的数字，限支持的服务器",
    "the model that draws; the usual one of the server without it": "绘图的模型；不给则用该服务器的常用模型",
    "the file, like NAME.png, whose ending asks for the format; several get numbers. Or a folder":
      "文件，例如 NAME.png，其后缀决定格式；多张会编号。也可以是文件夹",
    "replaces whatever file is there": "替换已有的任何文件",
    "The name is too long for a file: name a shorter one with -o.":
      "文件名太长：请用 -o 指定一个更短的。",
    "prints an array of objects": "打印对象数组",
    // Commands.
    "Making pictures": "生成图片",
    "makes pictures; those that wait, and @N, are what they are made of":
      "生成图片；待发的图片和 @N 是其素材",
    "changes the last picture, or makes it once more, as a variant": "修改最后一张图片，或重新生成，作为变体",
    "makes picture N once more, with all its settings": "用原来的全部设置再次生成图片 N",
    "marks with keys or the mouse what of picture N the next /redraw changes":
      "用按键或鼠标标记下一次 /redraw 要修改图片 N 的哪里",
    "/draw PROMPT asks for %@. /set picture_size, picture_quality … change that.":
      "/draw PROMPT 会请求 %@。可用 /set picture_size、picture_quality 等更改。",
    "%@ is %@, by config.yaml. /set %@ VALUE goes before it here.":
      "config.yaml 将 %1 设为 %2。/set %3 VALUE 可在此优先。",
    "%@ A /draw now: %@": "%@ 现在 /draw 会请求：%@",
    "%@ has no tool that makes pictures: it is left out. /draw and iris draw make them.":
      "%@ 没有生成图片的工具：已省去。/draw 和 iris draw 可以生成图片。",
    "Picture %@ came unfinished: /again %@ asks for it once more.":
      "图片 %@ 没有画完：/again %@ 可再次请求。",
    "%@ The marks were of a picture of another branch, and are gone.":
      "%@ 标记属于另一分支的图片，已经失效。",
    "Picture %@ is still marked: /redraw WORDS changes it.":
      "图片 %@ 仍有标记：/redraw 文字 可修改它。",
    "The drawing did not come to its end: /send asks for it again.":
      "绘图没有完成：/send 可再次请求。",
    "The drawing did not come to its end: /send asks for it again, with the same marks.":
      "绘图没有完成：/send 可带着相同的标记再次请求。",
    "Picture %@ came in a reply, without its settings: /draw PROMPT asks for one.":
      "图片 %@ 来自一条回复，没有其设置：/draw 提示词 可请求一张。",
    "%@ /retry asks for the reply again.": "%@ /retry 可再次请求该回复。",
    "%@, without the pictures that went in: not known": "%@，不含送入的图片：未知",
    "A picture came unfinished: /retry asks again.": "有一张图片没有画完：/retry 可再次请求。",
    "%@ The next message takes the marks along, too.": "%@ 下一条消息也会带上标记。",
    """
    %@ /chat/completions has no such tool: /api auto asks where there is one, and /draw makes \
    pictures anywhere.
    """: "%@ /chat/completions 没有这种工具：/api auto 会向有它的接口请求，而 /draw 在哪里都能生成图片。",
    "The model makes no pictures in its replies.": "模型不在回复中生成图片。",
    "The model may make pictures in its replies; what they cost is not known.":
      "模型可以在回复中生成图片；价格未知。",
    "The model may make pictures in its replies.": "模型可以在回复中生成图片。",
    "The model may make pictures in its replies, each by %@.": "模型可以在回复中生成图片，每张为 %@。",
    "picture": "图片",
    "lets the model make pictures in its replies with its server's own tool, or not":
      "是否让模型用其服务器自己的工具在回复中生成图片",
    "lets the model make pictures in its reply; they are written as `iris draw` writes them":
      "让模型在回复中生成图片；像 `iris draw` 那样写成文件",
  ]
}
