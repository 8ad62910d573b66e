// What a link leads to is in sight: the row, below the table's head, and the page itself has
// not slid sideways. On a wide screen and on a phone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';

const BREDDER = [{ width: 1280, height: 800 }, { width: 390, height: 800 }];
let varld;

before(async () => { varld = await fixtur.varld(); });
after(() => varld?.stang());

/** Where the target of the address is, in the window. */
const malet = (sida) => sida.evaluate(() => {
  const rad = document.querySelector(':target');
  if (!rad) return null;
  const { top, bottom, left } = rad.getBoundingClientRect();
  const huvud = rad.closest('table').tHead.getBoundingClientRect().bottom;
  const bredd = document.documentElement.scrollWidth - innerWidth;
  return { top, bottom, left, huvud, bredd, hojd: innerHeight, sidled: scrollX };
});

async function syns(sida, adress) {
  for (const storlek of BREDDER) {
    await sida.setViewportSize(storlek);
    await sida.goto('about:blank');
    await sida.goto(adress);
    const m = await malet(sida);
    const var_ = `${storlek.width} px ${adress} ${JSON.stringify(m)}`;
    assert.ok(m, var_);
    assert.ok(m.top >= Math.max(m.huvud, 0) && m.bottom <= m.hojd, var_);
    assert.ok(m.left >= 0 && m.sidled === 0 && m.bredd <= 0, var_);
  }
}

test('raden bakom ett fynd syns på papperets sida', async () => {
  const sida = await (await varld.som('ekonom', 'forsby')).newPage();
  const lankar = (valj) => sida.locator(valj).evaluateAll((a) => [...new Set(a.map((e) => e.href))]);
  await sida.goto(`${varld.adress}/granskning`);
  const fynd = (await lankar('ul.fynd a')).slice(0, 4);
  assert.ok(fynd.length > 2);
  for (const ett of fynd) {
    await sida.goto(ett);
    const [rad] = await lankar('#rader a[href*="/underlag/"]');
    if (rad) await syns(sida, rad);
  }
  await sida.close();
});

test('raden syns när den har rättats', async () => {
  const sida = await (await varld.som('ekonom', 'uppsala')).newPage();
  await sida.goto(`${varld.adress}/harledning/anvant-insats`);
  await sida.locator('main a', { hasText: 'Rätta' }).last().click();
  await sida.locator('#belopp').fill('680 tkr');
  await sida.locator('#orsak').fill('Rättat i provet');
  await sida.locator('main button[type=submit]').click();
  await sida.waitForURL(/#f-/);
  await syns(sida, sida.url());
  await sida.close();
});

test('papperets sida ryms', async () => {
  const sida = await (await varld.som('ekonom', 'uppsala')).newPage();
  for (const storlek of BREDDER) {
    await sida.setViewportSize(storlek);
    for (const del of ['', '?del=forklaringar', '?del=pastaenden', '?del=insatser']) {
      await sida.goto(`${varld.adress}/underlag/uppsala${del}`);
      const bredd = await sida.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(bredd <= storlek.width, `${del}: ${bredd} px i ${storlek.width}`);
    }
  }
  await sida.close();
});
