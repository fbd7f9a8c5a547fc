/** Which way a text runs, as HTML's `dir` says it. */
export type Direction = 'ltr' | 'rtl';

/**
 * Tells which way a language is written, by the script that its tag names or else by the one in which it is mostly
 * written (BCP 47 §3.2.3: a tag names a script only where it is another).
 *
 * `Intl.Locale` knows this too, but not on every runtime and not everywhere in the same version, and a document has to
 * be the same bytes wherever it is rendered.
 */
export function directionOf(language: string): Direction {
  const [name = '', ...subtags] = language.toLowerCase().split('-');
  // What follows a singleton is an extension or private.
  const end = subtags.findIndex((subtag) => subtag.length === 1);
  const own = end === -1 ? subtags : subtags.slice(0, end);
  const script = own.find((subtag) => /^[a-z]{4}$/.test(subtag));
  if (script !== undefined) return rightToLeftScripts.has(script) ? 'rtl' : 'ltr';
  const region = own.find((subtag) => /^[a-z]{2}$/.test(subtag));
  const local = region === undefined ? undefined : localScripts[`${name}-${region}`];
  return local ?? (rightToLeftLanguages.has(name) ? 'rtl' : 'ltr');
}

/** ISO 15924 codes of the scripts that Unicode writes from right to left, those of the past included. */
const rightToLeftScripts: ReadonlySet<string> = new Set(
  (
    'adlm arab aran armi avst chrs cprt elym gara hatr hebr hung khar lydi mand mani mend merc mero narb nbat nkoo ' +
    'orkh ougr palm phli phlp phnx prti rohg samr sarb sogd sogo syrc syre syrj syrn thaa yezi'
  ).split(' '),
);

/** Living languages that are mostly written in one of them, by Unicode's likely subtags. */
const rightToLeftLanguages: ReadonlySet<string> = new Set(
  // Arabic and what is spoken of it
  (
    'ar ara aao abh abv acm acq acw acx adf aeb aec afb apc apd arb arq ars ary arz auz avl ayh ayl ayn ayp ssh shu ajt ' +
    // Persian, Urdu, Kurdish and others in the Arabic script
    'azb bal bcc bej bft bgn bqi brh chg ckb fa fas fia gbz gjk gju glk gwc gwt haz hnd hno kas khw ks kvx kxp ' +
    'drw lah lki lrc luz mde mfa mvy mzn ota pbu per pes pbt phr pnb prd prs ps pst pus rmt sd sdh skr snd swb tnf trw ug uig ur urd ' +
    // in Hebrew, Syriac, Thaana, N’Ko, Hanifi Rohingya and Mandaic
    'he aju heb hbo iw jpr jrb lad trg yi yid ji ydd aii cld syc syr tmr dv div nqo rhg mid'
  ).split(' '),
);

/** Where a language is written in another script than elsewhere. */
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
