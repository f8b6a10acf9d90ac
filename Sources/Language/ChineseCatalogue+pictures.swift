extension ChineseCatalogue {
  /// Sentences about pictures.
  static let pictures: [String: String] = [
    "%@ is no address of a picture. Check it for a typo.": "%@ 不是图片的网址。请检查有无拼写错误。",
    "New pictures are attached with detail %@.": "新附上的图片使用细节级别 %@。",
    "There is no detail %@: it is low, high, auto, original or tiles.":
      "没有细节级别 %@：可用 low、high、auto、original 或 tiles。",
    "There is no waiting picture %@. /attachments lists them.": "没有第 %@ 张待发图片。/attachments 会列出它们。",
    "There is no picture %@: %@.": "没有第 %@ 张图片：%@。",
    "Picture %@ is sent with detail %@ from now on.": "图片 %@ 今后以细节级别 %@ 发送。",
    "%@ %@ is being prepared": "%@ %@ 正在准备",
    "%@ %@: %@": "%@ %@：%@",
    "There are no pictures in this conversation. /attach PATH adds one.":
      "这个对话中没有图片。/attach PATH 可添加。",
    "message %@, left out": "消息 %@，已略去",
    "message %@, %@, %@ a turn, %@": "消息 %@，%@，每轮 %@，%@",
    "not sent yet": "尚未发送",
    "sent once": "已发送 1 次",
    "sent %@ times": "已发送 %@ 次",
    "/forget N pictures leaves a message's out, /detail low N sends one small.":
      "/forget N pictures 不再发送某条消息的图片，/detail low N 以小图发送。",
    "Pictures of this conversation": "这个对话的图片",
    "There is no picture to show.": "没有可显示的图片。",
    "Picture %@ is still being prepared. Try again when it is ready.": "图片 %@ 仍在准备。请在就绪后重试。",
    "Pictures are drawn.": "图片会画出来。",
    "Pictures are named only.": "图片只显示名称。",
    "There are no pictures there. /attach PATH names them.": "那里没有图片。/attach PATH 可指定图片。",
    "Picture %@ is in message %@ already. %@ leaves it out.":
      "图片 %@ 已在消息 %@ 中。%@ 可不再发送它。",
    "Attach %@?": "要附上 %@吗？",
    "Pictures done: %@ of %@. Esc stops.": "图片已处理 %@/%@。Esc 停止。",
    "%@ %@": "%@%@",
    "%@ of %@ cannot be used: %@": "%2中有 %1 张无法使用：%3",
    "Ready: %@. /attachments lists them.": "%@已就绪。/attachments 列出它们。",
    "%@ cannot be decoded: the decoder of %@ was stopped after %@ s; save it anew with another program.":
      "%@ 无法解码：%@ 解码器运行 %@ 秒后被停止；请用其他程序重新保存。",
    "%@ cannot be decoded, because no process can be started for that (error %@); close other programs and try again.":
      "%@ 无法解码，因为无法为此启动进程（错误 %@）；请关闭其他程序后重试。",
    "%@ cannot be decoded: the decoder of %@ broke down over it; save it anew with another program.":
      "%@ 无法解码：%@ 解码器因它而崩溃；请用其他程序重新保存。",
    "It is animated: its first frame alone is sent.": "它是动画：只发送第一帧。",
    "It has %@: the first one alone is sent.": "它有%@：只发送第一页。",
    "%@ is attached as %@ of %@, in order: %@.": "%@ 已按顺序附为%@，每块 %@：%@。",
    "%@ attaches it as %@ that can be read: %@.": "%@ 把它附为%@，可看清文字：%@。",
    "%@ --detail tiles sends it as %@ that can be read: %@.":
      "%@ --detail tiles 把它作为%@发送，可看清文字：%@。",
    "Picture %@ is in the conversation already, and only one that waits is cut: /attach PATH tiles":
      "图片 %@ 已在对话中，只有待发的图片才能切块：/attach PATH tiles",
    "It is shrunk from %@ to %@: small print may be lost.": "它从 %@ 缩小到 %@：小字可能看不清。",
    "It is sent whole and tells more than the picture: %@.": "它会原样发送，并含有画面之外的内容：%@。",
    "the place": "地点", "a name": "姓名", "a serial number": "序列号", "a film": "影片",
    "a second picture": "第二张图片", "a thumbnail": "缩略图", "the date": "日期",
    "the camera": "相机", "text": "文字", "bytes behind its end": "文件末尾之后的数据",
    "%@ %@: a URL that the server fetches, %@.": "%@ %@：由服务器抓取的网址，%@。",
    "%@ %@: %@, %@, %@.": "%@ %@：%@，%@，%@。",
    "%@ %@: %@ → %@, %@, %@.": "%@ %@：%@ → %@，%@，%@。",
    "Stopped. Pictures that were not ready are not attached.": "已停止。尚未就绪的图片没有附上。",
    "%@ is taken back.": "已撤下 %@。",
    "No clipboard tool was found. Install wl-clipboard or xclip, then try again.":
      "没有找到剪贴板工具。请安装 wl-clipboard 或 xclip，然后重试。",
    "The clipboard holds no picture. Copy one, or use /attach PATH.":
      "剪贴板中没有图片。请复制一张，或使用 /attach PATH。",
    "There is no display here, so no clipboard. Use /attach PATH.":
      "这里没有图形界面，也就没有剪贴板。请使用 /attach PATH。",
    "The clipboard is on your own machine. There, run scp PICTURE %@@%@:/tmp/, then /attach /tmp/PICTURE here.":
      "剪贴板在你自己的机器上。请在那里运行 scp PICTURE %@@%@:/tmp/，再在这里用 /attach /tmp/PICTURE。",
    "There is no file %@. Paths with spaces need quotes; Tab completes them.":
      "没有文件 %@。含空格的路径须加引号；Tab 可补全。",
    "The folder %@ cannot be read. Check its permissions, then try again.":
      "无法读取文件夹 %@。请检查其权限，然后重试。",
    "The folder %@ has no pictures in it. Name another one.": "文件夹 %@ 中没有图片。请另选一个。",
    "%@ could not be read. Check the file, then try again.": "无法读取 %@。请检查该文件，然后重试。",
    "The kept original of %@ has changed on disk. Attach it again, or leave it out.":
      "%@ 保存的原图在磁盘上被改动过。请重新附上，或略去它。",
    "The kept original of %@ is missing. Attach it again, or leave it out.":
      "%@ 保留的原图不见了。请重新附上，或略去它。",
    "The file": "该文件",
    "%@ is empty; choose another file.": "%@ 是空的；请另选文件。",
    "%@ changed while it was being read; try again.": "%@ 在读取时发生了变化；请重试。",
    "%@ is too large to read (%@, at most %@); scale it down first: %@":
      "%@ 太大，无法读取（%@，上限 %@）；请先缩小：%@",
    "%@ is no picture that can be told by its content; convert it to PNG or JPEG first.":
      "从内容看，%@ 不是可识别的图片；请先转换为 PNG 或 JPEG。",
    "%@ can be sent in no format that the server takes; choose another model.":
      "%@ 无法以服务器接受的任何格式发送；请另选模型。",
    "%@ was not prepared, because that was stopped; attach it again.": "%@ 没有准备好，因为中途停止；请重新附上。",
    "This data: URL holds no base64 picture; it must read data:image/png;base64,…":
      "这个 data: 网址不含 base64 图片；应形如 data:image/png;base64,…",
    "%@ is a damaged %@; get or save it again.": "%@ 是损坏的 %@；请重新获取或保存。",
    "%@ is a %@ that breaks off; get or save it again.": "%@ 是不完整的 %@；请重新获取或保存。",
    "%@ is a rare kind of %@ that cannot be decoded here; convert it first: %@":
      "%@ 是少见的 %@ 变种，这里无法解码；请先转换：%@",
    "%@ cannot be decoded, because no decoder of %@ is installed: sudo apt install %@":
      "%@ 无法解码，因为没有安装 %@ 的解码器：sudo apt install %@",
    "%@ can be sent but not shown, because libchafa is not installed: sudo apt install libchafa0":
      "%@ 可以发送，但无法显示，因为没有安装 libchafa：sudo apt install libchafa0",
    "%@ cannot be decoded.": "%@ 无法解码。",
    "%@ has too many pixels (%@, at most %@ million); scale it down first: %@":
      "%@ 的像素太多（%@，上限 %@ 百万）；请先缩小：%@",
    "%@ (%@, %@) would take too much memory to decode; scale it down first: %@":
      "%@（%@，%@）解码时占用内存过多；请先缩小：%@",
    "%@ cannot be made smaller than the server's limit of %@; choose a lower detail or another server.":
      "%@ 无法缩小到服务器的上限 %@以内；请选择较低的细节级别或另一个服务器。",
    "%@ needs more memory than there is; close other programs and try again.":
      "%@ 需要的内存超出现有；请关闭其他程序后重试。",
    "%@ does not exist; check the path.": "%@ 不存在；请检查路径。",
    "%@ may not be read; check its permissions.": "%@ 不允许读取；请检查其权限。",
    "%@ is a folder; name the pictures in it.": "%@ 是文件夹；请指定其中的图片。",
    "%@ is a pipe, a socket or a device; save the picture to a file first.":
      "%@ 是管道、套接字或设备；请先将图片保存为文件。",
    "%@ cannot be read (error %@); check the disk or choose another file.":
      "%@ 无法读取（错误 %@）；请检查磁盘或另选文件。",
    "%@ is %@, which models do not read; convert it first: %@": "%@ 是%@，模型无法读取；请先转换：%@",
    "%@ is a sound, not a picture; choose another file.": "%@ 是声音，不是图片；请另选文件。",
    "%@ is an archive; unpack it and attach the pictures in it.": "%@ 是压缩包；请解开后附上其中的图片。",
    "%@ is a web page, not a picture; save the picture itself and attach that.":
      "%@ 是网页，不是图片；请保存图片本身再附上。",
    "%@ is text, not a picture; paste its text into the message.": "%@ 是文本，不是图片；请将文字粘贴到消息中。",
    "an OpenEXR picture": "OpenEXR 图片", "a Radiance picture": "Radiance 图片",
    "a PCX picture": "PCX 图片", "a FITS picture": "FITS 图片", "a DICOM picture": "DICOM 图片",
    "a JPEG XR picture": "JPEG XR 图片", "a GIMP document": "GIMP 文档", "a DjVu document": "DjVu 文档",
    "a Windows metafile": "Windows 图元文件",
    "a DirectDraw texture": "DirectDraw 纹理", "an AVCI picture": "AVCI 图片",
    "a raw photograph without a preview that can be read": "没有可读预览图的原始照片",
    "an icon file": "一个图标文件",
    "a Photoshop document": "一份 Photoshop 文档",
    "a JPEG 2000 picture": "一张 JPEG 2000 图片",
    "an SVG drawing": "一幅 SVG 图形",
    "a PDF document": "一份 PDF 文档",
    "a PostScript document": "一份 PostScript 文档",
    "a video": "一段视频",
    "another kind of file": "另一种文件",
    "Nothing waits to be sent. /attach PATH adds a picture, a document or a recording.":
      "没有待发的内容。/attach PATH 可添加图片、文档或录音。",
    "Waiting to be sent": "待发的内容",
    "Nothing waits to be sent.": "没有待发的内容。",
    "All that waited is taken back.": "待发的内容均已撤下。",
  ]
}
