import type { MarkdownIt, StateCore } from 'markdown-it';

/** Shows `- [x] done` as a ticked box and `- [ ] open` as an empty one, since feeds have no form fields. */
export function useTaskItems(markdown: MarkdownIt): void {
  // At this stage an escaped bracket is still a token of its own.
  markdown.core.ruler.before('text_join', 'task_items', ({ tokens }: StateCore) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'inline' || tokens[index - 2]?.type !== 'list_item_open') continue;
      const [first] = token.children ?? [];
      const [box, mark] = /^\[([ x])\](?=\s)/i.exec(first?.content ?? '') ?? [];
      if (first?.type === 'text' && box !== undefined)
        first.content = taskBox(mark !== ' ') + first.content.slice(box.length);
    }
  });
}

export function taskBox(isDone: boolean): string {
  return isDone ? '\u2611' : '\u2610';
}
