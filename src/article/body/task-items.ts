import type { MarkdownIt, StateCore } from 'markdown-it';

/** Shows `- [x] done` as a box that is ticked, and `- [ ] open` as one that isn't; a feed has no fields to tick. */
export function useTaskItems(markdown: MarkdownIt): void {
  // Where an escaped bracket still is another token.
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
