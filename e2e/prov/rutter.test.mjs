// Every route in every role, from the program's own table, and every page in every way of use.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';

const HUVUDMAN = 'uppsala';
/** The role that may do most: its pages have every form. */
const CHEF = 'forbundschef';
/** The one who hands out accounts: pages of its own, that nobody else may open. */
const ADMIN = 'administrator';
/** Where the crawl begins: the front doors, and what is written by hand or asked by machines. */
const START = ['/', '/logga-in', '/halsa', '/favicon.ico', '/start', `/${HUVUDMAN}`, `/${HUVUDMAN}/pengar`];

/** Pages about things that the papers hold none of, so that nothing here leads to them. */
const INGET_I_PAPPEREN = [
  '/medel/{bidrag}/fordelning/dela',
  '/medel/{bidrag}/forslag/{forslag}',
  '/bokforing/granska/{fil}',
  '/bokforing/inlasning/{inlasning}',
  '/bokforing/verifikationer/{verifikation}',
  '/rekvisitioner/{rekvisition}',
  '/medfinansiering/tabell.csv',
  '/eget-kapital/tabell.csv',
];

let varld; let rutter; let kontexter;

before(async () => {
  varld = await fixtur.varld();
  kontexter = {
    [CHEF]: await varld.som(CHEF, HUVUDMAN),
    [ADMIN]: await varld.som(ADMIN, HUVUDMAN),
  };
  const alla = await varld.rutter();
  const samla = (kontext) => fixtur.samlaExempel({
    kontext, adress: varld.adress, rutter: alla, start: START,
  });
  const [chefens, adminens] = [await samla(kontexter[CHEF]), await samla(kontexter[ADMIN])];
  rutter = chefens.map((rutt, nr) => (
    rutt.roller.includes(CHEF) ? rutt : { ...rutt, exempel: adminens[nr].exempel }
  ));
});

after(() => varld?.stang());

test('till varje sida i rutttabellen leder en länk', () => {
  assert.ok(rutter.length > 30, `tabellen har bara ${rutter.length} rutter att läsa`);
  const utan = rutter.filter((r) => r.exempel.length === 0).map((r) => r.monster);
  assert.deepEqual(utan.sort(), INGET_I_PAPPEREN.toSorted());
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

/** The check on one page of each route, as the role that may do most, or the only one. */
const varje = (kontroll) => async (t) => {
  let antal = 0;
  const fel = [];
  for (const [roll, sidor] of [[CHEF, forsta()], [ADMIN, forsta().filter(utanChef)]]) {
    const svar = await fixtur.varjeSida({
      kontext: kontexter[roll],
      adress: varld.adress,
      rutter: sidor,
      roll,
      kontroll: (sida, url) => kontroll(sida, url, roll),
    });
    antal += svar.antal;
    fel.push(...svar.fel);
  }
  t.diagnostic(`${antal} sidor`);
  assert.ok(antal > 30, `bara ${antal} sidor`);
  assert.deepEqual(fel, [], fel.join('\n'));
};

const utanChef = (rutt) => !rutt.roller.includes(CHEF);

test('varje sida går att använda med bara tangentbord', varje(
  sant(fixtur.tangentbord, fixtur.malytor),
));

test('varje sida ryms på 320 px, också med större textavstånd', varje(
  sant(fixtur.omflode, fixtur.textavstand),
));

test('varje sida ryms på papper utan menyer och knappar', varje(fixtur.utskrift));

test('varje sida säger detsamma och har samma fält utan skript', async (t) => {
  const utan = {};
  for (const [roll, egen] of Object.entries(kontexter)) {
    utan[roll] = await fixtur.utanSkript(varld.webblasare, egen);
  }
  await varje((sida, url, roll) => fixtur.likaUtanSkript(sida, utan[roll], url))(t);
  await Promise.all(Object.values(utan).map((k) => k.close()));
});

/** The heavier checks take one page of each route. */
function forsta() {
  return rutter.map((rutt) => ({ ...rutt, exempel: rutt.exempel.slice(0, 1) }));
}
