"""Where the program begins. Ctrl-C is one sentence from here on, while the rest of the program is still being read as well."""

from __future__ import annotations

import os
import signal
import sys

# Nothing else here: until these few lines are read a Ctrl-C is Python's own affair.

INTERRUPTED = 130  # 128 and the number of the signal, as shells count
ZH = (
    "已中断（Ctrl-C）。每件办理要么整件写入、要么没有写入，不会只写一半，文件也一样；"
    "最后一件是否办成，请看 yingbao audit list。可以重新执行。"
)
EN = (
    "Interrupted (Ctrl-C). An act is stored whole or not at all, and so is a file: nothing is half written. "
    "'yingbao audit list' shows whether the last one was done. It can be run again."
)


class _Asked:
    """Whether somebody has asked to stop. Code that we call may lose the exception, or turn it into another."""

    def __init__(self) -> None:
        self.stop = False

    def on_signal(self, *_: object) -> None:
        """Stop whatever is being done."""
        self.stop = True
        raise KeyboardInterrupt

    def on_lost(self, lost: sys.UnraisableHookArgs) -> None:
        """Where nobody could be told, ask once more, a moment later."""
        if self.stop and issubclass(lost.exc_type, KeyboardInterrupt):
            import threading  # noqa: PLC0415 - see the head of this file

            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
        else:
            sys.__unraisablehook__(lost)


def main() -> None:
    """Run the program; if it is interrupted say so, and leave with code 130."""
    asked = _Asked()
    signal.signal(signal.SIGINT, asked.on_signal)
    sys.unraisablehook = asked.on_lost
    try:
        from yingbao.cli.program import main as run  # noqa: PLC0415 - a second of reading, in which one may press Ctrl-C

        run()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done: what is left is to leave
    except BaseException as error:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second press must not break the sentence
        if not asked.stop:
            raise
        if isinstance(error, SystemExit) and error.code in (0, None):
            raise  # it was too late: all was done
        sys.stderr.write((EN if "en" in sys.argv[1:] else ZH) + "\n")
        sys.stderr.flush()
        raise SystemExit(INTERRUPTED) from None
