// The Studio as a function of how far it has come.

import {Only, Refused} from './share/visit';
import {Shell} from './shell/shell';
import {phase} from './state';

export function Studio() {
  switch (phase.value) {
    case 'loading':
      return null;
    case 'failed':
      return (
        <Sorry title="The Studio could not be loaded" text="Your draft is not lost. Reload the page to try again." />
      );
    case 'stopped':
      return <Sorry title="The engine stopped" text="Your draft is kept. Reload the page to go on." />;
    case 'refused':
      return <Refused />;
    case 'only':
      return <Only />;
    case 'ready':
      return <Shell />;
  }
}

function Sorry({title, text}: {title: string; text: string}) {
  return (
    <main class="plain">
      <h1>{title}</h1>
      <p role="alert">{text}</p>
      <p>
        <button type="button" class="send" onClick={() => location.reload()}>
          Reload
        </button>
      </p>
    </main>
  );
}
