// What a browser test needs: the demo, one signed-in context per account, the checks.

import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kor, startaDemo } from './lib/server.mjs';
import { inloggad, nyKontext, startaWebblasare } from './lib/webblasare.mjs';

export * from './lib/kontroller.mjs';
export * from './lib/krypare.mjs';
export { BRED, SMAL, inloggad, nyKontext, startaWebblasare } from './lib/webblasare.mjs';
export { kor, serveraFiler, startaDemo, tolkaUtskrift } from './lib/server.mjs';

/**
 * The demo world in a browser. `som(roll, huvudman)` gives the context of an account of that
 * role, signed in once and then kept; without a huvudman the first account of the role.
 */
export async function varld() {
  const server = await startaDemo();
  const webblasare = await startaWebblasare().catch(async (fel) => {
    await server.stoppa();
    throw fel;
  });
  const kontexter = new Map();
  const ta = (nyckel, gor) => {
    if (!kontexter.has(nyckel)) kontexter.set(nyckel, gor());
    return kontexter.get(nyckel);
  };
  return {
    ...server,
    webblasare,
    rutter: async () => JSON.parse(await kor('rutter', '--format', 'json')),
    anonym: () => ta('', () => nyKontext(webblasare)),
    som(roll, huvudman) {
      const konto = server.inloggningar
        .find((i) => i.roll === roll && (!huvudman || i.huvudman === huvudman));
      if (!konto) throw new Error(`Demon har inget konto för ${roll} ${huvudman ?? ''}`);
      return ta(konto.konto, () => inloggad(webblasare, server.adress, konto));
    },
    async stang() {
      await webblasare.close();
      await server.stoppa();
    },
  };
}

/** Takes a picture of the whole page for a person to look at; never a part of a verdict. */
export async function skarmbild(sida, namn) {
  const mapp = process.env.UTFALL_BILDER ?? join(tmpdir(), 'utfall-bilder');
  await mkdir(mapp, { recursive: true });
  const stig = join(mapp, `${namn}.png`);
  await sida.screenshot({ path: stig, fullPage: true });
  return stig;
}
