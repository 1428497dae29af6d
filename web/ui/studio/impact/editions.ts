// The editions that the present source can be compared with.

import {opening} from '../opening';

export interface Edition {
  id: string;
  title: string;
  source: string;
}

export function editions(): Edition[] {
  const {published, source} = opening();
  return [
    {id: 'published', title: 'the published tree', source: published},
    {id: 'opened', title: 'the draft as it was opened', source},
  ];
}
