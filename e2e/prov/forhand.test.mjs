// A grant entered by hand from nothing until its figures explain themselves, and what a form
// says when several things are wrong at once, by keyboard with scripts and by clicking without.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';
import { HANDER, folj } from '../lib/hand.mjs';
import { axe } from '../lib/kontroller.mjs';

const HUVUDMAN = 'forsby';

let varld; let resor;

before(async () => {
  varld = await fixtur.varld();
  resor = await Promise.all(HANDER.map(async ([hand, val], nr) => {
    const sida = async (roll) => {
      const konto = varld.inloggningar.find((i) => i.roll === roll && i.huvudman === HUVUDMAN);
      return (await fixtur.inloggad(varld.webblasare, varld.adress, konto, val)).newPage();
    };
    const [ekonom, adm] = [await sida('ekonom'), await sida('administrator')];
    const ab = 'ab'[nr];
    return {
      hand, ekonom, adm, bidrag: `Handskrivet stöd ${ab}`, slug: `handskrivet-stod-${ab}`, insats: `Handskriven insats ${ab}`,
    };
  }));
});

after(() => varld?.stang());

/** The step by both hands. */
const bada = (steg) => async (t) => {
  for (const resa of resor) await t.test(resa.hand.namn, () => steg(resa));
};

const ga = (sida, stig) => sida.goto(varld.adress + stig);
const knapp = (sida, namn) => sida.locator('main').getByRole('button', { name: namn, exact: true });
const lank = (sida, namn) => sida.locator('main').getByRole('link', { name: namn, exact: true }).first();
const stig = (sida) => new URL(sida.url()).pathname;
/** Numbers are printed with spaces that do not break. */
const rak = (s) => s.replace(/\s+/g, ' ');
const text = async (sida) => rak(await sida.locator('main').innerText());
const rubrik = async (sida) => rak(await sida.locator('h1').innerText());
const falt = (sida, id) => sida.locator(`[id="${id}"]`);

/** Axe is a script: it can only look where scripts run. */
async function utanAnmarkning(hand, sida) {
  if (hand.namn === 'tangentbord') assert.deepEqual(await axe(sida), []);
}

/**
 * Exactly these fields are wrong: the summary has a line for each, in the order of the page,
 * that leads to it; and at each stands the same text.
 */
async function allaFel({ hand }, sida, falten) {
  const rader = sida.locator('[role=alert] li');
  assert.equal(await rader.count(), falten.length, await sida.locator('[role=alert]').innerText());
  for (const [nr, id] of falten.entries()) {
    const rad = rader.nth(nr).getByRole('link');
    assert.equal(await rad.getAttribute('href'), `#${id}`);
    // The first box stands for a group of them, and has no text of its own.
    const vid = sida.locator(`[id="${id}-fel"]`);
    if (await vid.count() > 0) assert.equal(rak(await vid.innerText()), `Fel: ${rak(await rad.innerText())}`);
    assert.equal(await falt(sida, id).getAttribute('aria-invalid'), 'true', id);
    assert.ok(await falt(sida, id).getAttribute('aria-describedby'), id);
  }
  const sist = falten.at(-1);
  await hand.tryck(sida, rader.last().getByRole('link'));
  // The browser moves to the address and then focus, and neither in the same breath.
  const dit = sida.waitForURL((till) => till.hash === `#${sist}`, { timeout: 2000 });
  assert.ok(await dit.then(() => true, () => false), `länken leder till ${new URL(sida.url()).hash}`);
  const nadd = sida.waitForFunction((id) => document.activeElement?.id === id, sist, { timeout: 2000 });
  assert.ok(await nadd.then(() => true, () => false), 'länken når inte fältet');
  await utanAnmarkning(hand, sida);
}

test('ett bidrag med flera fel säger alla på en gång, och inget av det skrivna försvinner', bada(async (resa) => {
  const { hand, ekonom } = resa;
  await ga(ekonom, '/medel');
  await folj(hand, ekonom, lank(ekonom, 'Lägg upp ett bidrag'));
  assert.equal(await ekonom.locator('input[name^="ar-"]').count(), 1, 'ett år från början');
  await hand.skriv(ekonom, falt(ekonom, 'andamal'), 'Unga utan arbete');
  await hand.skriv(ekonom, falt(ekonom, 'ar-1'), 'tjugo');
  await hand.skriv(ekonom, falt(ekonom, 'belopp-1'), 'mycket');
  await folj(hand, ekonom, knapp(ekonom, 'Spara bidraget'));
  assert.equal(stig(ekonom), '/registrera/bidrag');
  await allaFel(resa, ekonom, ['namn', 'finansiar', 'ar-1', 'belopp-1', 'orsak']);
  for (const [id, skrivet] of [['andamal', 'Unga utan arbete'], ['ar-1', 'tjugo'], ['belopp-1', 'mycket']]) {
    assert.equal(await falt(ekonom, id).inputValue(), skrivet);
  }
}));

test('det rättade bidraget får två år till och sparas', bada(async (resa) => {
  const { hand, ekonom } = resa;
  await hand.skriv(ekonom, falt(ekonom, 'namn'), resa.bidrag);
  await hand.skriv(ekonom, falt(ekonom, 'finansiar'), 'Inkluderingsverket');
  await hand.skriv(ekonom, falt(ekonom, 'ar-1'), '2025');
  await hand.skriv(ekonom, falt(ekonom, 'belopp-1'), '400 000');
  for (const [nr, ar, lage] of [[2, '2026', 'Preliminärt'], [3, '2027', 'Ej beslutat']]) {
    await folj(hand, ekonom, knapp(ekonom, 'Lägg till ett år'));
    const fokus = await ekonom.evaluate(() => document.activeElement?.id);
    assert.equal(fokus, `ar-${nr}`, 'det nya året är inte nästa fält');
    assert.equal(await ekonom.locator('[role=alert]').count(), 0, 'inget är fel än');
    assert.equal(await falt(ekonom, 'namn').inputValue(), resa.bidrag);
    assert.equal(await falt(ekonom, 'andamal').inputValue(), 'Unga utan arbete');
    assert.equal(await falt(ekonom, 'belopp-1').inputValue(), '400 000');
    await hand.skriv(ekonom, falt(ekonom, `ar-${nr}`), ar);
    if (nr === 2) await hand.skriv(ekonom, falt(ekonom, 'belopp-2'), '300 tkr');
    await hand.valj(ekonom, falt(ekonom, `lage-${nr}`), lage);
  }
  await utanAnmarkning(hand, ekonom);
  await hand.skriv(ekonom, falt(ekonom, 'orsak'), 'Beslut i provet');
  // Enter in a field saves, although another button comes first in the page.
  if (hand.namn === 'tangentbord') {
    await hand.na(ekonom, falt(ekonom, 'namn'));
    const laddad = ekonom.waitForEvent('load');
    await ekonom.keyboard.press('Enter');
    await laddad;
  } else await folj(hand, ekonom, knapp(ekonom, 'Spara bidraget'));
  assert.equal(stig(ekonom), `/medel/${resa.slug}`);
  const sedd = await text(ekonom);
  for (const del of [`Sparat: ${resa.bidrag}`, '400 000', '300 000', '2027', 'ej beslutat']) {
    assert.ok(sedd.includes(del), `${del}: ${sedd}`);
  }
}));

test('en insats läggs upp under bidraget, och får pengar i fördelningen', bada(async (resa) => {
  const { hand, ekonom } = resa;
  await ga(ekonom, '/registrera/insats');
  await hand.skriv(ekonom, falt(ekonom, 'namn'), resa.insats);
  await hand.valj(ekonom, falt(ekonom, 'bidrag'), resa.bidrag);
  await hand.skriv(ekonom, falt(ekonom, 'start'), '2026');
  await hand.skriv(ekonom, falt(ekonom, 'slut'), '2025');
  await hand.skriv(ekonom, falt(ekonom, 'ansvarig'), '!');
  await hand.skriv(ekonom, falt(ekonom, 'mal'), 'Femtio unga får jobb\nTio går vidare');
  await folj(hand, ekonom, knapp(ekonom, 'Spara insatsen'));
  await allaFel(resa, ekonom, ['ansvarig', 'slut']);
  await hand.skriv(ekonom, falt(ekonom, 'ansvarig'), 'Arbetsmarknadsnämnden');
  await hand.skriv(ekonom, falt(ekonom, 'slut'), '2026');
  await folj(hand, ekonom, knapp(ekonom, 'Spara insatsen'));
  resa.insatssida = stig(ekonom);
  assert.equal(await rubrik(ekonom), resa.insats);
  const mal = ekonom.locator('section[aria-labelledby="mal"] li');
  assert.deepEqual(await mal.allInnerTexts(), ['Femtio unga får jobb', 'Tio går vidare']);

  await ga(ekonom, `/medel/${resa.slug}/fordelning`);
  const cell = ekonom.locator('tr', { hasText: resa.insats }).getByLabel('nya medel 2026');
  await hand.skriv(ekonom, cell, '250 000');
  await hand.skriv(ekonom, ekonom.getByLabel('Varför ändras beloppen?'), 'Fördelat i provet');
  await hand.skriv(ekonom, ekonom.getByLabel('Vem har beslutat?'), 'Kommunstyrelsen');
  await ekonom.getByLabel('Beslutets dag').fill('2026-03-09');
  await hand.skriv(ekonom, ekonom.getByLabel('Vad beslutades?'), 'Fördelning i provet');
  await folj(hand, ekonom, knapp(ekonom, 'Räkna om'));
  await folj(hand, ekonom, knapp(ekonom, 'Spara'));
  await ga(ekonom, `/medel/${resa.slug}`);
  assert.match(await text(ekonom), /250 000/);
}));

test('en uppgift med flera fel säger alla på en gång, och syns genast när den är rättad', bada(async (resa) => {
  const { hand, ekonom } = resa;
  await ga(ekonom, resa.insatssida);
  await folj(hand, ekonom, lank(ekonom, 'Registrera uppgift'));
  await hand.valj(ekonom, falt(ekonom, 'slag'), 'Använda pengar');
  await hand.skriv(ekonom, falt(ekonom, 'ar'), '2031');
  await folj(hand, ekonom, knapp(ekonom, 'Spara uppgiften'));
  await allaFel(resa, ekonom, ['ar', 'belopp', 'orsak']);
  await hand.skriv(ekonom, falt(ekonom, 'ar'), '2026');
  await hand.skriv(ekonom, falt(ekonom, 'belopp'), '123');
  await hand.valj(ekonom, falt(ekonom, 'enhet'), 'tkr');
  await hand.skriv(ekonom, falt(ekonom, 'orsak'), 'Bokslutet i provet');
  await folj(hand, ekonom, knapp(ekonom, 'Spara uppgiften'));
  assert.equal(stig(ekonom), resa.insatssida);
  assert.match(await text(ekonom), /Sparat: använt av insats.*123 000 kr/);
}));

test('siffran på bidragets sida säger vem som skrev in den och varifrån den kommer', bada(async (resa) => {
  const { hand, ekonom } = resa;
  await ga(ekonom, `/medel/${resa.slug}?ar=2026`);
  const tal = ekonom.locator('main a[href^="/harledning/anvant"]', { hasText: /^123\s000/ }).first();
  await folj(hand, ekonom, tal);
  assert.match(await rubrik(ekonom), /^Varför 123 000 kr\?$/);
  const sedd = await text(ekonom);
  for (const del of ['123 tkr', resa.insats, 'Bokslutet i provet', 'Registrerad för hand', 'ekonom']) {
    assert.ok(sedd.includes(del), `${del}: ${sedd}`);
  }
  await utanAnmarkning(hand, ekonom);
}));

test('ett konto och en organisation med flera fel säger alla på en gång', bada(async (resa) => {
  const { hand, adm } = resa;
  await ga(adm, '/konton/nytt');
  await hand.skriv(adm, falt(adm, 'inloggning'), 'å ä');
  await folj(hand, adm, knapp(adm, 'Lägg upp kontot'));
  await allaFel(resa, adm, ['inloggning', 'visningsnamn', 'roll-administrator']);
  assert.equal(await falt(adm, 'inloggning').inputValue(), 'å ä');
  await ga(adm, '/organisationer/ny');
  await hand.skriv(adm, falt(adm, 'orgnr'), '212000-3006');
  await folj(hand, adm, knapp(adm, 'Lägg till'));
  await allaFel(resa, adm, ['namn', 'slag', 'orgnr']);
}));

test('i tabellen över konton syns rollen på en telefon utan att man drar i sidled', bada(async (resa) => {
  const { hand, adm } = resa;
  await ga(adm, '/konton/nytt');
  await hand.skriv(adm, falt(adm, 'inloggning'), `ett.langt.namn.utan.mellanrum.${resa.slug}`);
  await hand.skriv(adm, falt(adm, 'visningsnamn'), 'Nämndredovisare på kontoret');
  for (const roll of ['namndredovisare', 'insatsansvarig']) await hand.kryssa(adm, falt(adm, `roll-${roll}`));
  await folj(hand, adm, knapp(adm, 'Lägg upp kontot'));
  await ga(adm, '/konton');
  await adm.setViewportSize({ width: 390, height: 844 });
  const rullas = await adm.locator('.rulla').evaluate((e) => e.scrollWidth - e.clientWidth);
  assert.ok(rullas <= 0, `tabellen är ${rullas} px för bred`);
  const rad = adm.locator('tr', { hasText: resa.slug });
  assert.match(rak(await rad.innerText()), /Nämndredovisare på kontoret.*Insatsansvarig, nämndredovisare/);
  assert.equal(await rad.getByRole('link').count(), 1, 'namnet leder till kontot');
}));
