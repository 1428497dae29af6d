// A slow connection between a browser and a server on this machine: bytes come later, and so many a second.

import {connect, createServer} from 'node:net';

/** Lighthouse's "slow 4G": a round trip of 150 ms, and 1.6 Mbit/s for all connections together. */
export const SLOW_4G = {roundTrip: 150, bytesPerSecond: 1.6e6 / 8};

/**
 * Serves at another address what is at `port`, over such a link. A connection costs two round trips before anything is
 * asked, as with TLS.
 */
export async function slowLink(port, {roundTrip, bytesPerSecond}) {
  let free = 0;
  const open = new Set();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    const begun = performance.now() + 2 * roundTrip;
    const [up, down] = [later(far), later(near)];
    near.on('data', (chunk) => up(chunk, Math.max(begun, performance.now()) + roundTrip / 2));
    far.on('data', (chunk) => {
      // What is on its way goes before this, whichever connection asked for it.
      for (let at = 0; at < chunk.length; at += PACKET) {
        const packet = chunk.subarray(at, at + PACKET);
        free = Math.max(free, performance.now()) + (packet.length / bytesPerSecond) * 1000;
        down(packet, free + roundTrip / 2);
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const close = () => {
    for (const socket of open) socket.destroy();
    server.close();
  };
  return {address: `http://127.0.0.1:${server.address().port}/`, close};
}

/** Writes to a socket at a time, in order. */
function later(socket) {
  const waiting = [];
  const go = () => {
    while (waiting.length > 0 && waiting[0].at <= performance.now()) {
      const {bytes} = waiting.shift();
      if (socket.writable) socket.write(bytes);
    }
    if (waiting.length > 0) setTimeout(go, Math.max(1, waiting[0].at - performance.now()));
  };
  return (bytes, at) => {
    waiting.push({bytes, at});
    if (waiting.length === 1) go();
  };
}

/** What a packet carries. */
const PACKET = 1400;
