// From a starting password to a text that survives a session's end, by keyboard with scripts
// and by clicking without them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';
import { HANDER, folj } from '../lib/hand.mjs';
import { axe } from '../lib/kontroller.mjs';

const HUVUDMAN = 'forsby';
const EGET = 'fyra helt vanliga ord';

let varld; let resor;

before(async () => {
  varld = await fixtur.varld();
  resor = await Promise.all(HANDER.map(async ([hand, val], nr) => {
    const konto = varld.inloggningar
      .find((i) => i.roll === 'administrator' && i.huvudman === HUVUDMAN);
    const adm = await (
      await fixtur.inloggad(varld.webblasare, varld.adress, konto, val)).newPage();
    const ny = await (await fixtur.nyKontext(varld.webblasare, val)).newPage();
    return { hand, adm, ny, namn: `ny-${'ab'[nr]}` };
  }));
});

after(() => varld?.stang());

const bada = (steg) => async (t) => {
  for (const resa of resor) await t.test(resa.hand.namn, () => steg(resa));
};
const ga = (sida, stig) => sida.goto(varld.adress + stig);
const knapp = (sida, namn) => sida.locator('main').getByRole('button', { name: namn });
const text = async (sida) => (await sida.locator('main').innerText()).replace(/\s+/g, ' ');
const stig = (sida) => new URL(sida.url()).pathname;

/** Axe is a script: it can only look where scripts run. */
async function utanAnmarkning(hand, sida) {
  if (hand.namn === 'tangentbord') assert.deepEqual(await axe(sida), []);
}

async function loggaIn({ hand, ny, namn }, losenord) {
  const formular = ny.locator('form', { has: ny.getByLabel('Lösenord', { exact: true }) });
  await hand.skriv(ny, ny.getByLabel('Användarnamn'), namn);
  await hand.skriv(ny, ny.getByLabel('Lösenord', { exact: true }), losenord);
  await folj(hand, ny, formular.getByRole('button', { name: 'Logga in' }));
}

test('administratören lägger upp ett konto och ser startlösenordet en gång', bada(async (resa) => {
  const { hand, adm, namn } = resa;
  await ga(adm, '/konton');
  await folj(hand, adm, adm.locator('main').getByRole('link', { name: 'Lägg upp ett konto' }));
  await hand.skriv(adm, adm.getByLabel('Namn att logga in med'), namn);
  await hand.skriv(adm, adm.getByLabel('Namn som andra ser'), `Provkonto ${namn}`);
  await hand.kryssa(adm, adm.getByLabel('Ekonom', { exact: true }));
  await hand.kryssa(adm, adm.getByLabel('Deltagaransvarig', { exact: true }));
  await folj(hand, adm, knapp(adm, 'Lägg upp kontot'));
  assert.match(await text(adm), /kan inte vara både ekonom och deltagaransvarig/);
  await utanAnmarkning(hand, adm);
  await hand.kryssa(adm, adm.getByLabel('Deltagaransvarig', { exact: true }));
  if (await adm.getByLabel('Deltagaransvarig', { exact: true }).isChecked()) {
    await adm.getByLabel('Deltagaransvarig', { exact: true }).uncheck();
  }
  await folj(hand, adm, knapp(adm, 'Lägg upp kontot'));
  [, resa.start] = (await text(adm)).match(/Startlösenord ([a-z2-9-]{19})/);
  await utanAnmarkning(hand, adm);
  resa.konto = await adm.locator('main nav a[href^="/konton/"], main a[href^="/konton/"]').last()
    .getAttribute('href');
}));

test('startlösenordet måste bytas innan något annat går', bada(async (resa) => {
  const { hand, ny, start } = resa;
  await ga(ny, '/medel');
  await loggaIn(resa, start);
  assert.equal(stig(ny), '/losenord');
  await hand.skriv(ny, ny.getByLabel('Nuvarande lösenord'), start);
  await hand.skriv(ny, ny.getByLabel('Nytt lösenord', { exact: true }), EGET);
  await hand.skriv(ny, ny.getByLabel('Nytt lösenord igen'), EGET);
  await folj(hand, ny, knapp(ny, 'Byt lösenord'));
  assert.equal(stig(ny), '/start');
}));

test('det som skrivs när inloggningen tar slut går att skicka efteråt', bada(async (resa) => {
  const { hand, adm, ny } = resa;
  await ga(ny, '/insatser');
  const hit = await ny.locator('main a[href^="/insatser/"]').nth(resor.indexOf(resa))
    .getAttribute('href');
  await ga(ny, `${hit.split('?')[0]}/andra`);
  const skrivet = `Skrivet av ${resa.namn} medan dörren stängdes.`;
  await hand.skriv(ny, ny.locator('textarea').last(), skrivet);

  await ga(adm, resa.konto);
  await folj(hand, adm, knapp(adm, 'Logga ut överallt'));
  await folj(hand, ny, knapp(ny, 'Spara'));
  assert.match(await text(ny), /det du skrev finns kvar/);
  await utanAnmarkning(hand, ny);
  await loggaIn(resa, EGET);
  assert.ok((await text(ny)).includes(skrivet), 'texten visas innan den skickas');
  await utanAnmarkning(hand, ny);
  await folj(hand, ny, knapp(ny, 'Skicka det jag skrev'));
  assert.equal(stig(ny), hit.split('?')[0]);
  assert.ok((await text(ny)).includes(skrivet), 'texten är sparad');
}));
