import { html } from 'hono/html';
import type { Article, Enclosure } from '../../../article/article.ts';
import type { Chapter, Episode, Transcript } from '../../../article/media/episode.ts';
import { isRecording, isVideo } from '../../../article/media-types.ts';
import { isSameRecording, recording } from '../../../feed/media.ts';
import { escapeHtml } from '../../../feed/xml.ts';
import { decodePart } from '../../../publication/addresses/address.ts';
import type { Site } from '../../../publication/site/site.ts';
import { localAddress } from '../head-view.ts';
import { about, type Html, ownWords } from '../language-view.ts';
import { podcastLink } from '../podcast-view.ts';

const root = '../';

/**
 * Shows the recording of an article: its `cover` beside the episode's number and a player, chapter links and
 * transcripts, all without a script. A video shows the article's picture before it plays, and no cover.
 */
export function playerView(article: Article, site: Site, cover: Html | string): Html | string {
  const file = recording(article);
  if (file === undefined) return '';
  const { episode = {}, content, image, title } = article;
  const { words, own } = ownWords(site, article.language);
  const href = localAddress(file.url, site, root);
  // The text may contain the player already.
  const isShown = new RegExp(`<(?:audio|video|source)\\b[^>]* src="${escapePattern(escapeHtml(file.url))}"`).test(
    content,
  );
  const { duration } = file;
  const facts = [
    podcastLink(site, root),
    ...episodeFacts(article, site),
    duration && html`<span class="aside">${words.duration} </span>${durationView(duration)}`,
  ].filter((fact) => fact !== undefined);
  const tracks = (episode.transcripts ?? []).filter(({ type, url }) => type === 'text/vtt' && url.startsWith(site.url));
  const track = ({ url, language = article.language ?? site.language }: Transcript, index: number): Html =>
    html`<track kind="captions" src="${localAddress(url, site, root)}" srclang="${language}" label="${language}"${index === 0 && isVideo(file) ? html` default` : ''}>`;
  // Before it is loaded, the space of a video.
  const { width, height } = file.width === undefined || file.height === undefined ? (image ?? {}) : file;
  const player = isVideo(file)
    ? html`<video controls preload="${image === undefined ? 'metadata' : 'none'}" src="${href}"${image === undefined ? '' : html` poster="${localAddress(image.url, site, root)}"`}${width === undefined || height === undefined ? '' : html` width="${width}" height="${height}"`} aria-label="${title}">${tracks.map(track)}</video>`
    : html`<audio controls preload="none" src="${href}" aria-label="${title}">${tracks.map(track)}</audio>`;
  return html`<section class="player" aria-label="${words.player}">
${isVideo(file) ? '' : cover}${facts.length === 0 ? '' : html`<p class="kicker"${own}>${facts.map(afterDot)}</p>\n`}${isShown ? '' : html`${player}\n`}<p class="file">${fileLink(file, site)}<span class="printed">${file.url}</span>${(
    episode.transcripts ?? []
  ).map(
    ({ url, type, language }) =>
      html` <a href="${localAddress(url, site, root)}" type="${type}"${language === undefined ? '' : html` hreflang="${language}"`}>${words.transcript}${(episode.transcripts ?? []).length === 1 ? '' : html` (${transcriptName(type, language)})`}</a>`,
  )}</p>
${chapterList(episode.chapters ?? [], href, words.chapters, own)}</section>
`;
}

/** Links the enclosures that the player does not play. */
export function otherFiles(article: Article, site: Site): Html[] {
  const main = recording(article);
  return article.enclosures
    .filter((file) => file !== main)
    .map((file) => {
      const href = localAddress(file.url, site, root);
      const isOther = main === undefined || !isSameRecording(main, file);
      const player =
        isOther && isRecording(file) && !isVideo(file)
          ? html`<audio controls preload="none" src="${href}"></audio><br>`
          : '';
      return html`<p class="file">${player}${fileLink(file, site)}</p>
`;
    });
}

function fileLink({ url, title, length, type }: Enclosure, site: Site): Html {
  const lastPart = new URL(url).pathname.split('/').at(-1) || url;
  const name = title ?? decodePart(lastPart) ?? lastPart;
  const size =
    length === undefined || length < 100_000
      ? ''
      : html` <span class="size">${(length / 1_000_000).toFixed(1)} MB</span>`;
  return html`<a href="${localAddress(url, site, root)}" type="${type}">${name}</a>${size}`;
}

/** Writes a fact of a line, after a dot unless it is the first. */
export function afterDot(fact: Html | string | number, index: number): Html {
  return html`${index === 0 ? '' : ' · '}${fact}`;
}

/** Returns the season, number and kind of an episode, as far as they are known. */
export function episodeFacts({ episode, language }: Article, site: Site): readonly (Html | string)[] {
  const { season, seasonName, number, display, kind }: Episode = episode ?? {};
  const { words } = ownWords(site, language);
  return [
    seasonName ?? (season === undefined ? undefined : about(words.season, season)),
    display ?? (number === undefined ? undefined : about(words.episode, number)),
    kind === 'trailer' ? words.trailer : kind === 'bonus' ? words.bonus : undefined,
  ].filter((fact) => fact !== undefined);
}

function chapterList(chapters: readonly Chapter[], href: string, heading: string, own: Html | string): Html | string {
  if (chapters.length === 0) return '';
  return html`<details class="chapters" open>
<summary${own}>${heading}</summary>
<ol>
${chapters.map(({ start, title, url }) => html`<li><a href="${href}#t=${start}"><time datetime="${isoDuration(start)}">${clock(start)}</time> ${title}</a>${url === undefined ? '' : html` <a href="${url}">${new URL(url).hostname.replace(/^www\./, '')}</a>`}</li>\n`)}</ol>
</details>
`;
}

/** A duration as ISO 8601 writes it: `PT1H2M3S`. */
export function isoDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const parts = `${hours === 0 ? '' : `${hours}H`}${minutes === 0 ? '' : `${minutes}M`}${rest === 0 ? '' : `${rest}S`}`;
  return `PT${parts === '' ? '0S' : parts}`;
}

/** Shows a duration in seconds. */
export function durationView(seconds: number): Html {
  return html`<time datetime="${isoDuration(seconds)}">${clock(seconds)}</time>`;
}

/** A duration as players show it: `1:02:03`, `4:05`. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return (parts[0] === 0 ? parts.slice(1) : parts)
    .map((part, i) => (i === 0 ? part : String(part).padStart(2, '0')))
    .join(':');
}

function transcriptName(type: string, language: string | undefined): string {
  const form = type
    .replace(/^.*\/(?:x-)?/, '')
    .replace(/;.*/, '')
    .toUpperCase();
  return language === undefined ? form : `${language}, ${form}`;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
