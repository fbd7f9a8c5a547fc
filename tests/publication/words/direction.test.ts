import { describe, expect, it } from 'vitest';
import { directionOf } from '../../../src/publication/words/direction.ts';

describe('from right to left runs', () => {
  it.each([
    ...['ar', 'he', 'fa', 'ur', 'ps', 'sd', 'ug', 'yi', 'dv', 'ckb', 'ks', 'arz', 'syr', 'nqo', 'rhg'],
    ...['ar-EG', 'AR-eg', 'fa-AF', 'he-IL', 'iw', 'ar-u-nu-latn', 'ar-EG-x-copy', 'zh-Arab', 'sd-PK'],
    ...['ku-Arab', 'az-Arab', 'az-IR', 'pa-PK', 'uz-AF', 'uz-Arab-AF', 'ff-Adlm', 'en-Hebr', 'ar-arb'],
    ...['und-Arab', 'und-Hebr', 'und-Thaa', 'und-Syrc', 'und-Nkoo', 'und-Adlm', 'und-Rohg', 'und-Mand'],
  ])('%s', (language) => {
    expect(directionOf(language)).toBe('rtl');
  });
});

describe('from left to right runs', () => {
  it.each([
    ...['en', 'de-AT', 'zh-Hant-TW', 'ja', 'hi', 'ku', 'az', 'pa', 'uz', 'ms', 'tr', 'mt', 'und', ''],
    ...['ar-Latn', 'he-Latn', 'sd-IN', 'sd-Deva', 'ug-Cyrl', 'ug-KZ', 'ks-Deva', 'pa-Guru-PK', 'yi-Latn-US'],
    ...['en-x-arab', 'en-u-sd-arab', 'x-ar', 'constructor', 'ar-Cyrl-x-hebr', '__proto__', 'constructor-pk'],
  ])('%s', (language) => {
    expect(directionOf(language)).toBe('ltr');
  });
});

it('agrees with Unicode for every language that Node knows', () => {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const pairs = letters.flatMap((a) => letters.map((b) => a + b));
  const regions = pairs.map((region) => region.toUpperCase());
  const languages = [...pairs, ...pairs.flatMap((pair) => letters.map((c) => pair + c))].filter(
    (name) => names.of(name) !== undefined,
  );
  const right = /^(?:Adlm|Arab|Hebr|Mand|Nkoo|Rohg|Syrc|Thaa)$/;
  // Extinct languages in extinct scripts.
  const passedOver = /^(?:ae|arc|ave|otk|oui|pal|phn|sam|sog)$/;
  const wrong = languages
    .filter((name) => !passedOver.test(name))
    .flatMap((name) => [name, ...(name.length === 2 ? regions.map((region) => `${name}-${region}`) : [])])
    .filter((tag) => {
      const script = new Intl.Locale(tag).maximize().script;
      return script !== undefined && right.test(script) !== (directionOf(tag) === 'rtl');
    });
  expect(languages.length).toBeGreaterThan(400);
  expect(wrong).toEqual([]);
});
