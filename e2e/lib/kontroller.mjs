// What every page must hold. Each check gives a list of remarks; an empty list is a pass.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { BRED, SMAL } from './webblasare.mjs';

const axeKalla = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_REGLER = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A4 at 96 dots per inch, less the margins that browsers leave. */
const A4 = { width: 718, height: 1040 };
/** On paper a collapsed border may be rounded one pixel outwards; nothing scrolls there. */
const AVRUNDNING_PX = 1;
/** A date field is one element with a stop for each of its parts and one for its button. */
const DELAR_I_FALT = 8;
/** WCAG 2.2, 2.5.8: the least side of a target. */
// Lines may touch: their boxes are taller than their letters.
const OVERLAPP_PX = 4;
const MAL_PX = 24;

/** Zero violations of WCAG 2.0–2.2 A and AA and of best practice. */
export async function axe(sida, regler = AXE_REGLER) {
  await sida.evaluate(axeKalla);
  const svar = await sida.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] }),
    regler,
  );
  return svar.violations.map((v) => {
    const platser = v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.html.slice(0, 120)}`);
    return `axe ${v.id} (${v.nodes.length}): ${v.help}\n    ${platser.join('\n    ')}`;
  });
}

/** WCAG 1.4.10: at 320 px the page itself never scrolls sideways (its tables may). */
export async function omflode(sida) {
  return medStorlek(sida, SMAL, async () => sidledes(await bredd(sida), '320 px'));
}

/** The same with WCAG 1.4.12's spacing of text laid on. */
export async function textavstand(sida) {
  // A constructed sheet: the page's own content security policy forbids any other.
  await sida.evaluate(() => {
    const ark = new CSSStyleSheet();
    ark.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
      word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [ark];
  });
  const svar = await medStorlek(sida, SMAL, async () => sidledes(await bredd(sida), 'textavstånd'));
  await sida.evaluate(() => { document.adoptedStyleSheets = []; });
  return svar;
}

/** On paper: nothing outside the sheet, and nothing that can only be clicked. */
export async function utskrift(sida) {
  await sida.emulateMedia({ media: 'print' });
  const svar = await medStorlek(sida, A4, async () => {
    const fel = sidledes(await bredd(sida), 'utskrift', AVRUNDNING_PX);
    const klickbart = await sida.locator('nav:visible, button:visible').count();
    if (klickbart > 0) fel.push(`utskrift: ${klickbart} menyer eller knappar skrivs ut`);
    if (!(await sida.locator('main').isVisible())) fel.push('utskrift: inget innehåll');
    return fel;
  });
  await sida.emulateMedia({ media: null });
  return svar;
}

async function medStorlek(sida, storlek, gor) {
  await sida.setViewportSize(storlek);
  try {
    return await gor();
  } finally {
    await sida.setViewportSize(BRED);
  }
}

function bredd(sida) {
  return sida.evaluate(() => ({
    innehall: document.documentElement.scrollWidth,
    fonster: document.documentElement.clientWidth,
    skyldiga: [...document.body.querySelectorAll('*')]
      .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .slice(0, 3)
      .map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute('class') ?? ''}`),
  }));
}

function sidledes({ innehall, fonster, skyldiga }, namn, tal = 0) {
  if (innehall <= fonster + tal) return [];
  return [`${namn}: sidan är ${innehall} px bred i ett fönster på ${fonster}: ${skyldiga.join(', ')}`];
}

/** Marks what Tab should reach and remembers how it looks without focus. */
function markera() {
  const valj = 'a[href], button, input, select, textarea, summary, iframe, audio[controls], '
    + 'video[controls], [contenteditable="true"], [tabindex]';
  const grupper = new Set();
  const lista = [...document.querySelectorAll(valj)].filter((e) => {
    if (e.disabled || e.tabIndex < 0 || e.type === 'hidden' || !e.checkVisibility()) return false;
    if (getComputedStyle(e).visibility === 'hidden' || e.closest('[inert]')) return false;
    if (e.tagName === 'SUMMARY' && e.parentElement?.tagName !== 'DETAILS') return false;
    if (e.type !== 'radio' || !e.name) return true;
    // Tab stops once in a group of radio buttons; arrows do the rest.
    const grupp = `${e.form?.id ?? ''}/${e.name}`;
    const vald = document.querySelector(`input[type=radio][name="${CSS.escape(e.name)}"]:checked`);
    if (grupper.has(grupp) || (vald && vald !== e)) return false;
    grupper.add(grupp);
    return true;
  });
  globalThis.__utseende = (e) => {
    const stil = (element) => {
      const s = getComputedStyle(element);
      return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderTopColor,
        s.borderTopWidth, s.backgroundColor, s.textDecorationLine, s.textDecorationThickness].join();
    };
    const etikett = e.id ? document.querySelector(`label[for="${CSS.escape(e.id)}"]`) : null;
    return [e, e.parentElement, etikett].filter(Boolean).map(stil).join('|');
  };
  globalThis.__stopp = lista;
  globalThis.__utan = lista.map(globalThis.__utseende);
  globalThis.__sedda = new Set();
  // A page that opens with the focus in its error summary must be walked from the top as well.
  const start = document.createElement('span');
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
  window.getSelection()?.removeAllRanges();
  return lista.length;
}

/** Where the focus is now: its place in the list, whether it shows, and whether it is in view. */
function avlas() {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return { ute: true };
  const namn = `${e.tagName.toLowerCase()} "${(e.innerText || e.name || e.id || '').trim().slice(0, 40)}"`;
  const plats = globalThis.__stopp.indexOf(e);
  const ny = !globalThis.__sedda.has(e);
  globalThis.__sedda.add(e);
  const delar = /^(date|time|month|week|datetime-local)$/.test(e.type ?? '');
  const ruta = e.getBoundingClientRect();
  const syns = ruta.width > 0 && ruta.bottom > 0 && ruta.top < innerHeight
    && ruta.right > 0 && ruta.left < innerWidth;
  const ram = plats < 0 || globalThis.__utseende(e) !== globalThis.__utan[plats];
  return { plats, ny, namn, syns, ram, delar };
}

/**
 * Tabs through the whole page: each stop is reached once, in the order of the document, in
 * view and with a visible mark of focus, and the way out is open (WCAG 2.1.1, 2.1.2, 2.4.3,
 * 2.4.7, 2.4.11).
 */
export async function tangentbord(sida) {
  const antal = await sida.evaluate(markera);
  const fel = [];
  let forra = -1;
  let kvar = 0;
  let ute = false;
  // Chromium also stops at scrolling frames, which are not in the list: hence the margin.
  for (let steg = 0; steg < antal * DELAR_I_FALT + 20 && !ute; steg += 1) {
    await sida.keyboard.press('Tab');
    const lage = await sida.evaluate(avlas);
    if (!lage.ny && lage.delar && kvar > 0) {
      kvar -= 1;
      continue;
    }
    if (lage.ute || (!lage.ny && lage.plats === 0)) {
      ute = steg > 0 || antal === 0;
      continue;
    }
    kvar = DELAR_I_FALT;
    if (!lage.ny) {
      fel.push(`tangentbord: fälla vid ${lage.namn}`);
      break;
    }
    if (!lage.syns) fel.push(`tangentbord: ${lage.namn} får fokus utanför bild`);
    if (!lage.ram) fel.push(`tangentbord: ${lage.namn} visar inte att den har fokus`);
    if (lage.plats >= 0 && lage.plats < forra) fel.push(`tangentbord: ${lage.namn} kommer i fel ordning`);
    if (lage.plats >= 0) forra = lage.plats;
  }
  const missade = await sida.evaluate(() => globalThis.__stopp
    .filter((e) => !globalThis.__sedda.has(e))
    .map((e) => e.outerHTML.slice(0, 100)));
  return [...fel, ...missade.map((html) => `tangentbord: nås inte: ${html}`)];
}

/** WCAG 2.5.8: targets of at least 24 px, links in running text apart. */
export function malytor(sida) {
  return sida.evaluate((minst) => {
    const valj = 'button, select, summary, input:not([type=hidden]), textarea, nav a[href]';
    return [...document.querySelectorAll(valj)]
      .filter((e) => e.checkVisibility())
      .map((e) => ({ e, ruta: (e.closest('label') ?? e).getBoundingClientRect() }))
      .filter(({ ruta }) => ruta.width > 1 && (ruta.width < minst || ruta.height < minst))
      .map(({ e, ruta }) => `mål: ${e.outerHTML.slice(0, 80)} är `
        + `${Math.round(ruta.width)}×${Math.round(ruta.height)} px`);
  }, MAL_PX);
}

/** No column writes over the one beside it: the lines of text in the parts of a grid, a row or a
 * table row keep out of each other's way. What is hidden or placed by itself is not counted. */
export function overlapp(sida) {
  return sida.evaluate((tal) => {
    const raknas = (text, del) => {
      if (!text.data.trim() || !text.parentElement.checkVisibility()) return false;
      for (let e = text.parentElement; ; e = e.parentElement) {
        const stil = getComputedStyle(e);
        if (['absolute', 'fixed', 'sticky'].includes(stil.position)) return false;
        if (e === del) return true;
      }
    };
    const rader = (del) => {
      const gang = document.createTreeWalker(del, NodeFilter.SHOW_TEXT);
      const ut = [];
      while (gang.nextNode()) {
        if (!raknas(gang.currentNode, del)) continue;
        const omfang = document.createRange();
        omfang.selectNodeContents(gang.currentNode);
        ut.push(...omfang.getClientRects());
      }
      return ut;
    };
    const krockar = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > tal
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > tal;
    const grupper = [...document.querySelectorAll('main *')].filter((e) => e.tagName === 'TR'
      || ['grid', 'flex'].includes(getComputedStyle(e).display));
    const fel = [];
    for (const grupp of grupper) {
      const delar = [...grupp.children].filter((e) => e instanceof HTMLElement)
        .map((e) => ({ e, r: rader(e) }));
      for (const [nr, { e, r }] of delar.entries()) {
        const over = delar.slice(nr + 1).find((d) => d.r.some((b) => r.some((a) => krockar(a, b))));
        if (over) fel.push(`över varandra: ${e.innerText} och ${over.e.innerText}`);
      }
    }
    return fel.map((text) => text.replace(/\s+/g, ' ').slice(0, 200));
  }, OVERLAPP_PX);
}

/** All checks of a page that is open in `sida`. */
export async function allt(sida) {
  const svar = [];
  for (const kontroll of [axe, tangentbord, malytor, overlapp, omflode, textavstand, utskrift]) {
    svar.push(...(await kontroll(sida)));
  }
  return svar;
}
