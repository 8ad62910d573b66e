// From the file out of the accounts to the board's report, in so few clicks that it is done in
// five minutes: counted by mouse, and done once more by keyboard alone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';
import { HANDER, folj } from '../lib/hand.mjs';

const HUVUDMAN = 'forsby';
/** Next month's file: what the demo has not read in. */
const NOVEMBER = fileURLToPath(
  new URL('../../exempel/bokforing/forsby-2026-november.se', import.meta.url),
);
/** The most clicks from the start page to the finished file. */
const MEST_KLICK = 8;

let varld;

before(async () => { varld = await fixtur.varld(); });
after(() => varld?.stang());

/** Signed in by this role, on the start page. */
async function startsidan(roll) {
  const kontext = await fixtur.inloggad(
    varld.webblasare,
    varld.adress,
    varld.inloggningar.find((i) => i.roll === roll && i.huvudman === HUVUDMAN),
  );
  const sida = await kontext.newPage();
  await sida.goto(`${varld.adress}/start`);
  return sida;
}

const lank = (sida, namn) => sida.locator('main').getByRole('link', { name: namn }).first();
const knapp = (sida, namn) => sida.locator('main').getByRole('button', { name: namn }).first();
const rak = async (mal) => (await mal.innerText()).replace(/\s+/g, ' ');
/** The import is under way until the page says that it is not. */
const inlast = (sida) => sida.waitForFunction(
  () => document.querySelector('main')?.innerText.includes('filen är inläst'),
);

test(`från start till styrelsens rapport med högst ${MEST_KLICK} klick`, async (t) => {
  const sida = await startsidan('ekonom');
  const klickat = [];
  const klicka = async (mal) => {
    klickat.push(await rak(mal));
    await mal.click();
  };
  await klicka(lank(sida, 'Läs in bokföringen'));
  // The click on the field, and one on the file in the window that the system shows.
  const valj = sida.waitForEvent('filechooser');
  await sida.locator('input[type="file"]').click();
  klickat.push('Välj en fil', 'filen');
  await (await valj).setFiles(NOVEMBER);
  await klicka(knapp(sida, 'Pröva filen'));
  assert.match(await rak(sida.locator('main')), /9 nya, 1 ändrad, 215 som förut/);
  await klicka(knapp(sida, 'Läs in filen'));
  await inlast(sida);
  await klicka(knapp(sida, 'Skriv ekonomirapporten'));
  // The file ends in the middle of November: the last month that is booked in full is proposed.
  assert.match(await rak(sida.locator('h1')), /Ekonomirapport 2026 till och med oktober/);
  const href = await lank(sida, 'Visa utkastet som Excel').getAttribute('href');
  const hamtad = sida.waitForEvent('download');
  await klicka(lank(sida, 'Visa utkastet som Excel'));
  const fil = await readFile(await (await hamtad).path());
  assert.equal(fil.subarray(0, 2).toString(), 'PK', 'en arbetsbok');
  // The same figures as a PDF, for whoever would rather have that: one click too.
  const pdf = await sida.request.get(varld.adress + href.replace('xlsx', 'pdf'));
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  t.diagnostic(`${klickat.length} klick: ${klickat.join(' → ')}`);
  assert.ok(klickat.length <= MEST_KLICK, `${klickat.length} klick: ${klickat.join(', ')}`);
  // What is read in is in the figures: the invoice that was put right among it.
  await sida.goto(`${varld.adress}/uppfoljning?ar=2026&manad=11`);
  assert.match(await rak(sida.locator('main')), /7 484 573,69/);
  await sida.context().close();
});

test('avvikelserna förklaras från rapporten, och sedan utfärdas den', async (t) => {
  const sida = await startsidan('forbundschef');
  const klickat = [];
  const klicka = async (mal) => {
    klickat.push(await rak(mal));
    await mal.click();
  };
  await sida.goto(`${varld.adress}/uppfoljning?ar=2026&manad=11`);
  await klicka(knapp(sida, 'Skriv ekonomirapporten'));
  const rapport = sida.url();
  await klicka(knapp(sida, 'Utfärda'));
  assert.match(await rak(sida.locator('main')), /Rapporten utfärdades inte/);
  const kvar = sida.locator('main').getByRole('link', { name: /^Förklara/ });
  let antal = await kvar.count();
  assert.ok(antal > 0, 'ingen avvikelse att förklara');
  const forklaringar = antal;
  for (; antal > 0; antal -= 1) {
    await klicka(kvar.first());
    // The list and the cause in it, the field of words: three more by mouse.
    await sida.locator('[name="avvikelseorsak"]').selectOption('rekrytering');
    await sida.locator('[name="ord"]').fill('En tjänst var tom under våren.');
    klickat.push('Orsak', 'Rekrytering', 'Med egna ord');
    await klicka(knapp(sida, 'Spara förklaringen'));
    assert.ok(sida.url().startsWith(rapport), `tillbaka i rapporten: ${sida.url()}`);
    assert.equal(await kvar.count(), antal - 1, 'en mindre');
  }
  await klicka(knapp(sida, 'Utfärda'));
  assert.match(await rak(sida.locator('main')), /Rapporten är utfärdad och ändras inte/);
  t.diagnostic(`${forklaringar} förklaringar, ${klickat.length} klick: ${klickat.join(' → ')}`);
  assert.equal(klickat.length, 3 + 5 * forklaringar);
  await sida.context().close();
});

/** The choice of a file, opened from the keyboard. The browser may be told to hand it over a
 * moment after the first press, which is then lost. */
async function filval(sida) {
  for (let forsok = 0; forsok < 5; forsok += 1) {
    const valj = sida.waitForEvent('filechooser', { timeout: 5_000 }).catch(() => null);
    await sida.keyboard.press('Space');
    const val = await valj;
    if (val) return val;
  }
  return assert.fail('filvalet öppnas inte med mellanslag');
}

test('samma väg med bara tangentbord, och filen känns igen', async () => {
  const sida = await startsidan('forbundschef');
  const [tangentbord] = HANDER[0];
  await sida.goto(`${varld.adress}/medel`);
  await folj(tangentbord, sida, sida.getByRole('link', { name: 'Bokföring', exact: true }).first());
  await folj(tangentbord, sida, lank(sida, 'Läs in bokföring'));
  const falt = sida.locator('input[type="file"]');
  await tangentbord.na(sida, falt);
  await (await filval(sida)).setFiles(NOVEMBER);
  await folj(tangentbord, sida, knapp(sida, 'Pröva filen'));
  assert.match(await rak(sida.locator('main')), /redan inläst/);
  // The report is one press from the follow-up page as well.
  await sida.goto(`${varld.adress}/uppfoljning?ar=2026`);
  await folj(tangentbord, sida, knapp(sida, 'Skriv ekonomirapporten'));
  assert.match(await rak(sida.locator('h1')), /Ekonomirapport 2026/);
  assert.deepEqual(await fixtur.axe(sida), []);
  await sida.context().close();
});
