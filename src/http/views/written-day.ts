/** A day of the Gregorian calendar. */
export interface Day {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/**
 * Writes a day as a language does, `25. Februar 2025`, and in a language that is not in the table as ISO 8601 does.
 *
 * `Intl` knows all languages, but not on every runtime alike, and a page has to be the same bytes wherever it is
 * rendered; a test holds the table against Node's.
 */
export function writtenDay({ year, month, day }: Day, language: string): string {
  const [pattern, months] = customOf(language) ?? [];
  const number = String(month);
  if (pattern === undefined) return `${year}-${number.padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const name = months?.split(' ')[month - 1] ?? number;
  return pattern.replace(/[dMy]/g, (part) => ({ d: String(day), M: name })[part] ?? String(year));
}

/** How a language writes days: a pattern of `d`, `M` and `y`, and its months, where they aren't numbers. */
type Custom = readonly [pattern: string, months?: string];

function customOf(language: string): Custom | undefined {
  const [name = '', ...subtags] = language.toLowerCase().split('-');
  const region = subtags.find((subtag) => /^[a-z]{2}$/.test(subtag)) ?? '';
  // In some countries the months have other names.
  if (name === 'ar' && /^(?:dz|iq|jo|lb|ma|mr|ps|sy|tn)$/.test(region)) return undefined;
  if (name === 'de' && region === 'at') return ['d. M y', german.replace('Januar', 'Jänner')];
  if (name === 'en' && !/^(?:|us|ca|ph|pr)$/.test(region)) return ['d M y', english];
  return Object.hasOwn(customs, name) ? customs[name] : undefined;
}

const english = 'January February March April May June July August September October November December';
const german = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember';

const customs: Readonly<Record<string, Custom>> = {
  ar: ['d M y', 'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر'],
  cs: ['d. M y', 'ledna února března dubna května června července srpna září října listopadu prosince'],
  da: ['d. M y', 'januar februar marts april maj juni juli august september oktober november december'],
  de: ['d. M y', german],
  el: [
    'd M y',
    'Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου',
  ],
  en: ['M d, y', english],
  es: [
    'd de M de y',
    'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  ],
  fi: [
    'd. M y',
    'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  ],
  fr: ['d M y', 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'],
  he: ['d בM y', 'ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר'],
  hu: [
    'y. M d.',
    'január február március április május június július augusztus szeptember október november december',
  ],
  id: ['d M y', 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'],
  it: [
    'd M y',
    'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  ],
  ja: ['y年M月d日'],
  ko: ['y년 M월 d일'],
  nb: ['d. M y', 'januar februar mars april mai juni juli august september oktober november desember'],
  nl: ['d M y', 'januari februari maart april mei juni juli augustus september oktober november december'],
  pl: [
    'd M y',
    'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  ],
  pt: [
    'd de M de y',
    'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  ],
  ro: [
    'd M y',
    'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
  ],
  ru: ['d M y г.', 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'],
  sv: ['d M y', 'januari februari mars april maj juni juli augusti september oktober november december'],
  tr: ['d M y', 'Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık'],
  uk: ['d M y р.', 'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня'],
  zh: ['y年M月d日'],
};
