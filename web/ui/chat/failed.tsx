// What the page shows where there is no engine: everything that the tree says, to read.

import {useEffect, useRef, useState} from 'preact/hooks';
import type {OtherTree} from './opening';

/** Where the address names a tree that the site does not have. */
export function Missing({others}: {others: OtherTree[]}) {
  return (
    <main class="plain">
      <div role="alert">
        <h1>There is no advisor of that name here</h1>
      </div>
      <p>
        Choose another one: <Others others={others} />.
      </p>
    </main>
  );
}

function Others({others}: {others: OtherTree[]}) {
  return others.map((other, index) => (
    <span key={other.id}>
      {index > 0 && ', '}
      <a href={other.address} lang={other.lang}>
        {other.title}
      </a>
    </span>
  ));
}

export function Failed({tree, others}: {tree: string; others: OtherTree[]}) {
  const address = `./trees/${tree}.html`;
  const said = window.early?.sent ?? window.early?.pressed;
  return (
    <main class="plain">
      <div role="alert">
        <h1>The advisor could not be loaded</h1>
        <p>
          Your connection may have failed, or this browser may be too old for it. Nothing that you answered before is
          lost{said !== undefined && `, but ‘${said}’ was not taken`}.
        </p>
      </div>
      <p>
        <button type="button" class="send" onClick={() => location.reload()}>
          Try again
        </button>
      </p>
      <p>
        You can also <a href={address}>read all questions and answers on one page</a>
        {others.length > 0 && ', or choose another advisor: '}
        <Others others={others} />.
      </p>
      <Reading address={address} />
    </main>
  );
}

/** The page to read, within this one. It is the site's own file, and brings no script that could run. */
function Reading({address}: {address: string}) {
  const place = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState(false);
  useEffect(() => {
    fetch(address)
      .then((answer) => (answer.ok ? answer.text() : ''))
      .then((html) => {
        const page = new DOMParser().parseFromString(html, 'text/html');
        const read = page.querySelector('main');
        read?.querySelector('h1')?.remove();
        if (!read || !place.current) return;
        place.current.lang = page.documentElement.lang;
        place.current.replaceChildren(...read.childNodes);
        setFound(true);
      })
      .catch(() => {});
  }, [address]);
  return (
    <section aria-label="All questions and answers" hidden={!found}>
      <div class="reading" ref={place} />
    </section>
  );
}

export function Stopped() {
  return (
    <main class="plain">
      <h1>The advisor stopped</h1>
      <p role="alert">Something went wrong inside it. Your answers up to now are kept; reload the page to go on.</p>
      <p>
        <button type="button" class="send" onClick={() => location.reload()}>
          Reload
        </button>
      </p>
    </main>
  );
}
