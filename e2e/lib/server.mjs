// Starts the programs that the browser looks at: the demo, or a folder of finished pages.

import { spawn, execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const rot = fileURLToPath(new URL('../..', import.meta.url));
/** The program under test: what `cargo xtask test` has just built. */
export const PROGRAM = process.env.UTFALL_BIN ?? join(rot, 'target/debug/utfall');
const STARTTID_MS = 120_000;

/**
 * Builds the demo world in a folder of its own and serves it on a free port.
 * Gives the address and the logins that the program prints.
 */
export async function startaDemo() {
  const data = await mkdtemp(join(tmpdir(), 'utfall-e2e-'));
  const argument = ['demo', '--data', join(data, 'demo'), '--listen', '127.0.0.1:0'];
  const barn = spawn(PROGRAM, argument, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stoppa = async () => {
    const slut = new Promise((klar) => barn.once('close', klar));
    if (barn.exitCode === null && barn.signalCode === null) {
      barn.kill('SIGTERM');
      await slut;
    }
    await rm(data, { recursive: true, force: true });
  };
  try {
    return { ...(await vantaPaAdress(barn)), stoppa };
  } catch (fel) {
    await stoppa();
    throw fel;
  }
}

function vantaPaAdress(barn) {
  return new Promise((klar, fall) => {
    let skrivet = '';
    const klocka = setTimeout(() => fall(new Error(`Demon svarade inte:\n${skrivet}`)), STARTTID_MS);
    const avsluta = (gor, varde) => {
      clearTimeout(klocka);
      gor(varde);
    };
    barn.once('error', (fel) => avsluta(fall, new Error(`${PROGRAM}: ${fel.message}`)));
    barn.once('close', (kod) => avsluta(fall, new Error(`Demon slutade med ${kod}:\n${skrivet}`)));
    barn.stderr.on('data', (bit) => { skrivet += bit; });
    barn.stdout.on('data', (bit) => {
      skrivet += bit;
      const lasbar = tolkaUtskrift(skrivet);
      if (lasbar) avsluta(klar, lasbar);
    });
  });
}

/**
 * Reads `Adress: http://…` and `Inloggning: <användare> <lösenord> <roll> <huvudman>`.
 * Nothing until the last line, which tells how to stop, is there: a pipe gives what it has.
 */
export function tolkaUtskrift(text) {
  const rader = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  const adress = rader.map((rad) => /^Adress: (http:\S+?)\/?$/.exec(rad)?.[1]).find(Boolean);
  if (!adress || !rader.some((rad) => rad.startsWith('Avsluta med'))) return null;
  const inloggningar = rader
    .map((rad) => /^Inloggning: (\S+) (\S+) (\S+) (.+)$/.exec(rad))
    .filter(Boolean)
    .map(([, konto, losenord, roll, huvudman]) => ({ konto, losenord, roll, huvudman }));
  return { adress, inloggningar };
}

/** Runs the program to its end and gives what it printed. */
export async function kor(...argument) {
  const { stdout } = await promisify(execFile)(PROGRAM, argument, { maxBuffer: 64e6 });
  return stdout;
}

const SORTER = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};

/** Serves a folder, or an object of path → text, on a free port, with these headers besides. */
export async function serveraFiler(kalla, huvuden = {}) {
  const las = typeof kalla === 'string'
    ? (stig) => readFile(join(kalla, stig))
    : async (stig) => kalla[stig] ?? Promise.reject(new Error('saknas'));
  const server = createServer(async (fraga, svar) => {
    const stig = normalize(decodeURIComponent(new URL(fraga.url, 'http://x').pathname)).slice(1);
    try {
      const innehall = await las(stig);
      const sort = SORTER[extname(stig)] ?? 'text/html; charset=utf-8';
      svar.writeHead(200, { 'content-type': sort, ...huvuden });
      svar.end(innehall);
    } catch {
      svar.writeHead(stig === 'favicon.ico' ? 204 : 404).end('Finns inte');
    }
  });
  await new Promise((klar) => server.listen(0, '127.0.0.1', klar));
  return {
    adress: `http://127.0.0.1:${server.address().port}`,
    stoppa: () => new Promise((klar) => { server.closeAllConnections(); server.close(klar); }),
  };
}
