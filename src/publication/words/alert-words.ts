import type { AlertWords } from '../../article/body/markdown/alerts.ts';
import { wordsFor } from './words.ts';

/** Returns the names of alerts in a language, or the English ones if there are none. */
export function alertWordsFor(language: string): AlertWords {
  const [primary = ''] = wordsFor(language).language.toLowerCase().split('-');
  const [names = '', colon = ':'] = byLanguage[primary] ?? [];
  const words = names.split('|');
  return { colon, kinds: new Map(kinds.map((kind, index) => [kind, words[index] ?? kind])) };
}

const kinds = (
  'note tip hint info important warning caution attention danger error success question example quote summary ' +
  'details todo'
).split(' ');

/** The words in the order of {@link kinds}, and what stands before a title, if not a colon. */
const byLanguage: Readonly<Record<string, readonly [words: string, colon?: string]>> = {
  ar: ['ملاحظة|نصيحة|تلميح|معلومات|مهم|تحذير|احتراس|انتباه|خطر|خطأ|نجاح|سؤال|مثال|اقتباس|ملخص|تفاصيل|مهمة'],
  de: [
    'Hinweis|Tipp|Tipp|Info|Wichtig|Warnung|Vorsicht|Achtung|Gefahr|Fehler|Erfolg|Frage|Beispiel|Zitat|Zusammenfassung|Details|Zu erledigen',
  ],
  en: [
    'Note|Tip|Hint|Info|Important|Warning|Caution|Attention|Danger|Error|Success|Question|Example|Quote|Summary|Details|To do',
  ],
  es: [
    'Nota|Consejo|Pista|Información|Importante|Advertencia|Precaución|Atención|Peligro|Error|Éxito|Pregunta|Ejemplo|Cita|Resumen|Detalles|Por hacer',
  ],
  fr: [
    'Remarque|Astuce|Indice|Info|Important|Avertissement|Prudence|Attention|Danger|Erreur|Succès|Question|Exemple|Citation|Résumé|Détails|À faire',
    '\u00a0:',
  ],
  it: [
    'Nota|Consiglio|Suggerimento|Informazioni|Importante|Avviso|Cautela|Attenzione|Pericolo|Errore|Riuscito|Domanda|Esempio|Citazione|Riepilogo|Dettagli|Da fare',
  ],
  ja: ['注|ヒント|ヒント|情報|重要|警告|注意|注意|危険|エラー|成功|質問|例|引用|要約|詳細|やること', '：'],
  nl: [
    'Opmerking|Tip|Hint|Info|Belangrijk|Waarschuwing|Voorzichtig|Let op|Gevaar|Fout|Gelukt|Vraag|Voorbeeld|Citaat|Samenvatting|Details|Te doen',
  ],
  pl: [
    'Uwaga|Wskazówka|Podpowiedź|Informacja|Ważne|Ostrzeżenie|Ostrożnie|Uwaga|Niebezpieczeństwo|Błąd|Sukces|Pytanie|Przykład|Cytat|Podsumowanie|Szczegóły|Do zrobienia',
  ],
  pt: [
    'Nota|Dica|Sugestão|Informação|Importante|Aviso|Cuidado|Atenção|Perigo|Erro|Sucesso|Pergunta|Exemplo|Citação|Resumo|Detalhes|A fazer',
  ],
  ru: [
    'Примечание|Совет|Подсказка|Информация|Важно|Предупреждение|Осторожно|Внимание|Опасно|Ошибка|Успешно|Вопрос|Пример|Цитата|Кратко|Подробности|Сделать',
  ],
  zh: ['注意|提示|提示|信息|重要|警告|小心|注意|危险|错误|成功|问题|示例|引用|摘要|详情|待办', '：'],
};
