/**
 * Returns the name of a language in that language, `Deutsch`, with what its tag adds, `Português (BR)`; the tag itself
 * for a language that is not in the table.
 *
 * `Intl` knows all languages, but differs between runtimes, and a document must be the same bytes wherever it is
 * rendered. A test compares the table with Node's `Intl`.
 */
export function languageName(tag: string): string {
  const [language = '', ...subtags] = tag.split('-');
  const name = language.toLowerCase();
  const [script = ''] = subtags;
  const scripted = `${name}-${script.toLowerCase()}`;
  if (Object.hasOwn(names, scripted)) return withSubtags(names[scripted] ?? '', subtags.slice(1));
  return Object.hasOwn(names, name) ? withSubtags(names[name] ?? '', subtags) : tag;
}

function withSubtags(name: string, subtags: readonly string[]): string {
  return subtags.length === 0 ? name : `${name} (${subtags.join('-')})`;
}

/** By tag, as a list of languages shows them: with a capital letter where the script has one. */
export const names: Readonly<Record<string, string>> = {
  af: 'Afrikaans',
  am: 'አማርኛ',
  ar: 'العربية',
  az: 'Azərbaycan',
  be: 'Беларуская',
  bg: 'Български',
  bn: 'বাংলা',
  bs: 'Bosanski',
  ca: 'Català',
  cs: 'Čeština',
  cy: 'Cymraeg',
  da: 'Dansk',
  de: 'Deutsch',
  el: 'Ελληνικά',
  en: 'English',
  eo: 'Esperanto',
  es: 'Español',
  et: 'Eesti',
  eu: 'Euskara',
  fa: 'فارسی',
  fi: 'Suomi',
  fr: 'Français',
  ga: 'Gaeilge',
  gl: 'Galego',
  gu: 'ગુજરાતી',
  he: 'עברית',
  hi: 'हिन्दी',
  hr: 'Hrvatski',
  hu: 'Magyar',
  hy: 'Հայերեն',
  id: 'Indonesia',
  is: 'Íslenska',
  it: 'Italiano',
  ja: '日本語',
  ka: 'ქართული',
  kk: 'Қазақ тілі',
  km: 'ខ្មែរ',
  kn: 'ಕನ್ನಡ',
  ko: '한국어',
  lt: 'Lietuvių',
  lv: 'Latviešu',
  mk: 'Македонски',
  ml: 'മലയാളം',
  mn: 'Монгол',
  mr: 'मराठी',
  ms: 'Melayu',
  my: 'မြန်မာ',
  nb: 'Norsk bokmål',
  ne: 'नेपाली',
  nl: 'Nederlands',
  nn: 'Norsk nynorsk',
  no: 'Norsk',
  pa: 'ਪੰਜਾਬੀ',
  pl: 'Polski',
  pt: 'Português',
  ro: 'Română',
  ru: 'Русский',
  si: 'සිංහල',
  sk: 'Slovenčina',
  sl: 'Slovenščina',
  sq: 'Shqip',
  sr: 'Српски',
  sv: 'Svenska',
  sw: 'Kiswahili',
  ta: 'தமிழ்',
  te: 'తెలుగు',
  th: 'ไทย',
  tr: 'Türkçe',
  uk: 'Українська',
  ur: 'اردو',
  uz: 'O‘zbek',
  vi: 'Tiếng Việt',
  zh: '中文',
  'zh-hans': '简体中文',
  'zh-hant': '繁體中文',
};
