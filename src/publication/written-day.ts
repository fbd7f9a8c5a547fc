import type { Instant } from '../article/article.ts';

/** Returns the day of a moment in a time zone, the same on every runtime. */
export function localDay(instant: Instant, timeZone: string): Day {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(new Date(instant)).map(({ type, value }) => [type, Number(value)]),
  );
  return { year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0 };
}

/** By time zone. Creating a format takes longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** A day of the Gregorian calendar. */
interface Day {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/**
 * Writes a date as is usual in a language, `25. Februar 2025`, or as in ISO 8601 if the language is not in the table.
 *
 * `Intl` knows all languages, but differs between runtimes, and a page must be the same bytes wherever it is rendered.
 * A test compares the table with Node's `Intl`.
 */
export function writtenDay({ year, month, day }: Day, language: string): string {
  const [pattern, months] = dateStyleOf(language) ?? [];
  const number = String(month);
  if (pattern === undefined) return `${year}-${number.padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const name = months?.split(' ')[month - 1] ?? number;
  return pattern.replace(/[DMY]/g, (part) => ({ D: String(day), M: name })[part] ?? String(year));
}

/** How a language writes dates: a pattern of `D`, `M` and `Y`, and its names of months unless they are numbers. */
type DateStyle = readonly [pattern: string, months?: string];

/** Reports whether the table has a way to write dates in a language. */
export function hasDateStyle(language: string): boolean {
  return dateStyleOf(language) !== undefined;
}

function dateStyleOf(language: string): DateStyle | undefined {
  const [name = '', ...subtags] = language.toLowerCase().split('-');
  const region = subtags.find((subtag) => /^[a-z]{2}$/.test(subtag)) ?? '';
  // These countries have other names of months.
  if (name === 'ar' && /^(?:dz|iq|jo|lb|ma|mr|ps|sy|tn)$/.test(region)) return undefined;
  if (name === 'de' && region === 'at') return ['D. M Y', german.replace('Januar', 'Jänner')];
  if (name === 'en' && !/^(?:|us|ca|ph|pr)$/.test(region)) return ['D M Y', english];
  return Object.hasOwn(dateStyles, name) ? dateStyles[name] : undefined;
}

const english = 'January February March April May June July August September October November December';

const german = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember';

const dateStyles: Readonly<Record<string, DateStyle>> = {
  ar: ['D M Y', 'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر'],
  cs: ['D. M Y', 'ledna února března dubna května června července srpna září října listopadu prosince'],
  da: ['D. M Y', 'januar februar marts april maj juni juli august september oktober november december'],
  de: ['D. M Y', german],
  el: [
    'D M Y',
    'Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου',
  ],
  en: ['M D, Y', english],
  es: ['D de M de Y', 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'],
  fi: [
    'D. M Y',
    'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  ],
  fr: ['D M Y', 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'],
  he: ['D בM Y', 'ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר'],
  hu: ['Y. M D.', 'január február március április május június július augusztus szeptember október november december'],
  id: ['D M Y', 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'],
  it: ['D M Y', 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'],
  ja: ['Y年M月D日'],
  ko: ['Y년 M월 D일'],
  nb: ['D. M Y', 'januar februar mars april mai juni juli august september oktober november desember'],
  nl: ['D M Y', 'januari februari maart april mei juni juli augustus september oktober november december'],
  pl: ['D M Y', 'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia'],
  pt: ['D de M de Y', 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'],
  ro: ['D M Y', 'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie'],
  ru: ['D M Y г.', 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'],
  sv: ['D M Y', 'januari februari mars april maj juni juli augusti september oktober november december'],
  tr: ['D M Y', 'Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık'],
  uk: ['D M Y р.', 'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня'],
  zh: ['Y年M月D日'],
};
