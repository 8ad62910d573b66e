// Every sample of every page (empty, filled, error, locked) as the templates draw it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as fixtur from '../fixtur.mjs';

const rot = fileURLToPath(new URL('../..', import.meta.url));
const GALLERI = process.env.UTFALL_GALLERI ?? join(rot, 'target/debug/examples/galleri');

// As strict as the server's own: a page that needs more than this is a fault.
const CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
  + "form-action 'self'";

/** Another theme changes nothing but the colours. */
const KONTRAST = ['color-contrast', 'link-in-text-block'];

let mapp; let server; let webblasare;

before(async () => {
  mapp = await mkdtemp(join(tmpdir(), 'utfall-galleri-'));
  await promisify(execFile)(GALLERI, [mapp]);
  server = await fixtur.serveraFiler(mapp, { 'content-security-policy': CSP });
  webblasare = await fixtur.startaWebblasare();
});

after(async () => {
  await webblasare?.close();
  await server?.stoppa();
  if (mapp) await rm(mapp, { recursive: true, force: true });
});

/** Every sample in a context of its own kind, with the remarks of `kontroll`. */
const varje = (val, kontroll) => async () => {
  const sidor = (await readdir(mapp)).filter((namn) => namn.endsWith('.html'));
  assert.ok(sidor.length > 30, `galleriet har bara ${sidor.length} sidor`);
  const kontext = await fixtur.nyKontext(webblasare, val);
  const sida = await kontext.newPage();
  const fel = [];
  for (const namn of sidor) {
    await sida.goto(`${server.adress}/${namn}`);
    fel.push(...(await kontroll(sida)).map((text) => `${namn}: ${text}`));
  }
  await kontext.close();
  assert.deepEqual(fel, [], fel.join('\n'));
};

test('varje tillstånd av varje sida håller i ljust tema', varje({}, fixtur.allt));

test('varje tillstånd av varje sida syns i mörkt tema', varje(
  { colorScheme: 'dark' },
  (sida) => fixtur.axe(sida, KONTRAST),
));

test('tvingade färger döljer inget', varje({ forcedColors: 'active' }, fixtur.tangentbord));
