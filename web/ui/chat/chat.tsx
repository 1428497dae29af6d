// The Chat page as a function of its state.

import {useEffect, useLayoutEffect, useState} from 'preact/hooks';
import type {View} from '../shared/bot';
import {Conversation, Pieces, showNewest} from '../shared/conversation';
import {Answers} from './answers';
import {Failed, Missing, Stopped} from './failed';
import {Menu} from './menu';
import {Notices, Privacy} from './notices';
import type {Early, OtherTree} from './opening';
import {Share} from './share';
import type {ChatActions, State} from './state';

interface Props {
  state: State;
  act: ChatActions | undefined;
  tree: string;
  others: OtherTree[];
  /** What was done before the engine was there. */
  early: Early;
}

export function Chat({state, act, tree, others, early}: Props) {
  switch (state.phase) {
    case 'loading':
      return null;
    case 'missing':
      return <Missing others={others} />;
    case 'failed':
      return <Failed tree={tree} others={others} />;
    case 'stopped':
      return <Stopped />;
    case 'ready':
      return state.view && act ? (
        <Page state={state} view={state.view} act={act} tree={tree} others={others} early={early} />
      ) : null;
  }
}

function Page({state, view, act, tree, others, early}: Props & {view: View; act: ChatActions}) {
  const wide = useWide();
  useEffect(watchFoot, []);
  // What scrolls is another element then: who turns a tablet stays where they were.
  useLayoutEffect(() => {
    if (view.begun) showNewest();
  }, [wide]);
  const answers = <Answers key="answers" view={view} act={act} tree={tree} wide={wide} />;
  return (
    <div class="page" dir={view.dir}>
      <header class="header">
        <div class="top">
          <h1 lang={view.lang}>
            <span class="mark" aria-hidden="true" />
            {view.title || 'Treebot'}
          </h1>
          <Menu others={others} act={act} />
        </div>
        <About view={view} />
      </header>
      {!wide && answers}
      <main class="main" key="main">
        <Conversation
          view={view}
          act={act}
          typed={early}
          after={view.kind !== 'end' && <About view={view} />}
          above={<Notices state={state} view={view} act={act} />}
          below={<Privacy view={view} act={act} />}
          atEnd={<Share view={view} act={act} tree={tree} />}
        />
      </main>
      {wide && answers}
    </div>
  );
}

/** What the tree says of itself: under its title, or where the screen is small, after the answers that all come for. */
function About({view}: {view: View}) {
  if (view.about.length === 0) return null;
  return (
    <p class="about" lang={view.lang}>
      <Pieces pieces={view.about} />
    </p>
  );
}

/**
 * Tells the style sheet how high the line to type in is, with all that there is to say above it: nothing that is in focus may
 * lie under it, and where it would take half of the screen it does not stay there.
 */
function watchFoot(): () => void {
  const foot = document.querySelector<HTMLElement>('.foot');
  const {dataset, style} = document.documentElement;
  if (!foot) return () => {};
  const observer = new ResizeObserver(() => {
    const {offsetHeight} = foot;
    style.setProperty('--foot', `${offsetHeight}px`);
    dataset.foot = offsetHeight > innerHeight * 0.45 ? 'high' : '';
  });
  observer.observe(foot);
  return () => observer.disconnect();
}

/** Whether the answers stand beside the conversation, and so after it, rather than above. */
function useWide(): boolean {
  const query = matchMedia('(min-width: 60rem)');
  const [wide, setWide] = useState(query.matches);
  useEffect(() => {
    const look = () => setWide(query.matches);
    // It may have changed since this was drawn.
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return wide;
}
