// The service worker of the Chat page. It keeps all that the page needs, of one version, and answers with that.
//
// `FILES` is made when the site is built (web/build/offline.ts): each file with its revision, which changes with it; one
// whose name changes with it needs none. A version is installed when it has all of its files, and one that waits is put
// in place when the page says so. What is in other versions alike is not fetched again.

const FILES = self.__WB_MANIFEST;

const here = self.registration.scope;
const NAME = `treebot ${here}`;

/** Where a file is kept: a file that changed is another. */
const kept = ({url, revision}) => {
  const address = new URL(url, here);
  if (revision) address.searchParams.set('revision', revision);
  return address.href;
};

const known = new Map(FILES.map((file) => [new URL(file.url, here).href, kept(file)]));

self.addEventListener('install', (event) => event.waitUntil(install()));

async function install() {
  const cache = await caches.open(NAME);
  await Promise.all(
    FILES.map(async (file) => {
      if (await cache.match(kept(file))) return;
      // A name that stays may have an older file in the browser's own cache.
      const answer = await fetch(new URL(file.url, here), {cache: file.revision ? 'no-cache' : 'default'});
      if (!answer.ok) throw new Error(`${file.url}: ${answer.status}`);
      await cache.put(kept(file), await whole(answer));
    }),
  );
}

/** A page may not be answered with what came from another address: some servers lead from `index.html` to `./`. */
async function whole(answer) {
  if (!answer.redirected) return answer;
  return new Response(await answer.blob(), {headers: answer.headers});
}

self.addEventListener('activate', (event) => event.waitUntil(tidy()));

/** Takes away what only earlier versions needed. */
async function tidy() {
  const others = (await caches.keys()).filter((name) => name !== NAME && name.endsWith(here));
  await Promise.all(others.map((name) => caches.delete(name)));
  const cache = await caches.open(NAME);
  const wanted = new Set(known.values());
  const old = (await cache.keys()).filter(({url}) => !wanted.has(url));
  await Promise.all(old.map((request) => cache.delete(request)));
}

self.addEventListener('message', ({data}) => {
  if (data?.type === 'SKIP_WAITING') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const {request} = event;
  const address = request.method === 'GET' && known.get(plain(request.url));
  if (address) event.respondWith(answer(request, address));
});

/** The address of a file: a folder is its index, and a tree's address names its version, which this worker knows by itself. */
function plain(url) {
  const address = new URL(url);
  address.hash = '';
  address.searchParams.delete('v');
  if (address.pathname.endsWith('/')) address.pathname += 'index.html';
  return address.href;
}

/** What is kept; what the browser has thrown away is asked for again. */
async function answer(request, address) {
  return (await caches.match(address, {cacheName: NAME})) ?? fetch(request);
}
