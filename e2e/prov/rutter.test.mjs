// Every route in every role, from the program's own table, and every page in every way of use.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';

const HUVUDMAN = 'uppsala';
/** The role that may do most: its pages have every form. */
const CHEF = 'forbundschef';
const START = ['/', '/logga-in', '/halsa', '/start', `/${HUVUDMAN}/pengar`];

let varld; let rutter; let kontext;

before(async () => {
  varld = await fixtur.varld();
  kontext = await varld.som(CHEF, HUVUDMAN);
  rutter = await fixtur.samlaExempel({
    kontext, adress: varld.adress, rutter: await varld.rutter(), start: START,
  });
});

after(() => varld?.stang());

test('till varje sida i rutttabellen leder en länk', () => {
  assert.ok(rutter.length > 30, `tabellen har bara ${rutter.length} rutter att läsa`);
  assert.deepEqual(rutter.filter((r) => r.exempel.length === 0).map((r) => r.monster), []);
});

test('varje roll som får läsa något har ett konto i demon', () => {
  const konton = new Set(varld.inloggningar.map((i) => i.roll));
  for (const roll of ['forbundschef', 'ekonom', 'insatsansvarig', 'namndredovisare', 'styrelse',
    'revisor', 'administrator']) assert.ok(konton.has(roll), roll);
});

test('varje rutt svarar varje roll som tabellen säger, utan fynd i axe', async (t) => {
  const sedda = new Set();
  const roller = [fixtur.ANONYM, ...new Set(varld.inloggningar.map((i) => i.roll))];
  const fel = [];
  for (const roll of roller) {
    const egen = roll === fixtur.ANONYM ? await varld.anonym() : await varld.som(roll, HUVUDMAN);
    const svar = await fixtur.krypRoll({ kontext: egen, adress: varld.adress, rutter, roll, sedda });
    t.diagnostic(`${roll}: ${svar.besokta} besök, ${svar.kontrollerade} kontrollerade sidor, `
      + `${svar.fel.length} fel`);
    fel.push(...svar.fel);
  }
  assert.deepEqual(fel, [], fel.join('\n'));
});

const sant = (...kontroller) => async (sida) => {
  const svar = [];
  for (const kontroll of kontroller) svar.push(...(await kontroll(sida)));
  return svar;
};

/** The check on one page of each route, as the role that may do most. */
const varje = (kontroll) => async (t) => {
  const { antal, fel } = await fixtur.varjeSida({
    kontext, adress: varld.adress, rutter: forsta(), roll: CHEF, kontroll,
  });
  t.diagnostic(`${antal} sidor`);
  assert.ok(antal > 25, `bara ${antal} sidor`);
  assert.deepEqual(fel, [], fel.join('\n'));
};

test('varje sida går att använda med bara tangentbord', varje(
  sant(fixtur.tangentbord, fixtur.malytor),
));

test('varje sida ryms på 320 px, också med större textavstånd', varje(
  sant(fixtur.omflode, fixtur.textavstand),
));

test('varje sida ryms på papper utan menyer och knappar', varje(fixtur.utskrift));

test('varje sida säger detsamma och har samma fält utan skript', async (t) => {
  const utan = await fixtur.utanSkript(varld.webblasare, kontext);
  await varje((sida, url) => fixtur.likaUtanSkript(sida, utan, url))(t);
  await utan.close();
});

/** The heavier checks take one page of each route. */
function forsta() {
  return rutter.map((rutt) => ({ ...rutt, exempel: rutt.exempel.slice(0, 1) }));
}
