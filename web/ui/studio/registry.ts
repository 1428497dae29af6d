// What the page is made of. Each part registers itself by being imported, and none knows the others.

import {signal} from '@preact/signals';
import type {ComponentType} from 'preact';

/** Where panes are: beside each other from the start of the line, or below. */
export type Where = 'start' | 'middle' | 'end' | 'below';

export interface Pane {
  id: string;
  where: Where;
  /** Its name: on its tab, and for those who listen. */
  title: string;
  Draw: ComponentType;
  /** A few characters beside its title, such as how many problems there are. */
  badge?: () => string | undefined;
  /** Whether it stays mounted while another pane is shown in its place. */
  stays?: boolean;
  /** Puts the focus into it; else it goes to the pane itself. */
  focus?: () => void;
  /** Its place among those of the same area: the smallest is first. */
  order?: number;
}

export interface Command {
  id: string;
  title: string;
  /** A second line, smaller. */
  detail?: string;
  /** The heading it stands under in the palette. */
  group?: string;
  /** Its keys, such as `Mod-k` (Mod: Ctrl, or ⌘ on a Mac), `F8`, `Alt-1`. */
  keys?: string;
  /** Whether it can be done now; else it is not offered. */
  when?: () => boolean;
  run: () => void;
}

/** Something in the bar at the top. */
export interface Tool {
  id: string;
  order?: number;
  Draw: ComponentType;
}

/** Another look of the conversation in the preview, such as that of a channel. */
export interface Look {
  id: string;
  title: string;
  Draw: ComponentType;
}

export const panes = signal<readonly Pane[]>([]);
export const commands = signal<readonly Command[]>([]);
export const tools = signal<readonly Tool[]>([]);
export const looks = signal<readonly Look[]>([]);

/** What the palette offers beside the commands: asked for each time that it opens. */
const offers: (() => Command[])[] = [];

export function addPane(pane: Pane): void {
  panes.value = [...panes.value, pane].sort(byOrder);
}

export function addCommands(...more: Command[]): void {
  commands.value = [...commands.value, ...more];
}

export function addOffers(offer: () => Command[]): void {
  offers.push(offer);
}

export function addTool(tool: Tool): void {
  tools.value = [...tools.value, tool].sort(byOrder);
}

export function addLook(look: Look): void {
  looks.value = [...looks.value, look];
}

/** Does a command of another part of the page, if it is there. */
export function command(id: string): void {
  commands
    .peek()
    .find((command) => command.id === id)
    ?.run();
}

/** Everything that the palette offers now. */
export function offered(): Command[] {
  const possible = commands.peek().filter((command) => command.when?.() ?? true);
  return [...possible, ...offers.flatMap((offer) => offer())];
}

const byOrder = (one: {order?: number}, other: {order?: number}) => (one.order ?? 50) - (other.order ?? 50);
