#!/usr/bin/env bash
# libcurl 7.88.1 (Debian 12): removing a transfer over HTTP/2 tells the server nothing; it keeps sending.
#
# One would guess: curl_multi_remove_handle() on a running transfer closes the connection (HTTP/1.1, as documented) or
#   resets the stream (HTTP/2), so the server stops.
# What happens over HTTP/2, with the connection kept in the multi handle: no RST_STREAM leaves, and while the program
#   goes on driving that handle the server sends on. Over HTTP/1.1 the connection closes within milliseconds.
# Why it matters: "stop" in a chat client is meant to stop the model, which is paid by the token. Force HTTP/1.1, or set
#   CURLOPT_FORBID_REUSE before the removal and keep one stream to a connection.
# Source: libcurl 7.88.1 lib/http2.c; seen on the wire with the h2 4.4.1 server below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb libcurl4 '7.88.1-10*'
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check h2==4.4.1
LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" timeout 60 venv/bin/python - <<'PYTHON'
import ctypes, socket, threading, time
import h2.config, h2.connection, h2.events

class Server(threading.Thread):
    """Streams an event every 20 ms, over HTTP/2 (prior knowledge) or HTTP/1.1, and notes how its client leaves."""
    def __init__(self, version):
        super().__init__(daemon=True)
        self.version, self.left, self.events, self.listener = version, None, 0, socket.create_server(("127.0.0.1", 0))
        self.start()
    def run(self):
        peer, _ = self.listener.accept()
        peer.settimeout(0.02)
        h2c, stream = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False)), None
        if self.version == 2: h2c.initiate_connection()
        while not self.left:
            try:
                data = peer.recv(65536)
                if not data: self.left = "connection closed"
                elif self.version == 1 and not stream:
                    stream = 1
                    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
                elif self.version == 2:
                    for event in h2c.receive_data(data):
                        if isinstance(event, h2.events.RequestReceived):
                            stream = event.stream_id
                            h2c.send_headers(stream, [(":status", "200"), ("content-type", "text/event-stream")])
                        if isinstance(event, h2.events.StreamReset): self.left = "RST_STREAM"
            except TimeoutError: pass
            except OSError: self.left = "connection closed"
            if self.left: break
            if self.version == 2:
                if stream: h2c.send_data(stream, b"data: x\n\n")
                peer.sendall(h2c.data_to_send())
            elif stream: peer.sendall(b"data: x\n\n")
            self.events += bool(stream)

curl = ctypes.CDLL("libcurl.so.4")
curl.curl_easy_init.restype = curl.curl_multi_init.restype = ctypes.c_void_p
curl.curl_version.restype = ctypes.c_char_p
URL, WRITEFUNCTION, HTTP_VERSION, HTTP_1_1, HTTP_2_PRIOR_KNOWLEDGE = 10002, 20011, 84, 2, 5
Write = ctypes.CFUNCTYPE(ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_void_p)

def cancel(version):
    server, received, running = Server(version), [], ctypes.c_int()
    write = Write(lambda data, size, count, _: received.append(size * count) or size * count)
    easy, multi = ctypes.c_void_p(curl.curl_easy_init()), ctypes.c_void_p(curl.curl_multi_init())
    curl.curl_easy_setopt(easy, URL, ctypes.c_char_p(b"http://127.0.0.1:%d/" % server.listener.getsockname()[1]))
    curl.curl_easy_setopt(easy, HTTP_VERSION, ctypes.c_long(HTTP_1_1 if version == 1 else HTTP_2_PRIOR_KNOWLEDGE))
    curl.curl_easy_setopt(easy, WRITEFUNCTION, write)
    curl.curl_multi_add_handle(multi, easy)
    def drive(seconds, until):
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            curl.curl_multi_perform(multi, ctypes.byref(running))
            time.sleep(0.005)
    drive(10, lambda: len(received) >= 3)
    assert len(received) >= 3, "the transfer did not start"
    curl.curl_multi_remove_handle(multi, easy)
    curl.curl_easy_cleanup(easy)
    before = server.events
    drive(3, lambda: server.left)
    return server.left, server.events - before

print(curl.curl_version().decode().split()[0])
seen = {version: cancel(version) for version in (1, 2)}
for version, (left, events) in seen.items():
    print(f"HTTP/{version}: the server saw {left or 'no end in 3 s'}, and sent {events} more events")
assert seen[1][0] == "connection closed"
assert seen[2][0] is None and seen[2][1] > 20, "behaviour changed"
PYTHON
echo "as described"
