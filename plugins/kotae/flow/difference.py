"""What a change does to a playbook, in words an agent and a supervisor read: ways, steps, limits, roles, texts.

Only what a run would notice is told; commas in a sentence of explanation are not. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, ndiff

from kotae.findings import Said
from kotae.flow.graph import reach
from kotae.flow.model import ESCALATION, OUTCOME, Branch, Duration, Flow, Message, Node
from kotae.flow.vocabulary import fold

_ALIKE = 0.6
_KIND = {"step": ("手順", "step"), ESCALATION: ("エスカレーション", "escalation"), OUTCOME: ("終わり方", "outcome")}  # fmt: skip
_CHANNEL = {
    "mail": ("メール", "email"), "chat": ("チャット", "chat"), "phone": ("電話", "phone"), "sms": ("SMS", "SMS"),
    "sns": ("SNS", "social media"), "status": ("状況ページ", "status page"), "note": ("メモ", "note"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different. ``kind``: playbook, step, way, limit, role, text, check or input.

    ``lines`` are what stood there (``- ``) and what stands there now (``+ ``), for texts. ``line`` is where, today.
    """

    kind: str
    said: Said
    line: int = 0
    lines: tuple[str, ...] = ()


def differences(before: Mapping[str, Flow], after: Mapping[str, Flow]) -> dict[str, list[Change]]:
    """Return path -> changes of every playbook that is new, gone, moved or different; ``path`` is today's where there is one."""
    gone, new = set(before) - set(after), set(after) - set(before)
    moved = {
        path: old
        for path in sorted(new)
        for old in sorted(gone)
        if (before[old].document.id, before[old].document.lang) == (after[path].document.id, after[path].document.lang)
    }  # fmt: skip
    found: dict[str, list[Change]] = {}
    for path in sorted(set(after) | (gone - set(moved.values()))):
        old = before.get(moved.get(path, path))
        now = after.get(path)
        if old is None and now is not None:
            found[path] = [Change("playbook", Said("新しい手順書です。", "This playbook is new."), 1)]
        elif now is None:
            found[path] = [Change("playbook", Said("手順書がなくなりました。", "This playbook is gone."))]
        elif old is not None:
            told = [_moved(moved[path])] if path in moved else []
            found[path] = told + difference(old, now)
    return {path: changes for path, changes in found.items() if changes}


def _moved(old: str) -> Change:
    return Change("playbook", Said(f"{old} から移りました。", f"It has moved from {old}."), 1)


def difference(before: Flow, after: Flow) -> list[Change]:
    """Return what changed for somebody who works through the playbook, in the order of the steps."""
    names = _renamed(before, after)
    found = list(_whole(before, after))
    for node in after.nodes:
        old = next((n for n in before.nodes if names.get(n.id) == node.id), None)
        if old is None:
            ja, en = _KIND[node.kind]
            found.append(Change("step", Said(f"{ja}「{node.title}」が増えました。", f"The {en} '{node.title}' is new."), node.line))  # fmt: skip
        else:
            found += _Step(before, after, names, old, node).changes()
    for node in before.nodes:
        if names.get(node.id) is None:
            ja, en = _KIND[node.kind]
            found.append(Change("step", Said(f"{ja}「{node.title}」がなくなりました。", f"The {en} '{node.title}' is gone.")))  # fmt: skip
    return found + list(_lost(before, after, names))


def _renamed(before: Flow, after: Flow) -> dict[str, str]:
    """Return node of ``before`` -> the same node of ``after``; a node under a new name is known by what stands in it."""
    names = {n.id: n.id for n in before.nodes if n.id in after.by_id}
    free = [n for n in after.nodes if n.id not in before.by_id]
    for node in before.nodes:
        if node.id in names:
            continue
        best = max(((_alike(node, n), n) for n in free if n.kind == node.kind), key=lambda p: p[0], default=None)  # fmt: skip
        if best and best[0] >= _ALIKE:
            names[node.id] = best[1].id
            free.remove(best[1])
    return names


def _alike(one: Node, other: Node) -> float:
    return SequenceMatcher(None, _content(one), _content(other), autojunk=False).ratio()


def _content(node: Node) -> str:
    parts = [node.title, *(f"{f.key} {f.value}" for f in node.facts), *(w.text for w in (*node.text, *node.actions, *node.confirm))]  # fmt: skip
    parts += [m.title for m in node.messages] + [m.body for m in node.messages]
    parts += [node.decision.question] if node.decision else []
    return "\n".join([*parts, *(b.answer for b in node.branches)])[:2000]


def _whole(before: Flow, after: Flow) -> Iterator[Change]:
    old, now = before.document, after.document
    if old.title != now.title:
        yield Change("playbook", Said(f"名前が「{old.title}」から「{now.title}」になりました。", f"It is now called '{now.title}' instead of '{old.title}'."), 1)  # fmt: skip
    if old.severity != now.severity:
        yield Change("playbook", Said(f"重要度が {old.severity} から {now.severity} になりました。", f"The severity is now {now.severity} instead of {old.severity}."), 1)  # fmt: skip
    one, two = ({i.name: i for i in f.inputs if not i.shared} for f in (before, after))
    for name in [n for n in two if n not in one]:
        yield Change("input", Said(f"入力項目「{name}」が増えました。", f"The input '{name}' is new."), two[name].line)  # fmt: skip
    for name in [n for n in one if n not in two]:
        yield Change("input", Said(f"入力項目「{name}」がなくなりました。", f"The input '{name}' is gone."))
    for name in [n for n in two if n in one]:
        if (one[name].type, one[name].values) != (two[name].type, two[name].values):
            yield Change("input", Said(f"入力項目「{name}」の種類が「{one[name].written_type}」から「{two[name].written_type}」になりました。", f"The type of the input '{name}' is now '{two[name].written_type}' instead of '{one[name].written_type}'."), two[name].line)  # fmt: skip
    bans, today = ({c.ban for c in f.cautions if c.ban} for f in (before, after))
    for ban in sorted(today - bans):
        yield Change("text", Said(f"言わないことに「{ban}」が増えました。", f"'{ban}' is now among what we do not say."))  # fmt: skip
    for ban in sorted(bans - today):
        yield Change("text", Said(f"言わないことから「{ban}」がなくなりました。", f"'{ban}' is no longer among what we do not say."))  # fmt: skip


def _lost(before: Flow, after: Flow, names: Mapping[str, str]) -> Iterator[Change]:
    once = {names.get(n) for n in reach([before.start], before.edges)}
    now = reach([after.start], after.edges)
    for node in after.nodes:
        if node.id in once and node.id not in now:
            yield Change("way", Said(f"「{node.title}」へ行く道がなくなりました。", f"No way leads to '{node.title}' any more."), node.line)  # fmt: skip


@dataclass(frozen=True)
class _Step:
    """One node as it was and as it is."""

    before: Flow
    after: Flow
    names: Mapping[str, str]
    old: Node
    node: Node

    def changes(self) -> list[Change]:
        return [*self.facts(), *self.ways(), *self.checks(), *self.texts()]

    def say(self, kind: str, ja: str, en: str, line: int = 0, lines: tuple[str, ...] = ()) -> Change:
        title = self.node.title
        return Change(kind, Said(f"「{title}」{ja}", f"'{title}': {en}"), line or self.node.line, lines)

    def facts(self) -> Iterator[Change]:
        old, node = self.old, self.node
        if old.title != node.title:
            yield self.say("step", f"の名前が変わりました(前は「{old.title}」)。", f"renamed (it was '{old.title}').")  # fmt: skip
        if _limit(old.within) != _limit(node.within):
            yield self._changed(
                "limit", "期限", "the time limit", _written(old.within), _written(node.within)
            )
        roles = ("担当", "the role") if node.kind != ESCALATION else ("引き継ぎ先", "whom it is handed to")
        listed: tuple[tuple[str, str, str, Callable[[Node], Sequence[str]]], ...] = (
            ("role", *roles, lambda n: [w.text for w in n.roles]),
            ("role", "権限", "the permission", lambda n: [w.text for w in n.permissions]),
            ("role", "連絡方法", "how to reach them", lambda n: [n.by] if n.by else []),
            ("role", "引き継ぎ事項", "what is handed over", lambda n: [w.text for w in n.hand_over]),
        )
        for kind, ja, en, of in listed:
            if sorted(map(fold, of(old))) != sorted(map(fold, of(node))):
                yield self._changed(kind, ja, en, "・".join(of(old)), "・".join(of(node)))
        if _often(old) != _often(node):
            yield self._changed("limit", "繰り返し", "how often it is repeated", _repeat(old), _repeat(node))
        yield from self._flag(old.first_reply, node.first_reply, "一次回答を送る手順", "where the first reply is sent")  # fmt: skip
        yield from self._flag(old.irreversible, node.irreversible, "元に戻せない手順", "a step that cannot be undone")  # fmt: skip

    def _flag(self, old: bool, now: bool, ja: str, en: str) -> Iterator[Change]:
        if old != now:
            told = (f"は、{ja}になりました。", f"it is now {en}.") if now else (f"は、{ja}ではなくなりました。", f"it is no longer {en}.")  # fmt: skip
            yield self.say("step", *told)

    def _changed(self, kind: str, ja: str, en: str, old: str, now: str) -> Change:
        if not old:
            return self.say(kind, f"の{ja}が「{now}」に決まりました。", f"{en} is now set: '{now}'.")
        if not now:
            return self.say(kind, f"の{ja}(「{old}」)がなくなりました。", f"{en} ('{old}') is gone.")
        return self.say(kind, f"の{ja}が「{old}」から「{now}」になりました。", f"{en} is now '{now}' instead of '{old}'.")  # fmt: skip

    def ways(self) -> Iterator[Change]:
        old, node = self.old, self.node
        asked, asks = (n.decision.question if n.decision else "" for n in (old, node))
        if fold(asked) != fold(asks):
            yield self._changed("way", "質問", "the question", asked, asks)
        was, now = ({fold(b.answer): b for b in n.branches} for n in (old, node))
        gone, new = [was[a] for a in was if a not in now], [now[a] for a in now if a not in was]
        for answer in [a for a in now if a in was]:
            if not self._same(was[answer], now[answer]):
                yield self._turned(was[answer], now[answer])
        for branch in gone:
            # An answer under other words that leads to the same place: a bound was moved, or the words mended.
            other = next((b for b in new if self._same(branch, b)), None)
            if other is not None:
                new.remove(other)
                yield self.say("way", f"で{self._to(self.after, other)}へ行く答えが、「{branch.answer}」から「{other.answer}」になりました。", f"the answer that leads to {self._to(self.after, other, True)} is now '{other.answer}' instead of '{branch.answer}'.", other.line)  # fmt: skip
            else:
                yield self.say("way", f"の答え「{branch.answer}」(行き先は{self._to(self.before, branch)})がなくなりました。", f"the answer '{branch.answer}' (to {self._to(self.before, branch, True)}) is gone.")  # fmt: skip
        for branch in new:
            yield self.say("way", f"に答え「{branch.answer}」が増え、{self._to(self.after, branch)}へ行きます。", f"the answer '{branch.answer}' is new and leads to {self._to(self.after, branch, True)}.", branch.line)  # fmt: skip
        yield from self._onward()

    def _onward(self) -> Iterator[Change]:
        old, node = self.old, self.node
        if node.kind != OUTCOME and self.names.get(old.next, "") != node.next and (old.next or node.next) and not (self._fell()):  # fmt: skip
            to = self.after.by_id[node.next].title if node.next in self.after.by_id else ""
            was = self.before.by_id[old.next].title if old.next in self.before.by_id else ""
            yield self._changed("way", "次の手順", "the next step", was, to)
        both, now = [self.names.get(w.to, "") for w in old.parallel], [w.to for w in node.parallel]
        if both != now:
            told, tell = ("・".join(f.by_id[w.to].title for w in n.parallel if w.to in f.by_id) for f, n in ((self.before, old), (self.after, node)))  # fmt: skip
            yield self._changed("way", "同時に行うこと", "what is done at the same time", told, tell)

    def _fell(self) -> bool:
        """Tell whether the text still falls through, past a step that came or went: that step is told by itself."""
        if not (self.old.implicit and self.node.implicit):
            return False
        known = self.names.get(self.old.next)
        return known is None or self.node.next not in self.names.values()

    def _same(self, old: Branch, now: Branch) -> bool:
        # A heading of the same words may have been another node before: what counts is the node it is today.
        return (self.names.get(old.to, ""), old.call) == (now.to, now.call) and bool(now.to or now.call)

    def _turned(self, old: Branch, now: Branch) -> Change:
        ja = f"で「{now.answer}」と答えると、{self._to(self.before, old, other=now)}ではなく{self._to(self.after, now, other=old)}へ行くようになりました。"
        en = f"'{now.answer}' now leads to {self._to(self.after, now, True, old)} instead of {self._to(self.before, old, True, now)}."
        return self.say("way", ja, en, now.line)

    def _to(self, flow: Flow, branch: Branch, english: bool = False, other: Branch | None = None) -> str:
        node = flow.by_id.get(branch.to)
        title = branch.written if branch.call or node is None else node.title
        if other is not None and node is not None and not branch.call and node.kind == ESCALATION:
            flows = (self.before, self.after)
            there = next((f.by_id[other.to] for f in flows if f is not flow and other.to in f.by_id), None)
            mine = "・".join(w.text for w in node.roles)
            # Two escalations are told apart by whom they reach; where that is the same, by their names.
            if mine and there and there.kind == ESCALATION and mine != "・".join(w.text for w in there.roles):
                return mine
        return f"'{title}'" if english else f"「{title}」"

    def checks(self) -> Iterator[Change]:
        old, now = ([w.text for w in n.confirm] for n in (self.old, self.node))
        for item in [i for i in now if i not in old]:
            yield self.say("check", f"の確認に「{item}」が増えました。", f"'{item}' is now to be ticked.")
        for item in [i for i in old if i not in now]:
            yield self.say("check", f"の確認から「{item}」がなくなりました。", f"'{item}' is no longer to be ticked.")  # fmt: skip
        done, does = ([w.text for w in n.actions] for n in (self.old, self.node))
        if done != does:
            yield self.say("step", "ですることが変わりました。", "what is done has changed.", lines=_lines(done, does))  # fmt: skip

    def texts(self) -> Iterator[Change]:
        rest = list(self.old.messages)
        for message in self.node.messages:
            old = next((m for m in rest if _key(m) == _key(message)), None) or next((m for m in rest if m.channel == message.channel), None)  # fmt: skip
            ja, en = _named(message)
            if old is None:
                yield self.say("text", f"に{ja}の文面が増えました。", f"the {en} is new.", message.line)
                continue
            rest.remove(old)
            if (old.subject, old.body.strip()) != (message.subject, message.body.strip()):
                told = _lines(_written_text(old), _written_text(message))
                yield self.say("text", f"の{ja}の文面が変わりました。", f"the text of the {en} has changed.", message.line, told)  # fmt: skip
        for message in rest:
            ja, en = _named(message)
            yield self.say("text", f"の{ja}の文面がなくなりました。", f"the {en} is gone.")


def _key(message: Message) -> tuple[str, str]:
    return message.channel, fold(message.title)


def _named(message: Message) -> tuple[str, str]:
    ja, en = _CHANNEL[message.channel]
    return (f"{ja}「{message.title}」", f"{en} '{message.title}'") if message.title else (ja, en)


def _written_text(message: Message) -> list[str]:
    return [*([message.subject] if message.subject else []), *message.body.strip().split("\n")]


def _lines(old: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for line in ndiff(list(old), list(now)) if line[:2] in ("- ", "+ "))


def _limit(limit: Duration | None) -> tuple[int, str, str] | None:
    return (limit.n, limit.unit, limit.origin) if limit else None


def _written(limit: Duration | None) -> str:
    return limit.written.strip() if limit else ""


def _often(node: Node) -> tuple[object, int] | None:
    return (_limit(node.repeat.every), node.repeat.most) if node.repeat else None


def _repeat(node: Node) -> str:
    fact = node.fact("repeat")
    return fact.value if fact else ""
