// From a paper to a published report and back again, by keyboard with scripts and by clicking
// without them. The tests follow one another: each takes up where the one before left off.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';
import { HANDER, folj } from '../lib/hand.mjs';
import { papper } from '../lib/papper.mjs';

const HUVUDMAN = 'forsby';
/** What each hand corrects and reports: a grant of Forsby's own, with what was used. */
const RATTAS = [
  { slug: 'digitalt-2025', namn: 'Digitalt för alla 2025', fore: '470 000', efter: '465 000' },
  { slug: 'halsa-2023', namn: 'Hälsa för fler 2023', fore: '1 010 000', efter: '1 005 000' },
];

/** Grants of Forsby's about which something is found that nobody has explained. */
const MED_FYND = ['Unga i arbete', 'Språk och yrke'];

let varld; let resor;

before(async () => {
  varld = await fixtur.varld();
  resor = await Promise.all(HANDER.map(async ([hand, val], nr) => {
    const konto = (roll) => varld.inloggningar.find((i) => i.roll === roll && i.huvudman === HUVUDMAN);
    const sida = async (roll) => (
      await fixtur.inloggad(varld.webblasare, varld.adress, konto(roll), val)).newPage();
    const [ekonom, chef] = [await sida('ekonom'), await sida('forbundschef')];
    const alla = await (await fixtur.nyKontext(varld.webblasare, val)).newPage();
    return { hand, nr, ekonom, chef, alla, namn: `prov-${'ab'[nr]}`, bidrag: RATTAS[nr] };
  }));
});

after(() => varld?.stang());

/** The step by both hands. */
const bada = (steg) => async (t) => {
  for (const resa of resor) await t.test(resa.hand.namn, () => steg(resa));
};

const ga = (sida, stig) => sida.goto(varld.adress + stig);
const knapp = (sida, namn) => sida.locator('main').getByRole('button', { name: namn });
const lank = (sida, namn, exact = true) => sida.locator('main')
  .getByRole('link', { name: namn, exact }).first();
const rubrik = async (sida) => rak(await sida.locator('h1').innerText());
const text = async (sida) => rak(await sida.locator('main').innerText());
/** Numbers are printed with spaces that do not break. */
const rak = (s) => s.replace(/\s+/g, ' ');
const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');

test('ett underlag visas innan det sparas, och sparas först när man säger ja', bada(async (resa) => {
  const { hand, ekonom, namn } = resa;
  await ga(ekonom, '/underlag/importera');
  const json = papper(HUVUDMAN, namn);
  if (resa.nr === 0) await hand.skriv(ekonom, ekonom.getByLabel('klistra in'), json);
  else {
    const fil = { name: `${namn}.json`, mimeType: 'application/json', buffer: Buffer.from(json) };
    await ekonom.getByLabel('Fil', { exact: false }).first().setInputFiles(fil);
  }
  await folj(hand, ekonom, knapp(ekonom, 'Visa innehållet'));
  assert.match(await text(ekonom), new RegExp(`${namn}\\.json: 2 insatser och ett fynd`));
  assert.match(await text(ekonom), /900 000.*880 000.*20 000/);
  const lista = () => ekonom.context().request.get(`${varld.adress}/underlag`).then((s) => s.text());
  assert.ok(!(await lista()).includes(`/underlag/${namn}`), 'sparat utan ja');
  await folj(hand, ekonom, knapp(ekonom, 'Spara underlaget'));
  assert.equal(new URL(ekonom.url()).pathname, `/underlag/${namn}`);
  assert.ok((await lista()).includes(`/underlag/${namn}`), 'inte sparat');
}));

test('ett fynd i granskningen leder till raderna i papperet', bada(async (resa) => {
  const { hand, ekonom, namn } = resa;
  await ga(ekonom, '/granskning');
  await folj(hand, ekonom, ekonom.locator(`main a[href^="/granskning/${namn}/"]`).first());
  resa.fynd = new URL(ekonom.url()).pathname;
  assert.match(await text(ekonom), /900 000.*880 000.*20 000/);
  await folj(hand, ekonom, ekonom.locator(`#rader a[href^="/underlag/${namn}"][href*="#u-"]`).first());
  const plats = decodeURIComponent(new URL(ekonom.url()).hash.slice(1));
  assert.match(rak(await ekonom.locator(`[id="${plats}"]`).innerText()), /900 000|880 000|500 000/);
}));

test('en varning som förklaras är kvar med sin förklaring', bada(async (resa) => {
  const { hand, ekonom } = resa;
  await ga(ekonom, resa.fynd);
  await folj(hand, ekonom, knapp(ekonom, 'Acceptera'));
  assert.match(await text(ekonom), /Varför kan det stå så\?/);
  assert.equal(await ekonom.locator('[role=alert]').count(), 1, 'utan motivering ska det bli fel');
  await hand.skriv(ekonom, ekonom.getByLabel('Varför kan det stå så?'), 'Resten fördelas i december.');
  await folj(hand, ekonom, knapp(ekonom, 'Acceptera'));
  await ga(ekonom, resa.fynd);
  assert.match(await text(ekonom), /Resten fördelas i december\./);
  assert.equal(await knapp(ekonom, 'Acceptera').count(), 0);
}));

test('en ändrad fördelning räknas om på prov innan den sparas', bada(async (resa) => {
  const { hand, ekonom, namn } = resa;
  const stig = `/medel/${namn}/fordelning`;
  const falt = () => ekonom.locator('tr', { hasText: `Provinsats ${namn} 1` }).locator('input').first();
  await ga(ekonom, stig);
  await hand.skriv(ekonom, falt(), '520 000');
  await folj(hand, ekonom, knapp(ekonom, 'Räkna om'));
  assert.match(await text(ekonom), /ökar med 20 000 kr/);
  const lagrat = await ekonom.context().request.get(varld.adress + stig);
  assert.match(rak(await lagrat.text()), /value="500 000"/, 'sparat på prov');
  await hand.skriv(ekonom, ekonom.getByLabel('Varför ändras beloppen?'), 'Hela stödet fördelas');
  await hand.skriv(ekonom, ekonom.getByLabel('Vem har beslutat?'), 'Kommunstyrelsen');
  await ekonom.getByLabel('Beslutets dag').fill('2026-03-09');
  await hand.skriv(ekonom, ekonom.getByLabel('Vad beslutades?'), 'Fördelning av stödet');
  await folj(hand, ekonom, ekonom.locator('button[name=steg][value=spara]'));
  await ga(ekonom, stig);
  assert.equal(rak(await falt().inputValue()), '520 000');
}));

test('siffran förklarar sig med formel, rader och skälet till ändringen', bada(async (resa) => {
  const { hand, ekonom } = resa;
  await folj(hand, ekonom, ekonom.locator('main a[href^="/harledning/fordelat?"][href*="ar=2026"]').last());
  assert.equal(await rubrik(ekonom), 'Varför 900 000 kr?');
  const sedda = await text(ekonom);
  for (const del of ['520 000', '380 000', 'Hela stödet fördelas']) assert.ok(sedda.includes(del), del);
}));

test('en rättad uppgift ger en ny siffra, och den gamla syns per dagen före', bada(async (resa) => {
  const { hand, ekonom, bidrag } = resa;
  await ga(ekonom, `/medel/${bidrag.slug}`);
  await folj(hand, ekonom, ekonom.locator('main a[href^="/harledning/anvant?"]').first());
  assert.equal(await rubrik(ekonom), `Varför ${bidrag.fore} kr?`);
  resa.harledning = ekonom.url();
  await folj(hand, ekonom, lank(ekonom, 'Rätta', false));
  await hand.skriv(ekonom, ekonom.getByLabel('Rätt värde'), `${bidrag.efter} kr`);
  await hand.skriv(ekonom, ekonom.getByLabel('Varför'), 'En faktura hörde till ett annat bidrag');
  await folj(hand, ekonom, knapp(ekonom, 'Rätta'));
  await ekonom.goto(resa.harledning);
  assert.equal(await rubrik(ekonom), `Varför ${bidrag.efter} kr?`);
  assert.match(await text(ekonom), /En faktura hörde till ett annat bidrag/);

  const dag = ekonom.getByLabel('Visa siffran som den var den');
  const idag = await dag.getAttribute('max');
  const igar = new Date(Date.parse(idag) - 86_400_000).toISOString().slice(0, 10);
  for (const [per, belopp] of [[igar, bidrag.fore], [idag, bidrag.efter]]) {
    await dag.fill(per);
    await folj(hand, ekonom, knapp(ekonom, 'Visa'));
    assert.equal(await rubrik(ekonom), `Varför ${belopp} kr?`, per);
  }
}));

test('en rapport med fynd som ingen har läst utfärdas inte', bada(async (resa) => {
  const { hand, chef } = resa;
  await ga(chef, '/rapporter');
  await hand.valj(chef, chef.getByLabel('Bidrag och år'), MED_FYND[resa.nr]);
  await folj(hand, chef, knapp(chef, 'Börja skriva'));
  assert.ok(await chef.locator('section[aria-labelledby="fynd"] a').count() > 0, 'fynden visas');
  await hand.skriv(chef, chef.getByLabel('Slutsatser'), 'Skrivet men inte sparat.');
  await folj(hand, chef, knapp(chef, 'Utfärda'));
  assert.equal(await chef.locator('[role=alert]').count(), 1);
  assert.equal(await chef.getByLabel('Slutsatser').inputValue(), 'Skrivet men inte sparat.');
  await hand.kryssa(chef, chef.getByLabel('Jag har läst fynden'));
  await folj(hand, chef, knapp(chef, 'Utfärda'));
  assert.match(await text(chef), /Rapporten är utfärdad och ändras inte/);
  assert.match(await text(chef), /Skrivet men inte sparat\./, 'utfärdad med det som stod i fältet');
}));

test('en återrapport skrivs av ekonomen och utfärdas av chefen', bada(async (resa) => {
  const { hand, ekonom, chef, bidrag } = resa;
  await ga(ekonom, '/rapporter');
  await hand.valj(ekonom, ekonom.getByLabel('Bidrag och år'), bidrag.namn);
  await folj(hand, ekonom, knapp(ekonom, 'Börja skriva'));
  resa.rapport = new URL(ekonom.url()).pathname;
  resa.titel = await rubrik(ekonom);
  assert.ok((await text(ekonom)).includes(bidrag.efter), 'rättelsen når rapporten');
  await hand.skriv(ekonom, ekonom.getByLabel('Bakgrund'), 'Skrivet i provet.');
  await folj(hand, ekonom, knapp(ekonom, 'Spara utkastet'));
  assert.equal(await ekonom.getByLabel('Bakgrund').inputValue(), 'Skrivet i provet.');
  assert.equal(await knapp(ekonom, 'Utfärda').count(), 0, 'ekonomen utfärdar inte');

  await ga(chef, resa.rapport);
  await hand.skriv(chef, chef.getByLabel('Slutsatser'), 'Chefens sista ord.');
  // The corrected amount no longer agrees with what was repaid: that stands in the report.
  await hand.kryssa(chef, chef.getByLabel('Jag har läst fynden'));
  await folj(hand, chef, knapp(chef, 'Utfärda'));
  assert.match(await text(chef), /Rapporten är utfärdad och ändras inte/);
  assert.match(await text(chef), /Skrivet i provet\..*Chefens sista ord\./);
  assert.equal(await knapp(chef, 'Spara utkastet').count(), 0);
}));

test('PDF-filen som laddas ned har kontrollsumman som sidan visar', bada(async (resa) => {
  const { hand, chef } = resa;
  const [fil] = await Promise.all([
    chef.waitForEvent('download'), hand.tryck(chef, lank(chef, 'PDF', false)),
  ]);
  const bytes = await readFile(await fil.path());
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  resa.summa = sha(bytes);
  assert.ok((await text(chef)).includes(resa.summa), 'sidan visar en annan summa');
}));

test('det som publiceras kan alla läsa, och bara det', bada(async (resa) => {
  const { hand, chef, alla, rapport, bidrag } = resa;
  resa.publik = `/${HUVUDMAN}${rapport}`;
  assert.equal((await ga(alla, resa.publik)).status(), 404, 'syns före publiceringen');
  await ga(chef, '/publicering');
  await hand.valj(chef, chef.getByLabel('Vad'), `Rapport: ${resa.titel}`);
  await folj(hand, chef, chef.getByRole('button', { name: 'Publicera', exact: true }));
  assert.equal((await ga(alla, resa.publik)).status(), 200);
  assert.equal(await rubrik(alla), resa.titel);
  assert.ok((await text(alla)).includes(resa.summa));
  const [fil] = await Promise.all([
    alla.waitForEvent('download'), hand.tryck(alla, lank(alla, 'Rapporten som PDF')),
  ]);
  assert.equal(sha(await readFile(await fil.path())), resa.summa);
  await ga(alla, `/${HUVUDMAN}/pengar`);
  assert.ok((await text(alla)).includes(bidrag.namn));
  assert.ok(!(await text(alla)).includes(`Provstöd ${resa.namn}`), 'opublicerat bidrag syns');
}));

test('det som dras tillbaka är borta för alla, med ett skäl i akten', bada(async (resa) => {
  const { hand, chef, alla } = resa;
  await ga(chef, '/publicering');
  const rad = () => chef.locator('#oppet').locator('..').getByRole('listitem')
    .filter({ hasText: resa.titel });
  const dra = () => rad().getByRole('button', { name: 'Dra tillbaka' });
  await hand.tryck(chef, rad().locator('summary'));
  await folj(hand, chef, dra());
  assert.equal(await chef.locator('[role=alert]').count(), 1, 'utan skäl ska det bli fel');
  await hand.skriv(chef, rad().getByLabel('Skäl'), 'Rapporten görs om');
  await folj(hand, chef, dra());
  assert.match(await text(chef), /drogs tillbaka\. Rapporten görs om/);
  for (const stig of [resa.publik, `${resa.publik}/rapport.pdf`]) {
    const svar = await alla.context().request.get(varld.adress + stig);
    assert.equal(svar.status(), 404, stig);
  }
}));
