"""Parse, call one function, choose an exit code. Nothing heavy is imported before the command is known."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from keyword import iskeyword
from pathlib import Path

# One module of this folder each, with add(parser) and run(args) -> exit code.
COMMANDS = {
    "init": "自分の会社のフォルダを作る / start the folder of one's own company",
    "check": "すべてのページを確かめる / check every page",
    "build": "ヘルプと手引きを作る / build the help center and the handbook",
    "verify": "公開するフォルダに社内の言葉がないか調べる / search a public folder for internal words",
    "audience": "だれに見えるか、何が公開になるか / who sees what, and what becomes public",
    "diff": "変更で手順書の流れがどう変わるかを言葉で示す / what a change does to the playbooks, in words",
    "replies": "返信の文面を、チケットの定型文のために書き出す / write the reply texts out for a ticket system's macros",
    "compose": "別の道具のための、切り分けずみの原稿を書く / write the already-cut sources for another engine",
    "serve": "書きながら見る / preview while writing",
    "new": "新しい質問や手順書を作る / write the start of a new page",
    "import": "表計算や記事のHTMLから取り込む / move in from a spreadsheet or exported articles",
    "export": "項目を表計算に書き出す / write the fields out for a spreadsheet",
    "rename": "ページを移す / move a page and everything that names it",
    "links": "ほかのサイトへのリンクを確かめる / check links to other sites",
    "preflight": "公開した場所を外から確かめる / ask the published sites from outside",
    "review": "ページを確かめた記録を残す / record that a page was read",
    "owners": "担当の一覧、CODEOWNERS、引き継ぎ / owners, CODEOWNERS, hand-over",
    "plan": "見直しの予定をならす / a levelled plan of reviews",
    "search": "お客様の言葉で探してみる / search as a customer would",
    "misses": "見つからなかった言葉を、聞かれ方と新しい質問にする / turn searches in vain into wordings and pages",
    "rules": "確かめることの一覧と説明 / list and explain the rules",
}
COULD_NOT_RUN, INTERRUPTED = 2, 130


class CannotRunError(Exception):
    """A reason, in one sentence, why a command cannot do its work: exit code 2."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when all is well, 1 when something is to mend, 2 when it could not run."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file name may hold what the terminal cannot show; that is no reason to stop.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(words)
        sys.stdout.flush()
    except CannotRunError as reason:
        return _say(str(reason), COULD_NOT_RUN)
    except BrokenPipeError:
        # The reader left (`kotae check | head`). Nothing may be written any more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        return _say("中断しました。 / Stopped.", INTERRUPTED)
    except OSError as error:
        name = f" {error.filename}" if error.filename else ""
        return _say(f"{error.strerror or error}{name}", COULD_NOT_RUN)
    except Exception as error:
        if os.environ.get("KOTAE_DEBUG"):
            raise
        # A fault of ours: a writer gets one line, whoever mends it sets KOTAE_DEBUG=1 and sees where.
        fault = f"{type(error).__name__}: {error}".splitlines()[0]
        return _say(
            f"Kotaeの中の問題で止まりました。KOTAE_DEBUG=1 で詳しく出ます。 / A fault of Kotae's own; KOTAE_DEBUG=1 shows where. ({fault})",
            COULD_NOT_RUN,
        )
    return code


def _run(words: list[str]) -> int:
    wanted = next((word for word in words if not word.startswith("-")), None)
    parser = argparse.ArgumentParser(
        prog="kotae",
        description="Markdown のフォルダから、公開ヘルプと社内の手引きを作ります。 / A folder of Markdown becomes a help center and a handbook.",
    )
    parser.add_argument("--version", action="store_true", help="版を表示する / show the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, help_text in COMMANDS.items():
        if find_spec(_module(name)) is None:
            continue
        sub = commands.add_parser(name, help=help_text, description=help_text)
        if name == wanted:
            import_module(_module(name)).add(sub)
    args = parser.parse_args(words)
    if args.version:
        from importlib.metadata import version

        print(version("kotae"))
        return 0
    if args.command is None:
        parser.print_help()
        return COULD_NOT_RUN
    code: int = import_module(_module(args.command)).run(args)
    return code


def _module(command: str) -> str:
    # "import" is a word of Python, so its module has another name.
    return f"kotae.cli.{command}{'_' if iskeyword(command) else ''}"


def readable(root: Path) -> Path:
    """Return ``root`` as an absolute folder that can be read."""
    if not root.is_dir():
        raise CannotRunError(
            f"フォルダ {root} がありません。--root で原稿のフォルダを指定してください。 / There is no folder {root}; name one with --root."
        )
    if not os.access(root, os.R_OK | os.X_OK):
        raise CannotRunError(
            f"フォルダ {root} を開けません。権限を確かめてください。 / The folder {root} cannot be opened; see its permissions."
        )
    return root.resolve()


def _say(sentence: str, code: int) -> int:
    print(f"kotae: {sentence}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
