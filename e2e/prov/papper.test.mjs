// A paper that has been corrected replaces the earlier version, by keyboard with scripts and by
// clicking without them: what it changes is shown first, and nothing of the old one is lost.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';
import { HANDER, folj } from '../lib/hand.mjs';
import { papper } from '../lib/papper.mjs';

const HUVUDMAN = 'forsby';
const SKAL = 'Nämnden har rättat tabellen';
/** The rows of the corrected version are all that was allocated. */
const RATT = '400 000 kr';

let varld; let resor;

before(async () => {
  varld = await fixtur.varld();
  resor = await Promise.all(HANDER.map(async ([hand, val], nr) => {
    const konto = varld.inloggningar.find((i) => i.roll === 'ekonom' && i.huvudman === HUVUDMAN);
    const kontext = await fixtur.inloggad(varld.webblasare, varld.adress, konto, val);
    return { hand, nr, sida: await kontext.newPage(), namn: `ersatt-${'ab'[nr]}` };
  }));
});

after(() => varld?.stang());

/** The step by both hands. */
const bada = (steg) => async (t) => {
  for (const resa of resor) await t.test(resa.hand.namn, () => steg(resa));
};

const ga = (sida, stig) => sida.goto(varld.adress + stig);
const knapp = (sida, namn) => sida.locator('main').getByRole('button', { name: namn });
/** Numbers are printed with spaces that do not break. */
const rak = (s) => s.replace(/\s+/g, ' ');
const text = async (sida) => rak(await sida.locator('main').innerText());
const hamta = async (sida, stig) => rak(await (await sida.context().request.get(varld.adress + stig)).text());

/** Shows a paper as each hand gives it: pasted, or as a file. */
async function visa({ hand, nr, sida, namn }, json) {
  await ga(sida, '/underlag/importera');
  if (nr === 0) await hand.skriv(sida, sida.getByLabel('klistra in'), json);
  else {
    const fil = { name: `${namn}.json`, mimeType: 'application/json', buffer: Buffer.from(json) };
    await sida.getByLabel('Fil', { exact: false }).first().setInputFiles(fil);
  }
  await folj(hand, sida, knapp(sida, 'Visa innehållet'));
}

test('den första versionen läses in, med sitt fynd', bada(async (resa) => {
  const { hand, sida, namn } = resa;
  await visa(resa, papper(HUVUDMAN, namn));
  await folj(hand, sida, knapp(sida, 'Spara underlaget'));
  assert.equal(new URL(sida.url()).pathname, `/underlag/${namn}`);
  await ga(sida, '/granskning');
  await folj(hand, sida, sida.locator(`main a[href^="/granskning/${namn}/"]`).first());
  resa.fynd = new URL(sida.url()).pathname;
  assert.match(await text(sida), /Skillnad.*20 000/);
}));

test('den rättade versionen visar vad som ändras och vilket fynd som går, och sparar inget', bada(async (resa) => {
  const { sida, namn } = resa;
  await visa(resa, papper(HUVUDMAN, namn, RATT));
  const sedda = await text(sida);
  assert.match(sedda, /Det här ändras i böckerna/);
  assert.match(sedda, /Ändras .*380 000 kr.*400 000 kr/);
  assert.match(sedda, /Ett fynd finns inte i den nya versionen: Fördelat mot tillgängligt \(Skillnad 20 000 kr/);
  assert.equal(await knapp(sida, 'Spara underlaget').count(), 0, 'ett papper till skulle bli dubbelt');
  assert.ok(!(await hamta(sida, `/underlag/${namn}`)).includes('400 000'), 'sparat utan ja');
}));

test('utan skäl ersätts inget, och det som är valt är kvar', bada(async (resa) => {
  const { hand, sida, namn } = resa;
  await folj(hand, sida, knapp(sida, 'Ersätt den tidigare versionen'));
  assert.equal(await sida.locator('[role=alert]').count(), 1);
  assert.ok(!(await hamta(sida, `/underlag/${namn}`)).includes('400 000'), 'ersatt utan skäl');
  await hand.skriv(sida, sida.getByLabel('Varför ersätts papperet?'), SKAL);
  await folj(hand, sida, knapp(sida, 'Ersätt den tidigare versionen'));
  assert.equal(new URL(sida.url()).pathname, `/underlag/${namn}`);
  const ny = await text(sida);
  assert.match(ny, /ersätter en tidigare version/);
  assert.ok(ny.includes(SKAL), ny);
}));

test('den tidigare versionen går att läsa, och dess fynd är ersatt', bada(async (resa) => {
  const { hand, sida, namn } = resa;
  await folj(hand, sida, sida.locator(`main a[href*="/underlag/${namn}?version=1"]`).first());
  const gammal = await text(sida);
  assert.match(gammal, /har ersatts av en ny version/);
  assert.match(gammal, /Papperet är ersatt/);
  for (const del of ['insatser', 'fordelningar']) {
    const html = await hamta(sida, `/underlag/${namn}?version=1&del=${del}`);
    assert.ok(!html.includes('400 000'), `${del}: den nya versionens belopp i den gamla`);
  }
  await ga(sida, resa.fynd);
  assert.match(await text(sida), /Papperet är ersatt/);
  await ga(sida, '/granskning');
  const vantar = sida.locator('ul.fynd > li', { has: sida.locator(`a[href^="/granskning/${namn}/"]`) });
  for (const rad of await vantar.allInnerTexts()) assert.match(rad, /ersatt/i);
  assert.ok(!(await hamta(sida, '/start')).includes(`/granskning/${namn}/`), 'fyndet väntar på startsidan');
  assert.match(await hamta(sida, `/medel/${namn}/fordelning`), /value="400 000"/);
}));
