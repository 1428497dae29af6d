// `<treebot-chat>`: the Chat in any page, in a frame of its own. See docs/embed.md.
//
// The frame is the isolation: neither page's styles or scripts reach the other, and what is said stays in the storage of
// the site that serves the Chat. This file only makes the frame.

/** Where the Chat is: beside this file. */
const home = (() => {
  const {currentScript} = document;
  const self =
    currentScript instanceof HTMLScriptElement ? currentScript : document.querySelector('script[src$="embed.js"]');
  return new URL(
    './index.html',
    self?.getAttribute('src') ? new URL(self.getAttribute('src') ?? '', document.baseURI) : document.baseURI,
  );
})();

/** Room for a conversation, unless the page says otherwise. */
const STYLE = `
:host { display: block; block-size: 40rem; min-inline-size: 0; }
:host([hidden]) { display: none; }
iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; border-radius: inherit; }
`;

class TreebotChat extends HTMLElement {
  static readonly observedAttributes = ['tree', 'theme', 'lang', 'label', 'place'];

  readonly #frame = document.createElement('iframe');

  constructor() {
    super();
    const root = this.attachShadow({mode: 'open'});
    // A sheet of this kind is allowed by every policy of the page's.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.#frame.allow = 'clipboard-write';
    this.#frame.referrerPolicy = 'no-referrer';
    this.#frame.loading = 'lazy';
    root.append(this.#frame);
  }

  connectedCallback(): void {
    this.#draw();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#draw();
  }

  #draw(): void {
    const wanted = new URLSearchParams();
    for (const [attribute, name] of [
      ['tree', 'tree'],
      ['theme', 'theme'],
      ['place', 'p'],
    ] as const) {
      const value = this.getAttribute(attribute);
      if (value) wanted.set(name, value);
    }
    wanted.set('embed', '');
    const address = new URL(home);
    address.hash = wanted.toString();
    if (this.#frame.src !== address.href) this.#frame.src = address.href;
    this.#frame.title = this.getAttribute('label') ?? 'Chat';
    const lang = this.getAttribute('lang');
    if (lang) this.#frame.lang = lang;
    else this.#frame.removeAttribute('lang');
  }
}

if (!customElements.get('treebot-chat')) customElements.define('treebot-chat', TreebotChat);
