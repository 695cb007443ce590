/* KotaeFlow: where a run may go. It offers exactly the ways of the playbook's graph; a state is the list of
   picks that led there, so that going back, resuming and handing over are the same thing: playing picks again.
   A pick is the number of an answer, "n" (the text goes on) or "t" (several things at the same time). */
{
  const nodes = (book) => (book.byId ??= new Map(book.nodes.map((node) => [node.id, node])));
  const node = (book, id) => nodes(book).get(id);
  const begin = (book) => ({ at: book.start, stack: [], moves: [], call: null });

  const options = (book, state) => {
    const here = node(book, state.at);
    if (!here || here.kind === "outcome") return [];
    if (here.parallel) return [{ pick: "t", to: here.parallel[0], together: here.parallel }];
    const ways = (here.branches ?? []).map((branch, at) => ({ pick: at, ...branch }));
    if (!here.asks && here.next) ways.push({ pick: "n", to: here.next, call: here.calls?.[0] ?? null });
    return ways;
  };

  const take = (book, state, pick) => {
    const way = options(book, state).find((each) => each.pick === pick);
    if (!way) return null;
    const here = node(book, state.at);
    const stack = state.stack.map((each) => ({ ...each }));
    if (pick === "t") stack.push({ left: here.parallel.slice(1), join: here.next ?? "" });
    let to = way.to;
    // A line that has come to the join makes room for the next line; the last one goes on from there.
    while (stack.length && stack[stack.length - 1].join && to === stack[stack.length - 1].join) {
      const top = stack[stack.length - 1];
      if (top.left.length) { to = top.left[0]; top.left = top.left.slice(1); } else stack.pop();
    }
    return { at: to, stack, moves: [...state.moves, { at: state.at, pick }], call: way.call ?? null };
  };

  /* Plays picks; stops where one no longer fits. */
  const replay = (book, picks) => {
    let state = begin(book);
    for (const pick of picks) {
      const next = take(book, state, pick);
      if (!next) break;
      state = next;
    }
    return state;
  };
  const picks = (state) => state.moves.map((move) => move.pick);
  /* How often the run has stood where it stands now. */
  const visits = (state) => state.moves.filter((move) => move.at === state.at).length + 1;
  const ended = (book, state) => !options(book, state).length;
  /* What was answered on the way: [question, answer] */
  const answers = (book, state) => state.moves.filter((move) => typeof move.pick === "number").map((move) => {
    const here = node(book, move.at);
    return { at: move.at, question: here.question ?? "", answer: here.branches[move.pick].answer };
  });
  /* The picks of a case played by its answers, as far as they lead. */
  const plain = (text) => text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
  const play = (book, given) => {
    let state = begin(book), left = [...given], rest = 500;
    while (rest-- > 0) {
      const ways = options(book, state);
      if (!ways.length) break;
      const named = left.length ? ways.find((way) => way.answer && plain(way.answer) === plain(left[0])) : null;
      const way = named ?? ways.find((each) => each.pick === "n" || each.pick === "t");
      if (!way) break;
      if (named) left = left.slice(1);
      state = take(book, state, way.pick);
    }
    return { state, left };
  };

  const same = (a, b) => plain(a) === plain(b);

  const api = { same, node, begin, options, take, replay, picks, visits, ended, answers, play };
  globalThis.KotaeFlow = api;
  if (typeof module !== "undefined") module.exports = api;
}
