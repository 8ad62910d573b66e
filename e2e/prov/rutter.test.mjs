// Every route in every role, from the program's own table.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';

let varld; let rutter;

before(async () => {
  varld = await fixtur.varld();
  rutter = await varld.rutter();
});

after(() => varld?.stang());

test('tabellen har rutter, och varje sida att läsa har ett exempel', () => {
  assert.ok(rutter.length > 0, 'rutter --format json är tom');
  const utan = rutter.filter((r) => r.metod === 'GET' && r.exempel.length === 0);
  assert.deepEqual(utan.map((r) => r.stig), []);
});

test('varje roll i tabellen har ett konto i demon', () => {
  const roller = new Set(rutter.flatMap((r) => r.roller).filter((roll) => roll !== fixtur.ANONYM));
  const konton = new Set(varld.inloggningar.map((i) => i.roll));
  assert.deepEqual([...roller].filter((roll) => !konton.has(roll)), []);
});

test('varje rutt håller i varje roll', async (t) => {
  const sedda = new Set();
  const roller = [fixtur.ANONYM, ...new Set(varld.inloggningar.map((i) => i.roll))];
  const fel = [];
  for (const roll of roller) {
    const kontext = roll === fixtur.ANONYM ? await varld.anonym() : await varld.som(roll);
    const utanSkript = await fixtur.utanSkript(varld.webblasare, kontext);
    const svar = await fixtur.krypRoll({
      kontext, utanSkript, adress: varld.adress, rutter, roll, sedda,
    });
    await utanSkript.close();
    t.diagnostic(`${roll}: ${svar.besokta} besök, ${svar.kontrollerade} kontrollerade sidor, `
      + `${svar.fel.length} fel`);
    fel.push(...svar.fel);
  }
  assert.deepEqual(fel, [], fel.join('\n'));
});
