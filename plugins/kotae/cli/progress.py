"""A bar for whatever takes longer than a second; only where a person watches."""

from __future__ import annotations

import sys
import time


class Progress:
    """Call it with (done, of); it draws on stderr from the second second on, and wipes itself at the end."""

    def __init__(self, words: str) -> None:
        self._words, self._since, self._drawn = words, time.monotonic(), False

    def __call__(self, done: int, of: int) -> None:
        """Show how far the work is."""
        if not sys.stderr.isatty() or time.monotonic() - self._since < 1:
            return
        width = 30 * done // max(of, 1)
        sys.stderr.write(f"\r{self._words} [{'#' * width}{'.' * (30 - width)}] {done}/{of}")
        self._drawn = True
        if done >= of:
            self.close()

    def close(self) -> None:
        """Wipe the bar."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            self._drawn = False
        sys.stderr.flush()
