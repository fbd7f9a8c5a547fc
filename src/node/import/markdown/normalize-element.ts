import type { Element, ElementContent } from 'hast';
import { taskBox } from '../../../article/body/html/html-rules.ts';
import { isVisible } from './hast.ts';
import { rawInline } from './preserve-html.ts';

/** Gives an element with normalized children the form that Markdown can express. */
export function normalizeElement(element: Element, language: string | undefined): Element {
  switch (element.tagName) {
    case 'figure':
      return normalizeFigure(element);
    case 'td':
    case 'th':
      return normalizeCell(element);
    case 'pre':
      return language === undefined ? element : withCodeLanguage(element, language);
    default:
      return element;
  }
}

/** A figure without a caption becomes a `<div>`. */
function normalizeFigure(element: Element): Element {
  const hasCaption = element.children.some(
    (child) => child.type === 'element' && child.tagName === 'figcaption' && child.children.some(isVisible),
  );
  return hasCaption ? element : { ...element, tagName: 'div' };
}

/** A cell becomes one line with raw breaks. Its alignment moves from the style to `align`. */
function normalizeCell(element: Element): Element {
  const { style, ...properties } = element.properties;
  const align = /(?:^|;)\s*text-align\s*:\s*(left|right|center)\s*(?:;|$)/i.exec(String(style ?? ''))?.[1];
  const visible = element.children.filter(isVisible);
  const [only] = visible;
  const isParagraph = visible.length === 1 && only?.type === 'element' && only.tagName === 'p';
  const children = withRawBreaks(isParagraph ? only.children : element.children);
  return { ...element, properties: align === undefined ? properties : { ...properties, align }, children };
}

function withRawBreaks(children: readonly ElementContent[]): ElementContent[] {
  const isBreak = (node: ElementContent): boolean => node.type === 'element' && node.tagName === 'br';
  const isWord = (node: ElementContent): boolean => isVisible(node) && !isBreak(node);
  const [start, end] = [children.findIndex(isWord), children.findLastIndex(isWord) + 1];
  return children.slice(Math.max(0, start), end).map((node) => {
    if (isBreak(node)) return rawInline('<br>');
    return node.type === 'element' ? { ...node, children: withRawBreaks(node.children) } : node;
  });
}

function withCodeLanguage(pre: Element, language: string): Element {
  const properties = { className: [`language-${language}`] };
  const code = pre.children.find((child): child is Element => child.type === 'element' && child.tagName === 'code');
  if (code === undefined)
    return { ...pre, children: [{ type: 'element', tagName: 'code', properties, children: pre.children }] };
  code.properties = properties;
  return pre;
}

/** Finds the language of code in the classes and attributes that syntax highlighters use. */
export function codeLanguageOf({ tagName, properties, children }: Element): string | undefined {
  const inner = tagName === 'pre' ? children.find((child) => child.type === 'element') : undefined;
  const innerLanguage = inner?.tagName === 'code' ? codeLanguageOf(inner) : undefined;
  if (innerLanguage !== undefined) return innerLanguage;
  const { className, lang, dataLang, dataLanguage, dataEnlighterLanguage } = properties;
  const classes = Array.isArray(className) ? className.join(' ') : '';
  const isCode = tagName === 'pre' || tagName === 'code';
  const [, fromClass] =
    /(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s*|sourceCode\s)([\w+#.-]+)/i.exec(classes) ?? [];
  const name = fromClass ?? dataLang ?? dataLanguage ?? dataEnlighterLanguage ?? (isCode ? lang : undefined);
  return typeof name === 'string' && /^[\w+#.-]{1,30}$/.test(name) && !notCode.test(name) ? name : undefined;
}

/** Names for plain text, and human languages. */
const notCode =
  /^(?:none|no-?highlight|plain(?:text)?|te?xt|generic|raw|auto|default|(?:en|de|fr|es|it|pt|nl|pl|ja|zh)(?:-\w+)?)$/i;

/** Removes the checkbox from the beginning of a task list item and returns it. */
export function takeCheckbox(item: Element): Element[] {
  for (let holder = item; ; ) {
    const index = holder.children.findIndex(isVisible);
    const first = holder.children[index];
    if (first?.type !== 'element') return [];
    if (first.tagName === 'label' || first.tagName === 'p') holder = first;
    else {
      if (!isCheckbox(first)) return [];
      holder.children.splice(0, index + 1);
      return [first];
    }
  }
}

/** Shows a checkbox outside a task list as text. Other input fields go. */
export function checkboxText(input: Element): ElementContent[] {
  const { checked } = input.properties;
  const isChecked = checked !== undefined && checked !== false;
  return isCheckbox(input) ? [{ type: 'text', value: `${taskBox(isChecked)} ` }] : [];
}

function isCheckbox({ tagName, properties }: Element): boolean {
  return tagName === 'input' && String(properties.type).toLowerCase() === 'checkbox';
}
