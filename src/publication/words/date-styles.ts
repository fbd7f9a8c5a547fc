import type { LocalTime } from './local-time.ts';

type Day = Pick<LocalTime, 'year' | 'month' | 'day'>;

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

/** Writes a month with its year, `November 2026`, or as in ISO 8601 if the language is not in the table. */
export function writtenMonth({ year, month }: Omit<Day, 'day'>, language: string): string {
  const name = monthName(month, language);
  if (name === undefined) return `${year}-${String(month).padStart(2, '0')}`;
  const pattern = monthPatterns[nameOf(language)] ?? 'M Y';
  return pattern.replace(/[MY]/g, (part) => (part === 'M' ? name : String(year)));
}

/** Writes the name of a month as it stands alone, with a capital letter; `undefined` if the language has no table. */
export function monthName(month: number, language: string): string | undefined {
  const style = dateStyleOf(language);
  if (style === undefined) return undefined;
  const [, dated] = style;
  const name = (standingAlone[nameOf(language)] ?? dated)?.split(' ')[month - 1];
  if (name === undefined) return `${month}${monthSigns[nameOf(language)] ?? ''}`;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Writes a time of day: `14:05`, in American English `2:05 PM`. */
export function writtenTime({ hour, minute }: Pick<LocalTime, 'hour' | 'minute'>, language: string): string {
  const minutes = String(minute).padStart(2, '0');
  if (dateStyleOf(language)?.[0] === dateStyles.en?.[0])
    return `${hour % 12 === 0 ? 12 : hour % 12}:${minutes} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${String(hour).padStart(2, '0')}${/^(?:da|fi|id)$/.test(nameOf(language)) ? '.' : ':'}${minutes}`;
}

function nameOf(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}

/** How month and year are written where they are not the month's name and a number. */
const monthPatterns: Readonly<Record<string, string>> = {
  es: 'M de Y',
  hu: 'Y. M',
  ja: 'Y年M',
  ko: 'Y년 M',
  pt: 'M de Y',
  ru: 'M Y г.',
  uk: 'M Y р.',
  zh: 'Y年M',
};

/** The sign after the number of a month in languages without month names. */
const monthSigns: Readonly<Record<string, string>> = { ja: '月', ko: '월', zh: '月' };

/** The names of months in languages that decline them in dates. */
const standingAlone: Readonly<Record<string, string>> = {
  cs: 'leden únor březen duben květen červen červenec srpen září říjen listopad prosinec',
  el: 'Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος',
  fi: 'tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu',
  pl: 'styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień',
  ru: 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
  uk: 'січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень',
};

/** Reports whether the table has a way to write dates in a language. */
export function hasDateStyle(language: string): boolean {
  return dateStyleOf(language) !== undefined;
}

/** How a language writes dates: a pattern of `D`, `M` and `Y`, and its names of months unless they are numbers. */
type DateStyle = readonly [pattern: string, months?: string];

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
