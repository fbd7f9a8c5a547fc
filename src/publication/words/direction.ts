/** The direction of a text, as in HTML's `dir`. */
export type Direction = 'ltr' | 'rtl';

/**
 * Returns the direction of a language: that of the script in its tag, else of its usual script (BCP 47 §3.2.3: a tag
 * names a script only if it is not the usual one).
 *
 * `Intl.Locale` knows this too, but not on every runtime nor in the same version, and a document must be the same bytes
 * wherever it is rendered.
 */
export function directionOf(language: string): Direction {
  const [name = '', ...subtags] = language.toLowerCase().split('-');
  // A singleton starts an extension or a private part.
  const end = subtags.findIndex((subtag) => subtag.length === 1);
  const own = end === -1 ? subtags : subtags.slice(0, end);
  const script = own.find((subtag) => /^[a-z]{4}$/.test(subtag));
  if (script !== undefined) return rightToLeftScripts.has(script) ? 'rtl' : 'ltr';
  const region = own.find((subtag) => /^[a-z]{2}$/.test(subtag));
  const local = region === undefined ? undefined : localScripts[`${name}-${region}`];
  return local ?? (rightToLeftLanguages.has(name) ? 'rtl' : 'ltr');
}

/** ISO 15924 codes of the right-to-left scripts in Unicode, historic ones included. */
const rightToLeftScripts: ReadonlySet<string> = new Set(
  (
    'adlm arab aran armi avst chrs cprt elym gara hatr hebr hung khar lydi mand mani mend merc mero narb nbat nkoo ' +
    'orkh ougr palm phli phlp phnx prti rohg samr sarb sogd sogo syrc syre syrj syrn thaa yezi'
  ).split(' '),
);

/** Living languages whose usual script is one of them, by Unicode's likely subtags. */
const rightToLeftLanguages: ReadonlySet<string> = new Set(
  // Arabic and its varieties
  (
    'ar ara aao abh abv acm acq acw acx adf aeb aec afb apc apd arb arq ars ary arz auz avl ayh ayl ayn ayp ssh shu ajt ' +
    // Persian, Urdu, Kurdish and others in the Arabic script
    'azb bal bcc bej bft bgn bqi brh chg ckb fa fas fia gbz gjk gju glk gwc gwt haz hnd hno kas khw ks kvx kxp ' +
    'drw lah lki lrc luz mde mfa mvy mzn ota pbu per pes pbt phr pnb prd prs ps pst pus rmt sd sdh skr snd swb tnf trw ug uig ur urd ' +
    // In Hebrew, Syriac, Thaana, N’Ko, Hanifi Rohingya and Mandaic
    'he aju heb hbo iw jpr jrb lad trg yi yid ji ydd aii cld syc syr tmr dv div nqo rhg mid'
  ).split(' '),
);

/** Regions where the usual script of a language has the other direction. */
const localScripts: Readonly<Record<string, Direction>> = {
  'az-iq': 'rtl',
  'az-ir': 'rtl',
  'ha-cm': 'rtl',
  'ha-sd': 'rtl',
  'kk-af': 'rtl',
  'kk-cn': 'rtl',
  'kk-ir': 'rtl',
  'kk-mn': 'rtl',
  'ku-iq': 'rtl',
  'ku-ir': 'rtl',
  'ku-lb': 'rtl',
  'ky-cn': 'rtl',
  'ms-cc': 'rtl',
  'pa-pk': 'rtl',
  'tg-pk': 'rtl',
  'uz-af': 'rtl',
  'sd-in': 'ltr',
  'ug-kz': 'ltr',
  'ug-mn': 'ltr',
};
