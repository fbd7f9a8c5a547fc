/**
 * Tells whether a text, which begins with a line, may hold what means something to one framework only; one in MDX may
 * always. Nearly all texts have nothing of it, and to look for it as a whole takes many times as long.
 */
export function mayHaveShortcodes(text: string): boolean {
  return suspects.test(text);
}

const suspects = /\{[{%:#.\s]|\]?\)\{|:::|@\/|^\[{1,2}_?toc/im;
