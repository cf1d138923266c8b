"""Runs a program in a terminal of its own: what comes in is typed, and what it shows goes out."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))


def end(*_):
    # it leads a session of its own, which no signal to this process reaches
    os.killpg(pid, signal.SIGKILL)


signal.signal(signal.SIGTERM, end)
sources = [0, terminal]
while True:
    ready, _, _ = select.select(sources, [], [])
    try:
        if terminal in ready:
            shown = os.read(terminal, 65536)
            if not shown:
                break
            os.write(1, shown)
        if 0 in ready:
            typed = os.read(0, 65536)
            if typed:
                os.write(terminal, typed)
            else:
                sources.remove(0)
    except OSError:
        # the program has ended, and its terminal with it
        break
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
