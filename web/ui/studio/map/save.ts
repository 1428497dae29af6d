// The map as a file.

import {download} from '../download';
import {opening} from '../opening';
import {desk, preview} from '../state';

export function save(): void {
  const picture = desk.peek()?.mapPicture(preview.peek()?.view.title ?? '');
  if (picture) download(picture, 'image/svg+xml', `${opening().tree}.svg`);
}
