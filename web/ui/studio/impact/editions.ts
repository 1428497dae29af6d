// The editions that the present source can be compared with: the published tree, the draft as it was opened, and every
// version of it that is kept.

import {versions} from '../files/versions';
import {opening} from '../opening';

export interface Edition {
  id: string;
  title: string;
  /** Its source; none where it is not kept any more. */
  source: () => string | undefined;
}

export function editions(): Edition[] {
  const {published, source, shared} = opening();
  return [
    ...(published === undefined || shared
      ? []
      : [{id: 'published', title: 'the published tree', source: () => published}]),
    {id: 'opened', title: shared ? 'the tree as it was shared' : 'the draft as it was opened', source: () => source},
    ...versions.list.value.map((version) => ({
      id: `version-${version.at}`,
      title: `the version of ${versions.name(version)}`,
      source: () => versions.source(version.at),
    })),
  ];
}
