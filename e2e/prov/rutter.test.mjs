// Every route in every role, from the program's own table, and every page in every way of use.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as fixtur from '../fixtur.mjs';

/** One whose books are a paper's, and the invented one that has something of everything. */
const HUVUDMAN = ['uppsala', 'forsby'];
/** The role that may do most: its pages have every form. */
const CHEF = 'forbundschef';
/** The roles whose pages are tried: the one that may do most, then those with pages of their
 * own, that nobody before them may open. */
const KRYPARE = [CHEF, 'administrator', 'insatsansvarig', 'deltagaransvarig', 'loggkontrollant',
  'gallringsansvarig'];
/** Who tries a route. */
const vem = (rutt) => KRYPARE.find((roll) => rutt.roller.includes(roll));
const FILEN = fileURLToPath(
  new URL('../../exempel/bokforing/forsby-2026-november.se', import.meta.url),
);
/** The rooms whose pages are tried most closely where they are full. */
const MEDEL = /^\/(medel|bokforing|beslut|rekvisitioner|arsavslut|uppfoljning|medfinansiering|eget-kapital|avgifter|parametrar)/;


let varld; let delar;

/** Where the crawl begins: the front doors, and what is written by hand or asked by machines. */
const start = (huvudman) => [
  '/', '/logga-in', '/halsa', '/favicon.ico', '/start', '/behorighet', `/${huvudman}`, `/${huvudman}/pengar`,
];

/** Forsby's pages that are reached by more than a link, or are not first among their like. */
async function forsbys(kontext) {
  const sida = await kontext.newPage();
  await sida.goto(`${varld.adress}/bokforing/las-in`);
  await sida.locator('input[type="file"]').setInputFiles(FILEN);
  await sida.getByRole('button', { name: 'Pröva filen' }).click();
  await sida.waitForURL(/granska/);
  const fil = new URL(sida.url()).pathname;
  await sida.goto(`${varld.adress}/rekvisitioner`);
  const utkast = sida.locator('tr', { hasText: 'Utkast' }).getByRole('link').first();
  const hit = new URL(await utkast.getAttribute('href'), varld.adress).pathname;
  await sida.close();
  return [fil, `${hit}/utkast`, '/medel/sprak-yrke-2026/forslag',
    '/medel/sprak-yrke-2026/fordelning/dela?insats=sprak-jobb',
    '/medel/mot-ensamhet-2026/fordelning', '/insatser/sprak-jobb/budget/tabell.csv'];
}

/** A list of participants that has been looked at: no link leads to it, only its form does. */
const LISTA = 'Kod;Startdatum;Kön;Hemkommun;Försörjning\nR-1;2026-03-02;kvinna;okänd;\n';

/** The page where a list waits for a yes; read by the one who sent it. */
async function provadLista(kontext) {
  const sida = await kontext.newPage();
  await sida.goto(`${varld.adress}/deltagare/las-in`);
  await sida.locator('#insats').selectOption({ index: 1 });
  await sida.locator('input[type="file"]')
    .setInputFiles({ name: 'lista.csv', mimeType: 'text/csv', buffer: Buffer.from(LISTA) });
  await sida.getByRole('button', { name: 'Pröva filen' }).click();
  await sida.waitForURL(/las-in\/./);
  const { pathname } = new URL(sida.url());
  await sida.close();
  return pathname;
}

/** What one has prepared and another confirms: the pages of both on the way. */
async function gallrat(kontext) {
  const konto = varld.inloggningar.find((i) => i.konto === 'gallringsansvarig-2.forsby');
  const [en, annan] = [await kontext.newPage(),
    await (await fixtur.inloggad(varld.webblasare, varld.adress, konto)).newPage()];
  await en.goto(`${varld.adress}/gallring`);
  await en.getByRole('button', { name: 'Förbered gallringen' }).click();
  await en.waitForURL(/forslag/);
  assert.equal(await en.getByRole('button', { name: 'Gallra nu' }).count(), 0);
  await annan.goto(en.url());
  for (const sida of [en, annan]) assert.deepEqual(await fixtur.axe(sida), []);
  await annan.getByRole('button', { name: 'Gallra nu' }).click();
  await annan.waitForURL(/protokoll/);
  await Promise.all([en.close(), annan.context().close()]);
}

/** The routes with the addresses of them that there are in a huvudman's books. */
async function del(huvudman, alla) {
  const kontexter = {};
  for (const roll of KRYPARE) kontexter[roll] = await varld.som(roll, huvudman);
  if (huvudman === 'forsby') await gallrat(kontexter.gallringsansvarig);
  const egna = huvudman === 'forsby'
    ? [...await forsbys(kontexter[CHEF]), await provadLista(kontexter.deltagaransvarig)] : [];
  const samla = (kontext) => fixtur.samlaExempel({
    kontext, adress: varld.adress, rutter: alla, start: [...start(huvudman), ...egna],
  });
  const funna = {};
  for (const roll of KRYPARE) funna[roll] = await samla(kontexter[roll]);
  const rutter = funna[CHEF].map((rutt, nr) => funna[vem(rutt) ?? CHEF][nr]);
  return { huvudman, kontexter, rutter };
}

before(async () => {
  varld = await fixtur.varld();
  const alla = await varld.rutter();
  delar = [];
  for (const huvudman of HUVUDMAN) delar.push(await del(huvudman, alla));
});

after(() => varld?.stang());

test('till varje sida i rutttabellen leder en länk', () => {
  const [{ rutter }] = delar;
  assert.ok(rutter.length > 30, `tabellen har bara ${rutter.length} rutter att läsa`);
  const utan = rutter.filter((_, nr) => delar.every((d) => d.rutter[nr].exempel.length === 0));
  assert.deepEqual(utan.map((r) => r.monster), []);
});

test('varje roll som får läsa något har ett konto i demon', () => {
  const konton = new Set(varld.inloggningar.map((i) => i.roll));
  for (const roll of ['forbundschef', 'ekonom', 'insatsansvarig', 'namndredovisare', 'styrelse',
    'revisor', 'administrator', 'deltagaransvarig', 'loggkontrollant',
    'gallringsansvarig']) assert.ok(konton.has(roll), roll);
});

test('varje rutt svarar varje roll som tabellen säger, utan fynd i axe', async (t) => {
  const sedda = new Set();
  const roller = [fixtur.ANONYM, ...new Set(varld.inloggningar.map((i) => i.roll))];
  const fel = [];
  for (const { huvudman, rutter } of delar) {
    for (const roll of roller) {
      const egen = roll === fixtur.ANONYM ? await varld.anonym() : await varld.som(roll, huvudman);
      const svar = await fixtur.krypRoll({
        kontext: egen, adress: varld.adress, rutter, roll, sedda,
      });
      t.diagnostic(`${huvudman}, ${roll}: ${svar.besokta} besök, ${svar.kontrollerade} `
        + `kontrollerade sidor, ${svar.fel.length} fel`);
      fel.push(...svar.fel);
    }
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
  for (const [nr, egen] of delar.entries()) {
    const egna = forsta(nr);
    for (const roll of KRYPARE) {
      const svar = await fixtur.varjeSida({
        kontext: egen.kontexter[roll],
        adress: varld.adress,
        rutter: egna.filter((rutt) => vem(rutt) === roll || (roll === CHEF && !vem(rutt))),
        roll,
        kontroll: (sida, url) => kontroll(sida, url, `${egen.huvudman} ${roll}`),
      });
      antal += svar.antal;
      fel.push(...svar.fel);
    }
  }
  t.diagnostic(`${antal} sidor`);
  assert.ok(antal > 30, `bara ${antal} sidor`);
  assert.deepEqual(fel, [], fel.join('\n'));
};

test('varje sida går att använda med bara tangentbord', varje(
  sant(fixtur.tangentbord, fixtur.malytor, fixtur.overlapp),
));

test('varje sida ryms på 320 px, också med större textavstånd', varje(
  sant(fixtur.omflode, fixtur.textavstand),
));

test('varje sida ryms på papper utan menyer och knappar', varje(fixtur.utskrift));

test('varje sida säger detsamma och har samma fält utan skript', async (t) => {
  const utan = {};
  for (const { huvudman, kontexter } of delar) {
    for (const [roll, egen] of Object.entries(kontexter)) {
      utan[`${huvudman} ${roll}`] = await fixtur.utanSkript(varld.webblasare, egen);
    }
  }
  await varje((sida, url, roll) => fixtur.likaUtanSkript(sida, utan[roll], url))(t);
  await Promise.all(Object.values(utan).map((k) => k.close()));
});

/** The heavier checks take one page of each route; of the second huvudman those that the
 * first has none of, and those of Medel, which are fuller there. */
function forsta(nr) {
  const redan = (plats) => nr > 0 && delar[0].rutter[plats].exempel.length > 0;
  return delar[nr].rutter
    .filter((rutt, plats) => !redan(plats) || MEDEL.test(rutt.monster))
    .map((rutt) => ({ ...rutt, exempel: rutt.exempel.slice(0, 1) }));
}
