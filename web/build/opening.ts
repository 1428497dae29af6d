// The Chat page before its engine is there, as HTML: the same elements that `ui/chat` draws then, so that nothing moves.
// A test compares the two.

export interface Opening {
  id: string;
  title: string;
  about: Piece[];
  lang: string;
  dir: 'ltr' | 'rtl';
  said: {pieces: Piece[]; picture?: {address: string; alt: string}}[];
  choices: {label: string; anchor: string}[];
}

interface Piece {
  text: string;
  link?: string;
}

/** How a conversation begins. Answers lead to the page to read, for browsers without JavaScript. */
export function opened(own: Opening, all: Opening[]): string {
  const about = own.about.length > 0 ? `<p class="about" lang="${text(own.lang)}">${words(own.about)}</p>` : '';
  const said = own.said.map((said, index) => message(said, index === own.said.length - 1)).join('');
  const choices = own.choices.map((choice, index) => answer(own, choice, index + 1)).join('');
  return `<div class="page first">
<header class="header"><div class="top"><h1 lang="${text(own.lang)}"><span class="mark" aria-hidden="true"></span>${text(own.title || 'Treebot')}</h1>${menu(own, all)}</div>${about}</header>
<main class="main"><div class="conversation">
<section class="transcript" aria-label="Conversation" tabindex="0">
<ol lang="${text(own.lang)}"><li class="turn bot"><span class="sender" lang="en">Advisor<span class="hidden"> said:</span></span>${said}</li></ol>
<div class="replies" role="group" aria-labelledby="question" tabindex="-1">${choices}</div>
${about}</section>
<div class="foot"><p class="late notice">If this does not go away, JavaScript may be off, or this browser too old. The answers then lead to <a href="./trees/${text(own.id)}.html">all questions and answers on one page</a>.</p><div class="notices" role="status"></div>
<form class="composer"><label class="hidden" for="text">Your answer</label><input id="text" maxlength="1000" placeholder="Type an answer" autocomplete="off" enterkeyhint="send"><button type="submit" class="send">Send</button></form>
<div class="privacy"><p>Stays in this browser. <a href="./privacy.html">Privacy</a></p></div></div>
</div></main>
<aside class="aside" aria-label="Your answers"><div class="answers"><h2>Your answers</h2><p class="soft">They appear here. You can change any of them.</p></div></aside>
</div>`;
}

/**
 * The other trees, for those without JavaScript too. One that does not say what it is called and what it is, is for who has
 * its address.
 */
function menu(own: Opening, all: Opening[]): string {
  const link = ({id, title, lang}: Opening) =>
    `<li><a href="./trees/${text(id)}.html" data-id="${text(id)}" lang="${text(lang)}">${text(title)}</a></li>`;
  const isOffered = ({id, title, about}: Opening) => id !== own.id && title !== '' && about.length > 0;
  const links = all.filter(isOffered).map(link);
  return `<details class="menu"><summary>Menu</summary><div class="sheet"><h2>Other advisors</h2><ul id="trees">${links.join('')}</ul></div></details>`;
}

function message(said: Opening['said'][number], isLast: boolean): string {
  const id = isLast ? ' id="question"' : '';
  const {picture} = said;
  const shown = picture
    ? `<img src="${text(picture.address)}" alt="${text(picture.alt)}" loading="lazy" referrerpolicy="no-referrer">`
    : words(said.pieces);
  return `<p class="message"${id} dir="auto">${shown}</p>`;
}

function answer(own: Opening, choice: Opening['choices'][number], number: number): string {
  const shown = `<span class="number" aria-hidden="true">${number}</span><span dir="auto" lang="${text(own.lang)}">${text(choice.label)}</span>`;
  return `<a class="choice" href="./trees/${text(own.id)}.html#${text(choice.anchor)}">${shown}</a>`;
}

const words = (pieces: Piece[]) => pieces.map(piece).join('');

function piece({text: shown, link}: Piece): string {
  if (link === undefined) return text(shown);
  if (!link.startsWith('https:')) return `<a href="${text(link)}">${text(shown)}</a>`;
  return `<a href="${text(link)}" target="_blank" rel="noopener noreferrer">${text(shown)}<span class="hidden" lang="en"> (opens in a new tab)</span></a>`;
}

const SIGNS: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

/** Text that stands for itself, in elements and in attributes. */
const text = (words: string) => words.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
