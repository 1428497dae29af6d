/** What the tests of the pages, which are TypeScript, know of the file server. */
export interface Served {
  address: string;
  close(): Promise<void>;
}

export function serveStatic(folder: string, options?: {port?: number; base?: string}): Promise<Served>;
