// The checks themselves: each must find its fault in a small bad page and be silent on a good one.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';

const STIL = `body { font: 1rem sans-serif; margin: 1rem } a, button { display: inline-block;
  padding: .5rem } :focus-visible { outline: 3px solid #1b5a41; outline-offset: 2px }
  @media print { nav, button { display: none } }`;

const sidan = (inre, stil = '') => `<!doctype html><html lang="sv"><head><meta charset="utf-8">
  <meta name="viewport" content="width=device-width"><title>Prov</title><style>${STIL}${stil}</style>
  </head><body><header><nav aria-label="Huvudmeny"><a href="bra.html">Start</a></nav></header>
  <main><h1>Prov</h1>${inre}</main></body></html>`;

const falt = '<label for="f">Belopp</label> <input id="f" style="height:2rem">';
const sidor = {
  'bra.html': sidan(`<p>Text</p>${falt}<button>Spara</button>`),
  'autofokus.html': sidan(`${falt}<div tabindex="-1" autofocus>Fel</div><button>Spara</button>`),
  'axe.html': sidan('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
  'bred.html': sidan('<div style="width:900px">Bred</div>'),
  'knapp.html': sidan('<button>Spara</button>', '@media print { button { display: block !important } }'),
  'ram.html': sidan('<a href="bra.html" style="outline: none">Utan ram</a>'),
  'falla.html': sidan(`<a href="bra.html" id="a">A</a><a href="bra.html">B</a><script>
    a.onkeydown = (e) => { if (e.key === 'Tab') { e.preventDefault(); } };</script>`),
  'onabar.html': sidan('<div role="button" tabindex="0" onfocus="this.blur()">Nej</div><a href="bra.html">B</a>'),
  'ordning.html': sidan('<a href="bra.html" tabindex="2">A</a><a href="bra.html" tabindex="1">B</a>'),
  'liten.html': sidan('<button style="padding:0;width:12px;height:12px" aria-label="x"></button>'),
  'over.html': sidan('<ul><li style="display:grid;grid-template-columns:3rem 8rem">'
    + '<span style="white-space:nowrap">15 december</span><b>Kommer</b></li></ul>'),
  'lankar.html': sidan('<a href="/bra.html">A</a> <a href="/axe.html">B</a>'),
  'skript.html': sidan(`<p id="p">Ett</p><script>p.textContent = 'Två';
    p.after(document.createElement('button'))</script>`),
  'tatt.html': sidan('<div style="width:280px;white-space:nowrap;overflow:visible">'
    + '<span style="font: 16px monospace">tjugosjutecken långt ord..</span></div>'),
};

let webblasare; let server; let kontext; let sida;

before(async () => {
  server = await fixtur.serveraFiler(sidor);
  webblasare = await fixtur.startaWebblasare();
  kontext = await fixtur.nyKontext(webblasare);
  sida = await kontext.newPage();
});

after(async () => {
  await webblasare?.close();
  await server?.stoppa();
});

const prova = async (namn, kontroll) => {
  await sida.goto(`${server.adress}/${namn}.html`);
  return kontroll(sida);
};

test('en bra sida går fri i alla kontroller', async () => {
  assert.deepEqual(await prova('bra', fixtur.allt), []);
});

test('en sida som öppnas med fokus längre ned gås igenom från början', async () => {
  assert.deepEqual(await prova('autofokus', fixtur.tangentbord), []);
});

for (const [namn, kontroll, fynd] of [
  ['axe', fixtur.axe, /image-alt/],
  ['bred', fixtur.omflode, /320 px/],
  ['tatt', fixtur.textavstand, /textavstånd/],
  ['bred', fixtur.utskrift, /utskrift/],
  ['knapp', fixtur.utskrift, /knappar/],
  ['ram', fixtur.tangentbord, /visar inte att den har fokus/],
  ['falla', fixtur.tangentbord, /fälla|nås inte/],
  ['onabar', fixtur.tangentbord, /nås inte|fälla/],
  ['ordning', fixtur.tangentbord, /ordning|nås inte/],
  ['liten', fixtur.malytor, /12×12/],
  ['over', fixtur.overlapp, /15 december och Kommer/],
]) {
  test(`felet på sidan ${namn} fångas av ${kontroll.name}`, async () => {
    const svar = await prova(namn, kontroll);
    assert.match(svar.join('\n'), fynd);
  });
}

test('kryparen ser en sida som rollen inte får och en som saknas', async () => {
  const rutt = (namn, roller) => ({ namn, roller, exempel: [`/${namn}.html`] });
  const kryp = (rutter) => fixtur.krypRoll({
    kontext, adress: server.adress, rutter, roll: 'ekonom', sedda: new Set(),
  });
  assert.deepEqual((await kryp([rutt('bra', ['ekonom'])])).fel, []);
  assert.deepEqual((await kryp([rutt('saknas', ['revisor'])])).fel, []);
  assert.match((await kryp([rutt('bra', ['revisor'])])).fel.join(), /fast rollen inte får/);
  assert.match((await kryp([rutt('saknas', ['ekonom'])])).fel.join(), /404 i stället för 200/);
  assert.match((await kryp([rutt('axe', ['ekonom'])])).fel.join(), /image-alt/);
});

test('kryparen hittar exempel genom länkar, och lämnar en olänkad sida utan', async () => {
  const rutter = ['/bra.html', '/{fil}', '/mapp/{fil}'].map((monster) => ({ metod: 'GET', monster }));
  const svar = await fixtur.samlaExempel({
    kontext, adress: server.adress, rutter, start: ['/lankar.html'],
  });
  assert.deepEqual(svar.map((r) => r.exempel), [['/bra.html'], ['/lankar.html', '/axe.html'], []]);
});

test('en sida som ändras av skript avslöjas', async () => {
  const utan = await fixtur.utanSkript(webblasare, kontext);
  const lika = (namn) => prova(namn, (s) => fixtur.likaUtanSkript(s, utan, `${server.adress}/${namn}.html`));
  assert.deepEqual(await lika('bra'), []);
  assert.match((await lika('skript')).join(), /säger något annat.*andra fält/);
  await utan.close();
});

test('utskriften från demon tolkas först när den är hel', () => {
  const text = 'Adress: http://127.0.0.1:8080\n'
    + 'Inloggning: e.forsby hemligt ekonom Forsby (påhittat)\nAvsluta med Ctrl-C.\n';
  for (const del of [20, 40, text.length - 1]) {
    assert.equal(fixtur.tolkaUtskrift(text.slice(0, del)), null);
  }
  assert.deepEqual(fixtur.tolkaUtskrift(text), {
    adress: 'http://127.0.0.1:8080',
    inloggningar: [{ konto: 'e.forsby', losenord: 'hemligt', roll: 'ekonom', huvudman: 'Forsby (påhittat)' }],
  });
});
