// The distribution as a working screen: sums as they are typed, a block from a spreadsheet by the
// clipboard, taking back, warnings, thousands, two windows, and all of it without scripts.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';
import { axe, omflode, textavstand } from '../lib/kontroller.mjs';

const HUVUDMAN = 'forsby';
const SIDA = '/medel/psykisk-halsa/fordelning';
const FIXTURER = new URL('../../crates/domain/src/medel/klistra/fixturer.json', import.meta.url);

let varld; let sidor;

before(async () => {
  varld = await fixtur.varld();
  const konto = varld.inloggningar.find((i) => i.roll === 'ekonom' && i.huvudman === HUVUDMAN);
  const ny = async (val) => {
    const kontext = await fixtur.inloggad(varld.webblasare, varld.adress, konto, val);
    return { kontext, sida: await kontext.newPage() };
  };
  const [med, utan] = [await ny({}), await ny({ javaScriptEnabled: false })];
  await med.kontext.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: varld.adress });
  sidor = { kontext: med.kontext, med: med.sida, utan: utan.sida };
});

after(() => varld?.stang());

/** Numbers are printed with spaces that do not break. */
const rak = (s) => s.replace(/\s+/g, ' ').trim();
const ga = (sida, fraga = '') => sida.goto(varld.adress + SIDA + fraga);
const falt = (sida, insats, ar) => sida.locator('tr', { hasText: insats }).getByLabel(`nya medel ${ar}`);
const varde = async (sida, insats, ar) => rak(await falt(sida, insats, ar).inputValue());
const knapp = (sida, namn) => sida.locator('main').getByRole('button', { name: namn, exact: true });
/** The figure of a row that is counted of the year's fields. */
const raknad = async (sida, rad, ar) => rak(await sida.locator('tr', { hasText: rad })
  .locator(`td[data-kol="${ar}"]`).first().innerText());
const urklipp = (sida, text) => sida.evaluate((t) => navigator.clipboard.writeText(t), text);
const klistra = async (sida, text) => {
  await urklipp(sida, text);
  await sida.keyboard.press('Control+V');
};
const trycker = async (sida, mal) => {
  const laddad = sida.waitForEvent('load');
  await mal.click();
  await laddad;
};
/** A dialog tells of its closing a moment after it: it has no role by then, but is still there. */
const borta = (sida) => sida.locator('dialog').waitFor({ state: 'detached' });
/** The fields that saving demands. */
async function fyll(sida, orsak) {
  await sida.getByLabel('Varför ändras beloppen?').fill(orsak);
  await sida.locator('[id="beslut-instans"]').fill('Kommunstyrelsen');
  await sida.locator('[id="beslut-datum"]').fill('2026-03-09');
  await sida.locator('[id="beslut-rubrik"]').fill('Ändrad fördelning');
}

/** What was just saved goes back: by a decision of its own. */
async function angra(sida, orsak) {
  await trycker(sida, sida.locator('main').getByRole('link', { name: 'Ångra det jag sparade' }));
  assert.match(rak(await sida.locator('main').innerText()), /Det som går tillbaka/);
  await sida.getByLabel('Varför ångras ändringen?').fill(orsak);
  await sida.locator('[id="beslut-instans"]').fill('Kommunstyrelsen');
  await sida.locator('[id="beslut-datum"]').fill('2026-03-09');
  await sida.locator('[id="beslut-rubrik"]').fill('Fördelningen står fast');
  await trycker(sida, knapp(sida, 'Ångra ändringen'));
}

test('skriptet läser varje block i den gemensamma filen som servern gör', async () => {
  await ga(sidor.med);
  const fixturer = JSON.parse(readFileSync(FIXTURER, 'utf8'));
  assert.ok(fixturer.length >= 30, `${fixturer.length} fall`);
  const fel = await sidor.med.evaluate((alla) => alla.flatMap((f) => {
    const enhet = f.enhet ?? 'kr';
    const block = globalThis.rutnat.las(f.text);
    const varden = block.map((rad) => rad.map((c) => {
      const { ore, fel: kod } = globalThis.rutnat.belopp(c, enhet);
      return kod ?? (ore === null ? null : Number(ore));
    }));
    const lika = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    if (!lika(block, f.block) || !lika(varden, f.varden)) return [f.namn];
    if (!f.placering) return [];
    const p = f.placering;
    const fick = globalThis.rutnat.placera(block, p.rader, p.kolumner, p.fran, enhet);
    const over = fick.over.map((o) => o.slice(0, 3));
    return lika(fick.celler, p.celler) && lika(over, p.over) && fick.rakt === p.rakt ? [] : [f.namn];
  }), fixturer);
  assert.deepEqual(fel, []);
});

test('summorna följer det som skrivs, och skylten säger vad som är kvar', async () => {
  const { med } = sidor;
  await ga(med);
  assert.equal(await raknad(med, 'Kvar att fördela', 2026), '0');
  await falt(med, 'Rörelse på recept', 2026).fill('400 000');
  assert.equal(await raknad(med, 'Kvar att fördela', 2026), '50 000');
  assert.equal(await raknad(med, 'Fördelat', 2026), '1 950 000');
  await med.waitForFunction(() => /50\s000\skr kvar/.test(document.querySelector('[data-kvar]').textContent));
  await falt(med, 'Rörelse på recept', 2026).fill('500 000');
  assert.match(await raknad(med, 'Kvar att fördela', 2026), /−50 000.*För mycket/);
  await falt(med, 'Rörelse på recept', 2026).fill('mycket');
  assert.equal(await raknad(med, 'Kvar att fördela', 2026), '?');
  assert.deepEqual(await axe(med), []);
});

test('tangenterna är kalkylbladets, och Ctrl+Z tar tillbaka ett steg i taget', async () => {
  const { med } = sidor;
  await ga(med);
  const aktiv = () => med.evaluate(() => document.activeElement.getAttribute('aria-label'));
  await falt(med, 'Anhörigstöd', 2025).focus();
  for (const [tangent, dit] of [
    ['Enter', 'Reserv, nya medel 2025'], ['ArrowDown', 'Rörelse på recept, nya medel 2025'],
    ['ArrowUp', 'Reserv, nya medel 2025'], ['Tab', 'Reserv, nya medel 2026'],
    ['Shift+Tab', 'Reserv, nya medel 2025'], ['Shift+ArrowDown', 'Samtal på vårdcentralen, nya medel 2025'],
    ['Enter', 'Anhörigstöd, nya medel 2026'],
  ]) {
    await med.keyboard.press(tangent);
    assert.equal(await aktiv(), `${dit}, kronor`, tangent);
  }
  await med.keyboard.press('Control+A');
  await med.keyboard.type('650000');
  await med.keyboard.press('Enter');
  assert.equal(await varde(med, 'Anhörigstöd', 2026), '650 000', 'tusental visas när fältet lämnas');
  await med.keyboard.type('1');
  await med.keyboard.press('Escape');
  await med.keyboard.press('Control+Z');
  assert.equal(await varde(med, 'Anhörigstöd', 2026), '600 000');
  await med.keyboard.press('Control+Y');
  assert.equal(await varde(med, 'Anhörigstöd', 2026), '650 000');
  await med.keyboard.press('Control+Z');
});

test('Skift+Enter går till nästa avsnitt och sparar inget, och ett plustecken står kvar', async () => {
  const { med } = sidor;
  await ga(med);
  await falt(med, 'Reserv', 2026).focus();
  await med.keyboard.press('Control+A');
  await med.keyboard.type('+50 001');
  await med.keyboard.press('Shift+Enter');
  assert.equal(await med.evaluate(() => document.activeElement.name), 'orsak');
  assert.equal(await varde(med, 'Reserv', 2026), '+50 001');
  assert.equal(new URL(med.url()).search, '', 'inget är skickat');
  await ga(med, '?jamfor=sparat');
  await falt(med, 'Reserv', 2026).fill('50 500');
  assert.match(rak(await med.locator('tr', { hasText: 'Reserv' }).first().innerText()), /\+500/);
});

test('skylten talar högst en gång i sekunden, och säger det sista', async () => {
  const { med } = sidor;
  await ga(med);
  await med.evaluate(() => {
    globalThis.sagt = [];
    const skylt = document.querySelector('[data-kvar]');
    new MutationObserver(() => globalThis.sagt.push([performance.now(), skylt.textContent]))
      .observe(skylt, { childList: true, characterData: true, subtree: true });
  });
  await falt(med, 'Reserv', 2026).focus();
  await med.keyboard.press('Control+A');
  for (const siffra of '40000') await med.keyboard.type(siffra, { delay: 350 });
  await med.waitForFunction(() => /10\s000\skr kvar/.test(document.querySelector('[data-kvar]').textContent));
  const sagt = await med.evaluate(() => globalThis.sagt);
  const emellan = sagt.slice(1).map(([t], nr) => t - sagt[nr][0]);
  assert.ok(sagt.length >= 2 && emellan.every((ms) => ms > 980), JSON.stringify(sagt));
});

test('ett block med Ctrl+V hamnar på sin plats, och Ctrl+Z tar tillbaka hela', async () => {
  const { med } = sidor;
  await ga(med);
  await falt(med, 'Anhörigstöd', 2025).focus();
  await klistra(med, '610 000\t590 000 kr\r\n1.000\t49\u00a0000\r\n');
  assert.equal(await varde(med, 'Anhörigstöd', 2025), '610 000');
  assert.equal(await varde(med, 'Anhörigstöd', 2026), '590 000');
  assert.equal(await varde(med, 'Reserv', 2025), '1 000');
  assert.equal(await varde(med, 'Reserv', 2026), '49 000');
  await med.keyboard.press('Control+Z');
  assert.equal(await varde(med, 'Anhörigstöd', 2025), '600 000');
  assert.equal(await varde(med, 'Reserv', 2025), '');
});

test('ett block som inte ryms eller har ord visas först, och inget annat ändras', async () => {
  const { med } = sidor;
  await ga(med);
  await falt(med, 'Samtal på vårdcentralen', 2026).focus();
  await klistra(med, '1\t2\r\n3\t4');
  const ruta = med.getByRole('dialog');
  await ruta.waitFor();
  assert.match(rak(await ruta.innerText()), /2 ryms inte i tabellen.*4 ryms inte i tabellen/);
  assert.deepEqual(await axe(med), []);
  await med.keyboard.press('Escape');
  await borta(med);
  assert.equal(await varde(med, 'Samtal på vårdcentralen', 2026), '900 000');
  // Names and years decide the place, the sum row has none, and a word leaves its cell alone.
  await falt(med, 'Anhörigstöd', 2025).focus();
  await klistra(med, 'Insats\t2026\t2025\r\nReserv\t40 000\tvet ej\r\nAnhörigstöd\t610 000\t1 000\r\nSumma\t9\t9\r\n');
  await ruta.waitFor();
  await ruta.getByRole('button', { name: 'Klistra in 3 belopp' }).click();
  await borta(med);
  assert.equal(await varde(med, 'Reserv', 2026), '40 000');
  assert.equal(await varde(med, 'Reserv', 2025), '');
  assert.equal(await varde(med, 'Anhörigstöd', 2026), '610 000');
  assert.equal(await varde(med, 'Anhörigstöd', 2025), '1 000');
});

test('tabellen går att kopiera ut till ett kalkylblad med det som är skrivet', async () => {
  const { med } = sidor;
  await ga(med);
  await falt(med, 'Reserv', 2026).fill('12 345');
  await knapp(med, 'Kopiera tabellen').click();
  await med.waitForFunction(() => document.querySelector('[data-kvar]').textContent.includes('kopierad'));
  const tsv = await med.evaluate(() => navigator.clipboard.readText());
  const rader = tsv.trimEnd().split('\r\n').map((r) => r.split('\t'));
  const reserv = rader.find((r) => r[0] === 'Reserv');
  assert.ok(reserv.includes('12 345'), tsv);
});

test('i tusental skrivs tusental, rubriken säger det och inga kronor tappas', async () => {
  const { med } = sidor;
  await ga(med);
  await falt(med, 'Reserv', 2026).fill('48 765,50');
  await trycker(med, knapp(med, 'Tusental kronor'));
  assert.match(rak(await med.locator('table[data-rutnat] thead').innerText()), /nya medel, tkr/);
  assert.equal(await varde(med, 'Reserv', 2026), '48,7655');
  assert.equal(await varde(med, 'Anhörigstöd', 2026), '600');
  await falt(med, 'Anhörigstöd', 2026).fill('601,5');
  await trycker(med, knapp(med, 'Kronor'));
  assert.equal(await varde(med, 'Anhörigstöd', 2026), '601 500');
  assert.equal(await varde(med, 'Reserv', 2026), '48 765,50');
  await trycker(med, knapp(med, 'Jämför med det sparade'));
  assert.match(rak(await med.locator('tr', { hasText: 'Anhörigstöd' }).first().innerText()), /\+1 500/);
});

test('en varning godtas med ett skäl, och kommer tillbaka när beloppet ändras', async () => {
  const { med } = sidor;
  await ga(med);
  await falt(med, 'Reserv', 2026).fill('900');
  await fyll(med, 'Prövar en varning');
  await trycker(med, knapp(med, 'Spara'));
  assert.match(rak(await med.locator('[role=alert]').innerText()), /varningarna.*ovanligt litet belopp/);
  assert.equal(await varde(med, 'Reserv', 2026), '900', 'inget är tappat');
  assert.deepEqual(await axe(med), []);
  for (const kryss of await med.locator('[data-varning]').all()) await kryss.check();
  await med.getByLabel('Varför stämmer det du kryssade för?').fill('Bara fika');
  await falt(med, 'Reserv', 2026).fill('901');
  assert.equal(await med.locator('[data-varning]:checked:visible').count(), 0, 'ett annat belopp');
  await falt(med, 'Reserv', 2026).fill('900');
  await trycker(med, knapp(med, 'Räkna om'));
  for (const kryss of await med.locator('[data-varning]').all()) await kryss.check();
  await fyll(med, 'Prövar en varning');
  await med.getByLabel('Varför stämmer det du kryssade för?').fill('Bara fika');
  await trycker(med, knapp(med, 'Spara'));
  const text = rak(await med.locator('main').innerText());
  assert.match(text, /Sparat: /);
  assert.match(text, /ovanligt litet belopp.*Förklarad av .*: Bara fika/);
});

test('det som sparades ångras, och ligger kvar bland sparade ändringar', async () => {
  const { med } = sidor;
  await angra(med, 'Fel rad');
  assert.equal(await varde(med, 'Reserv', 2026), '50 000');
  const text = rak(await med.locator('section[aria-labelledby=sparat]').innerText());
  assert.match(text, /Ångrat: Prövar en varning. Skäl: Fel rad.*Reserv 2026: 900 → 50 000 kr/);
  assert.match(text, /Prövar en varning.*Reserv 2026: 50 000 → 900 kr/);
});

test('utan skript räknar servern om, klistrar in ett block och sparar', async () => {
  const { utan } = sidor;
  await ga(utan);
  await falt(utan, 'Rörelse på recept', 2026).fill('440 000');
  await trycker(utan, knapp(utan, 'Räkna om'));
  assert.equal(await raknad(utan, 'Kvar att fördela', 2026), '10 000');
  assert.match(rak(await utan.locator('[data-kvar]').innerText()), /2026: 10 000 kr kvar att fördela/);
  await utan.locator('summary', { hasText: 'Klistra in från Excel' }).click();
  await utan.getByLabel('Celler från kalkylbladet').fill('Insats\t2026\nReserv\t55 000\nAnhörigstöd\tvet ej\nSumma\t1\n');
  await trycker(utan, knapp(utan, 'Lägg in i tabellen'));
  assert.equal(await varde(utan, 'Reserv', 2026), '55 000');
  assert.equal(await varde(utan, 'Rörelse på recept', 2026), '440 000', 'det andra står kvar');
  const text = rak(await utan.locator('main').innerText());
  assert.match(text, /Anhörigstöd, 2026: ”vet ej”/);
  assert.match(text, /”1” \(raden finns inte\)/);
  assert.match(await utan.getByLabel('Celler från kalkylbladet').inputValue(), /Summa/, 'blocket är kvar');
  await utan.getByLabel('Celler från kalkylbladet').fill('');
  await fyll(utan, 'Utan skript');
  await trycker(utan, knapp(utan, 'Spara'));
  assert.equal(await varde(utan, 'Reserv', 2026), '55 000');
  await angra(utan, 'Bara ett prov');
  assert.equal(await varde(utan, 'Reserv', 2026), '50 000');
});

test('två fönster: den som sparar sist får se det andra och tappar inget', async () => {
  const { kontext } = sidor;
  const [ena, andra] = [await kontext.newPage(), await kontext.newPage()];
  await ga(ena);
  await ga(andra);
  await falt(ena, 'Reserv', 2026).fill('51 000');
  await falt(ena, 'Anhörigstöd', 2026).fill('599 000');
  await fyll(ena, 'Det ena fönstret');
  await trycker(ena, knapp(ena, 'Spara'));
  await falt(andra, 'Rörelse på recept', 2026).fill('449 000');
  await fyll(andra, 'Det andra fönstret');
  await trycker(andra, knapp(andra, 'Spara'));
  assert.match(rak(await andra.locator('[role=alert]').innerText()), /Någon annan har ändrat/);
  assert.equal(await varde(andra, 'Rörelse på recept', 2026), '449 000', 'det jag skrev');
  assert.equal(await varde(andra, 'Reserv', 2026), '51 000', 'det den andra sparade');
  await fyll(andra, 'Det andra fönstret');
  await trycker(andra, knapp(andra, 'Spara'));
  assert.equal(await varde(andra, 'Anhörigstöd', 2026), '599 000');
  assert.equal(await varde(andra, 'Rörelse på recept', 2026), '449 000');
  await Promise.all([ena.close(), andra.close()]);
});

test('smal skärm, textavstånd och tvingade färger', async () => {
  const { med } = sidor;
  await ga(med, '?jamfor=ifjol');
  assert.deepEqual(await omflode(med), []);
  assert.deepEqual(await textavstand(med), []);
  await med.emulateMedia({ forcedColors: 'active' });
  assert.deepEqual(await axe(med), []);
  await med.emulateMedia({ forcedColors: null });
});

test('en kalkyl räknas, sparas och blir belopp i fördelningen', async () => {
  const { med, utan } = sidor;
  for (const sida of [med, utan]) {
    await sida.goto(`${varld.adress}/insatser/rorelse/kalkyl?ar=2026`);
    await sida.locator('[id="t-1-vad"]').fill('Ledare');
    await sida.locator('[id="t-1-lon"]').fill(sida === med ? '30 000' : '31 000');
    await sida.locator('[id="t-1-po"]').fill('40,15');
    await sida.locator('[id="t-1-andel"]').fill('50');
    await trycker(sida, knapp(sida, 'Räkna om'));
    assert.match(rak(await sida.locator('main').innerText()), sida === med ? /252 270/ : /260 679/);
    await trycker(sida, knapp(sida, 'Spara kalkylen'));
    await trycker(sida, sida.getByRole('link', { name: /i fördelningen av Psykisk hälsa/ }));
    assert.equal(await varde(sida, 'Rörelse på recept', 2026), sida === med ? '252 270' : '260 679');
    assert.match(rak(await sida.locator('main').innerText()), /Om du sparar/);
  }
  await med.goto(`${varld.adress}/insatser/rorelse/kalkyl?ar=2026`);
  assert.deepEqual(await axe(med), []);
  assert.deepEqual(await omflode(med), []);
});
