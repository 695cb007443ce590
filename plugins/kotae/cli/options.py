"""Options several commands share. The clock is read here and nowhere below."""

from __future__ import annotations

import argparse
import os
from datetime import date


def as_of(text: str) -> date:
    """Read --as-of."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: YYYY-MM-DD") from None


def today(args: argparse.Namespace) -> date:
    """Return the day the command works as of: --as-of, else today."""
    return args.as_of or date.today()


def language(args: argparse.Namespace) -> str:
    """Return the language of messages: --messages, else the terminal's, else Japanese."""
    if args.messages:
        return str(args.messages)
    return "en" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).lower().startswith("en") else "ja"
